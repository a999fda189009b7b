// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The simulator".
package io.hongbao.sim;

import io.hongbao.account.AccountAnswer.SuspenseShown;
import io.hongbao.account.AccountCommand.Move;
import io.hongbao.account.AccountCommand.ReadSuspense;
import io.hongbao.account.AccountCommand.SettleSuspense;
import io.hongbao.account.AccountEvent.SuspenseSettled;
import io.hongbao.account.Leg;
import io.hongbao.ledger.AccountKind;
import io.hongbao.ledger.SuspenseEntry;
import io.hongbao.ledger.SuspenseEntry.Origin;
import io.hongbao.model.RefusalCode;
import io.hongbao.sim.AuditedAnswers.Told;
import io.hongbao.sim.AuditedPartition.Cargo;
import io.hongbao.sim.AuditedPartition.Sent;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What lies in suspense, in the second book: why it came there, and where it may go. */
final class AuditedSuspense {

  private AuditedSuspense() {}

  /** The register of one partition. */
  static final class Register {
    final Map<Long, SuspenseEntry> open = new TreeMap<>();
    private final int[] last = new int[1];

    long last() {
      return last[0];
    }
  }

  /** Money comes to lie there; below zero, it is paid from there. */
  static void open(
      AuditedPartition book,
      int asset,
      long amount,
      Origin origin,
      long originId,
      int place,
      long ownerId,
      @Nullable RefusalCode reason,
      long atMs,
      long at) {
    Register register = book.suspense;
    book.set(register.last, 0, register.last[0] + 1, at);
    long number = register.last();
    int why = reason == null ? 0 : reason.number();
    book.put(
        register.open,
        number,
        new SuspenseEntry(number, asset, amount, origin, originId, place, ownerId, why, atMs, at),
        at);
    book.moveSystem(AccountKind.SUSPENSE, asset, amount, at);
  }

  /** What a provider was asked to give back has gone back. */
  static void refunded(AuditedPartition book, long refundId, long at) {
    for (SuspenseEntry entry : List.copyOf(book.suspense.open.values())) {
      if (entry.origin() == Origin.STRAY_PAYMENT && entry.originId() == refundId) {
        book.moveSystem(AccountKind.SUSPENSE, entry.asset(), -entry.amountMinor(), at);
        book.remove(book.suspense.open, entry.number(), at);
        return;
      }
    }
    throw new SimFailure("a refund that does not lie in suspense");
  }

  /** Order: malformed, not there, asked of a provider, payer elsewhere; then those of transfers. */
  static @Nullable RefusalCode verdict(
      AuditedPartition book, SettleSuspense c, AuditedBookings bookings) {
    if (c.otherId() < 0 || AuditedOwners.isTooMuch(c.note())) {
      return RefusalCode.MALFORMED_REQUEST;
    }
    SuspenseEntry entry = book.suspense.open.get(c.number());
    if (entry == null) {
      return RefusalCode.SUSPENSE_NOT_FOUND;
    }
    if (entry.origin() == Origin.STRAY_PAYMENT) {
      return RefusalCode.SUSPENSE_REFUNDING;
    }
    boolean isRemote = c.otherId() != Leg.CLEARING && !book.isHere(c.otherId());
    if (entry.amountMinor() < 0 && isRemote) {
      return RefusalCode.SOURCES_APART;
    }
    return bookings.roomAndMoney(book, List.of(move(entry, c)));
  }

  /** The one leg of a settlement. */
  static Move move(AuditedPartition book, SettleSuspense c) {
    SuspenseEntry entry = book.suspense.open.get(c.number());
    if (entry == null) {
      throw new SimFailure("a settlement of what is not there");
    }
    return move(entry, c);
  }

  private static Move move(SuspenseEntry entry, SettleSuspense c) {
    long amount = entry.amountMinor();
    return amount > 0
        ? new Move(Leg.SUSPENSE, c.otherId(), entry.asset(), amount, 0)
        : new Move(c.otherId(), Leg.SUSPENSE, entry.asset(), -amount, 0);
  }

  /** Position of an entry, 0 when there is none. */
  static long at(AuditedPartition book, long number) {
    SuspenseEntry entry = book.suspense.open.get(number);
    return entry == null ? 0 : entry.position();
  }

  static void settled(
      AuditedPartition book, SuspenseSettled e, AuditContext context, SimOptions options, long at) {
    SuspenseEntry entry = book.suspense.open.get(e.number());
    if (entry == null || !(context.command instanceof SettleSuspense c)) {
      throw new SimFailure("a settlement that nobody asked for");
    }
    SimFailure.same(c.number(), e.number(), "what is settled");
    SimFailure.same(context.madeId, e.transferId(), "by what it is settled");
    SimFailure.same(entry.amountMinor(), e.amountMinor(), "amount that is settled");
    book.remove(book.suspense.open, e.number(), at);
    if (entry.origin() == Origin.TRANSFER) {
      AuditedPackets.send(
          book,
          options.partitionOf(entry.originId()),
          new Sent(
              Cargo.SETTLE,
              entry.originId(),
              entry.ownerId(),
              entry.asset(),
              e.transferId(),
              entry.place()),
          at);
    }
  }

  /** Entry by entry it is what the accounts say. */
  static void addsUp(AuditedPartition book) {
    long[] sums = new long[AuditedPartition.ASSETS];
    for (SuspenseEntry entry : book.suspense.open.values()) {
      sums[entry.asset()] += entry.amountMinor();
    }
    for (int asset = 1; asset < sums.length; asset++) {
      SimFailure.same(
          book.system[AccountKind.SUSPENSE.number()][asset], sums[asset], "sum of suspense");
    }
  }

  static Told told(AuditedPartition book, ReadSuspense c) {
    List<SuspenseEntry> expected =
        book.suspense.open.values().stream()
            .filter(entry -> entry.number() > c.afterNumber())
            .limit(c.limit())
            .toList();
    long restsOn = expected.stream().mapToLong(SuspenseEntry::position).max().orElse(0);
    return new Told(
        answer -> {
          SuspenseShown shown = (SuspenseShown) answer;
          SimFailure.same(book.number, shown.partition(), "whose suspense");
          SimFailure.same(expected, shown.entries(), "what lies in suspense");
        },
        restsOn);
  }
}
