// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The simulator".
package io.hongbao.sim;

import io.hongbao.account.AccountCommand.PostHold;
import io.hongbao.account.AccountCommand.ReleaseHold;
import io.hongbao.account.AskHold;
import io.hongbao.engine.Command;
import io.hongbao.engine.Effect;
import io.hongbao.redpacket.PaymentEffect.AskPayment;
import io.hongbao.redpacket.PaymentEffect.ClosePayment;
import io.hongbao.redpacket.PaymentEffect.Prepay;
import io.hongbao.redpacket.PaymentEffect.RefundPayment;
import io.hongbao.redpacket.RedPacketCommand.CancelOrder;
import io.hongbao.redpacket.RedPacketCommand.ConfirmRefund;
import io.hongbao.redpacket.RedPacketCommand.TakeLatePayment;
import io.hongbao.redpacket.RedPacketCommand.TakePayment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * The outside: a payment provider whose customers pay or do not, whose notices come late, twice and
 * wrong, and whoever knows what became of external holds. It outlives the server.
 */
final class SimBank implements Effect.Sink {

  private static final class Account {
    long amount;
    int payments;
    boolean isClosed;
  }

  /** A word toward the server, for the partition that owns what it is about. */
  record Word(int partition, Command command) {}

  private final SplittableRandom chance;
  private final Marks marks;
  private final Map<Long, Account> orders = new HashMap<>();
  private final Map<Long, Integer> homes = new HashMap<>();
  private final Set<Long> refunds = new HashSet<>();
  private final List<Word> words = new ArrayList<>();
  private final Map<String, Word> untaken = new LinkedHashMap<>();
  private final List<Word> acknowledged = new ArrayList<>();
  private final SimKeys keys;
  private boolean isHealthy;

  SimBank(SplittableRandom chance, Marks marks, SimKeys keys) {
    this.chance = chance;
    this.marks = marks;
    this.keys = keys;
  }

  void heal() {
    isHealthy = true;
  }

  @Override
  public void perform(int partition, Effect effect) {
    if (!isHealthy && chance.nextInt(6) == 0) {
      return; // The call got lost on its way; it is asked again.
    }
    switch (effect) {
      case Prepay e -> {
        homes.put(e.packetId(), partition);
        orders.computeIfAbsent(e.packetId(), id -> new Account()).amount = e.amountMinor();
      }
      case AskPayment e -> {
        Account account = orders.get(e.packetId());
        if (account != null && account.payments > 0) {
          say(partition, payment(e.packetId(), account.amount, 1));
        }
      }
      case ClosePayment e -> {
        homes.put(e.packetId(), partition);
        Account account = orders.computeIfAbsent(e.packetId(), id -> new Account());
        if (account.payments > 0) {
          say(partition, payment(e.packetId(), account.amount, 1));
        } else {
          account.isClosed = true;
          say(partition, new CancelOrder(e.packetId()));
        }
      }
      case RefundPayment e -> {
        refunds.add(e.refundId());
        say(partition, new ConfirmRefund(e.packetId(), e.refundId()));
      }
      case AskHold e -> {
        boolean happened = chance.nextBoolean();
        say(
            partition,
            happened
                ? new PostHold(keys.fresh(), e.userId(), e.holdId(), 0, "receipt", "bank")
                : new ReleaseHold(keys.fresh(), e.userId(), e.holdId(), "receipt", "bank"));
      }
      default -> throw new SimFailure("a wish that nobody knows: " + effect);
    }
  }

  private static TakePayment payment(long packetId, long amount, int number) {
    return new TakePayment(packetId, SimOptions.PROVIDER, packetId + "/" + number, -1, amount, 1);
  }

  void say(int partition, Command command) {
    if (command instanceof TakePayment payment) {
      untaken.put(payment.paymentId(), new Word(partition, payment));
    }
    words.add(new Word(partition, command));
    if (!isHealthy && chance.nextInt(5) == 0) {
      marks.count(Fault.NOTICE_DOUBLED);
      words.add(new Word(partition, copy(command)));
    }
  }

  // Each command is an object of its own, since its answer is found by it.
  private Command copy(Command command) {
    return switch (command) {
      case TakePayment c ->
          new TakePayment(
              c.packetId(), c.provider(), c.paymentId(), c.asset(), c.amountMinor(), c.paidAtMs());
      case TakeLatePayment c -> new TakeLatePayment(c.payment(), c.order(), c.foundAtMs());
      case CancelOrder c -> new CancelOrder(c.packetId());
      case ConfirmRefund c -> new ConfirmRefund(c.packetId(), c.refundId());
      case PostHold c ->
          new PostHold(keys.fresh(), c.userId(), c.holdId(), 0, c.receipt(), c.operator());
      case ReleaseHold c ->
          new ReleaseHold(keys.fresh(), c.userId(), c.holdId(), c.receipt(), c.operator());
      default -> command;
    };
  }

  /** A customer pays some order, perhaps again, perhaps not what he should. */
  void somebodyPays(List<Long> known) {
    if (!acknowledged.isEmpty() && chance.nextInt(6) == 0) {
      // However long ago: nobody promised that a notice comes once.
      Word again = acknowledged.get(chance.nextInt(acknowledged.size()));
      words.add(new Word(again.partition(), copy(again.command())));
      marks.count(Fault.NOTICE_DOUBLED);
    }
    if (known.isEmpty()) {
      return;
    }
    long packetId = known.get(chance.nextInt(known.size()));
    Account account = orders.get(packetId);
    Integer home = homes.get(packetId);
    if (account == null || home == null || account.payments > 2) {
      return;
    }
    if (account.isClosed && (account.amount == 0 || chance.nextInt(4) > 0)) {
      return; // Else the provider breaks its word.
    }
    account.payments++;
    if (chance.nextInt(4) == 0) {
      marks.count(Fault.NOTICE_LATE);
      return; // Nobody is told; the server asks.
    }
    boolean isWrong = chance.nextInt(8) == 0;
    if (isWrong) {
      marks.count(Fault.NOTICE_WRONG_AMOUNT);
    }
    long amount = isWrong ? account.amount + 1 : account.amount;
    say(home, payment(packetId, amount, isWrong ? 100 + account.payments : account.payments));
  }

  /** Tells everything again that the server has not acknowledged. */
  void remind() {
    untaken.values().forEach(word -> words.add(new Word(word.partition(), copy(word.command()))));
  }

  /** The server has acknowledged a payment. */
  void taken(TakePayment payment) {
    Word word = untaken.remove(payment.paymentId());
    if (word != null) {
      acknowledged.add(word);
    }
  }

  /** Payments of customers of which nobody knows what became. */
  int untaken() {
    return untaken.size();
  }

  /** The next word, in any order; null when there is none. */
  @Nullable Word next() {
    if (words.isEmpty()) {
      return null;
    }
    int at = chance.nextInt(words.size());
    Word one = words.get(at);
    words.set(at, words.getLast());
    words.removeLast();
    return one;
  }
}
