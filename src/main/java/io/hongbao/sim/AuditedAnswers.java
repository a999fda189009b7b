// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The simulator".
package io.hongbao.sim;

import io.hongbao.account.AccountAnswer.AccountShown;
import io.hongbao.account.AccountAnswer.Balance;
import io.hongbao.account.AccountAnswer.BooksShown;
import io.hongbao.account.AccountAnswer.HoldShown;
import io.hongbao.account.AccountAnswer.HoldsShown;
import io.hongbao.account.AccountAnswer.TransactionShown;
import io.hongbao.account.AccountCommand;
import io.hongbao.account.AccountCommand.BookTransfer;
import io.hongbao.account.AccountCommand.DrawHold;
import io.hongbao.account.AccountCommand.PlaceHold;
import io.hongbao.account.AccountCommand.PostHold;
import io.hongbao.account.AccountCommand.ReadAccount;
import io.hongbao.account.AccountCommand.ReadAskedHolds;
import io.hongbao.account.AccountCommand.ReadHold;
import io.hongbao.account.AccountCommand.ReadSuspense;
import io.hongbao.account.AccountCommand.ReadTransfer;
import io.hongbao.account.AccountCommand.ReleaseHold;
import io.hongbao.account.AccountCommand.ReverseTransaction;
import io.hongbao.account.AccountCommand.ReverseTransfer;
import io.hongbao.account.AccountCommand.SettleSuspense;
import io.hongbao.account.AccountCommand.TopUp;
import io.hongbao.account.HoldStage;
import io.hongbao.account.Transaction;
import io.hongbao.engine.Answer;
import io.hongbao.engine.Command;
import io.hongbao.ledger.Hold;
import io.hongbao.redpacket.RedPacketAnswer.OrderShown;
import io.hongbao.redpacket.RedPacketAnswer.PacketBooksShown;
import io.hongbao.redpacket.RedPacketAnswer.PacketShown;
import io.hongbao.redpacket.RedPacketAnswer.Reserved;
import io.hongbao.redpacket.RedPacketAnswer.ShareShown;
import io.hongbao.redpacket.RedPacketCommand;
import io.hongbao.redpacket.RedPacketCommand.CancelOrder;
import io.hongbao.redpacket.RedPacketCommand.ConfirmRefund;
import io.hongbao.redpacket.RedPacketCommand.GrabPacket;
import io.hongbao.redpacket.RedPacketCommand.OpenPacket;
import io.hongbao.redpacket.RedPacketCommand.ReadOrder;
import io.hongbao.redpacket.RedPacketCommand.ReadPacket;
import io.hongbao.redpacket.RedPacketCommand.SendPacket;
import io.hongbao.redpacket.RedPacketCommand.TakeLatePayment;
import io.hongbao.redpacket.RedPacketCommand.TakePayment;
import io.hongbao.sim.AuditedPartition.Booking;
import io.hongbao.sim.AuditedPartition.Held;
import io.hongbao.sim.AuditedPartition.HeldMoney;
import io.hongbao.sim.AuditedPartition.Opened;
import io.hongbao.sim.AuditedPartition.Order;
import io.hongbao.sim.AuditedPartition.Packet;
import io.hongbao.sim.AuditedPartition.Phase;
import io.hongbao.sim.AuditedPartition.Stage;
import io.hongbao.sim.AuditedPartition.Stray;
import io.hongbao.sim.AuditedPartition.Wallet;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What an answer that is no refusal must say, and on which position it rests. */
final class AuditedAnswers {

  private AuditedAnswers() {}

  /** What is copied when a command was decided, since the book moves on before the answer comes. */
  record Told(Consumer<Answer> check, long restsOn) {}

  static Told told(AuditedPartition book, Command command, AuditContext context) {
    return switch (command) {
      case AccountCommand c -> account(book, c, context);
      case RedPacketCommand c -> packet(book, c, context);
      default -> throw new SimFailure("a command that nobody gave: " + command);
    };
  }

  private static Told account(AuditedPartition book, AccountCommand command, AuditContext context) {
    return switch (command) {
      case TopUp c -> booking(book, context.madeId);
      case ReverseTransaction c -> booking(book, context.madeId);
      case PlaceHold c -> hold(book, context.madeId, context.nowMs);
      case PostHold c -> hold(book, c.holdId(), context.nowMs);
      case ReleaseHold c -> hold(book, c.holdId(), context.nowMs);
      case DrawHold c -> hold(book, c.holdId(), context.nowMs);
      case BookTransfer c -> ShownTransfers.told(book, context.madeId);
      case ReverseTransfer c -> ShownTransfers.told(book, context.madeId);
      case SettleSuspense c -> ShownTransfers.told(book, context.madeId);
      case ReadSuspense c -> AuditedSuspense.told(book, c);
      case ReadAskedHolds c -> asked(book, c, context.nowMs);
      case ReadTransfer c -> ShownTransfers.told(book, c.transferId());
      case ReadHold c -> hold(book, c.holdId(), context.nowMs);
      case ReadAccount c -> wallets(book, c);
      default ->
          new Told(answer -> SimFailure.require(answer instanceof BooksShown, "books shown"), 0);
    };
  }

  static Told booking(AuditedPartition book, long id) {
    Booking one = book.bookings.get(id);
    if (one == null) {
      throw new SimFailure("transaction " + id + " is not in the books");
    }
    boolean isReversed = one.isReversed;
    return new Told(
        answer -> {
          Transaction shown = ((TransactionShown) answer).transaction();
          SimFailure.same(id, shown.id(), "id of a transaction");
          SimFailure.same(one.amount, shown.amountMinor(), "amount of a transaction");
          SimFailure.same(one.balanceAfter, shown.balanceAfterMinor(), "balance after");
          SimFailure.same(isReversed, shown.isReversed(), "whether it is reversed");
        },
        one.at);
  }

  static Told hold(AuditedPartition book, long id, long nowMs) {
    HeldMoney one = book.holds.get(id);
    if (one == null) {
      throw new SimFailure("hold " + id + " is not in the books");
    }
    long left = one.left;
    HoldStage stage =
        switch (one.state) {
          case HELD ->
              one.isExternal && nowMs >= one.deadlineMs ? HoldStage.QUERYING : HoldStage.OPEN;
          case POSTED -> HoldStage.POSTED;
          case RELEASED -> HoldStage.RELEASED;
        };
    return new Told(
        answer -> {
          HoldShown shown = (HoldShown) answer;
          Hold hold = shown.hold();
          SimFailure.same(id, hold.id(), "id of a hold");
          SimFailure.same(left, hold.leftMinor(), "rest of a hold");
          SimFailure.same(stage, shown.stage(), "stage of a hold");
        },
        one.at);
  }

  // External holds that are past their deadline, which somebody has to decide.
  private static Told asked(AuditedPartition book, ReadAskedHolds c, long nowMs) {
    List<HeldMoney> due =
        book.holds.values().stream()
            .filter(hold -> hold.isExternal && hold.state == Held.HELD && nowMs >= hold.deadlineMs)
            .filter(hold -> hold.id > c.afterId())
            .sorted(Comparator.comparingLong(hold -> hold.id))
            .limit(c.limit())
            .toList();
    List<Long> expected = new ArrayList<>();
    due.forEach(hold -> expected.addAll(List.of(hold.id, hold.userId, hold.left)));
    return new Told(
        answer -> {
          List<Long> shown = new ArrayList<>();
          for (HoldShown one : ((HoldsShown) answer).holds()) {
            SimFailure.same(HoldStage.QUERYING, one.stage(), "stage of a listed hold");
            shown.addAll(List.of(one.hold().id(), one.userId(), one.hold().leftMinor()));
          }
          SimFailure.same(expected, shown, "holds that wait for a decision");
        },
        due.stream().mapToLong(hold -> hold.at).max().orElse(0));
  }

  private static Told wallets(AuditedPartition book, ReadAccount c) {
    List<Long> expected = new ArrayList<>();
    long restsOn = 0;
    for (int asset : c.assets()) {
      Wallet wallet = book.wallet(c.userId(), asset);
      expected.add(wallet.balance);
      expected.add(wallet.held);
      restsOn = Math.max(restsOn, wallet.at);
    }
    return new Told(
        answer -> {
          List<Long> shown = new ArrayList<>();
          for (Balance balance : ((AccountShown) answer).balances()) {
            shown.add(balance.balanceMinor());
            shown.add(balance.heldMinor());
          }
          SimFailure.same(expected, shown, "balances and holds of user " + c.userId());
        },
        restsOn);
  }

  private static Told packet(
      AuditedPartition book, RedPacketCommand command, AuditContext context) {
    return switch (command) {
      case SendPacket c -> order(book, context.madeId);
      case ReadOrder c -> order(book, c.packetId());
      case CancelOrder c -> order(book, c.packetId());
      case TakePayment c -> AuditedPayments.told(book, c);
      case TakeLatePayment c -> AuditedPayments.told(book, c.payment());
      case ConfirmRefund c -> refund(book, c);
      case GrabPacket c -> grab(book, c, context);
      case OpenPacket c -> share(book, c.packetId(), c.viewer().userId(), context.events > 0);
      case ReadPacket c -> details(book, c, context.nowMs);
      default -> packetBooks(book);
    };
  }

  static Told order(AuditedPartition book, long packetId) {
    Order one = book.orders.get(packetId);
    if (one == null) {
      throw new SimFailure("order " + packetId + " is not in the books");
    }
    Stage stage = one.stage;
    // That it was created is durable where it was said; it rests on nothing here.
    return new Told(
        answer -> {
          OrderShown shown = (OrderShown) answer;
          SimFailure.same(packetId, shown.order().packetId(), "id of a packet");
          SimFailure.same(one.senderId, shown.order().senderId(), "sender");
          SimFailure.same(stage.name(), shown.order().state().name(), "state of an order");
          SimFailure.same(stage == Stage.SENDING, shown.spec() != null, "whether it is under way");
        },
        stage == Stage.CREATED ? 0 : one.at);
  }

  private static Told refund(AuditedPartition book, ConfirmRefund c) {
    Stray stray = book.strays.get(c.refundId());
    return AuditedPayments.isTaken(true, stray == null ? 0 : stray.at);
  }

  private static Told grab(AuditedPartition book, GrabPacket c, AuditContext context) {
    Packet packet = AuditedPackets.packet(book, c.packetId());
    long userId = c.viewer().userId();
    if (packet.shareOf(userId) != null) {
      return share(book, c.packetId(), userId, false);
    }
    long until = packet.reservedUntil(userId);
    long kept = until > context.nowMs ? until : 0;
    return new Told(
        answer -> SimFailure.same(kept, ((Reserved) answer).untilMs(), "end of a reservation"),
        packet.at);
  }

  static Told share(AuditedPartition book, long packetId, long userId, boolean isFirst) {
    Packet packet = AuditedPackets.packet(book, packetId);
    Opened share = packet.shareOf(userId);
    if (share == null) {
      throw new SimFailure("user " + userId + " has no share of " + packetId);
    }
    boolean isCredited = packet.credited.get(share.place() - 1);
    return new Told(
        answer -> {
          ShareShown shown = (ShareShown) answer;
          SimFailure.same(share.place(), shown.place(), "place of a share");
          SimFailure.same(share.amount(), shown.amountMinor(), "amount of a share");
          SimFailure.same(share.atMs(), shown.openedAtMs(), "time of a share");
          SimFailure.same(isFirst, shown.isFirst(), "whether it was drawn now");
          SimFailure.same(isCredited, shown.isCredited(), "whether it is credited");
        },
        packet.at);
  }

  private static Told details(AuditedPartition book, ReadPacket c, long nowMs) {
    Packet packet = AuditedPackets.packet(book, c.packetId());
    Phase phase = packet.phase;
    long left = packet.left;
    long returned = packet.returned;
    int best = packet.best();
    int reservations = packet.liveReservations(nowMs);
    List<Opened> shares = List.copyOf(packet.shares);
    List<Boolean> credited = List.copyOf(packet.credited);
    @Nullable Opened own = packet.shareOf(c.viewer().userId());
    return new Told(
        answer -> {
          PacketShown shown = (PacketShown) answer;
          SimFailure.same(phase.name(), shown.state().name(), "state of a packet");
          SimFailure.same(left, shown.leftMinor(), "what is left");
          SimFailure.same(returned, shown.returnedMinor(), "what went back");
          SimFailure.same(best, shown.bestPlace(), "best luck");
          SimFailure.same(reservations, shown.reservedCount(), "reservations");
          SimFailure.same(phase != Phase.OPEN, shown.isSeedPublic(), "whether the seed is public");
          SimFailure.same(own == null ? 0 : own.place(), shown.viewerPlace(), "own place");
          SimFailure.same(shares.size(), shown.shares().length, "number of shares");
          for (int i = 0; i < shares.size(); i++) {
            SimFailure.same(shares.get(i).userId(), shown.shares()[i].userId(), "opener");
            SimFailure.same(shares.get(i).amount(), shown.shares()[i].amountMinor(), "amount");
            SimFailure.same(credited.get(i), shown.shares()[i].isCredited(), "credited");
          }
        },
        packet.at);
  }

  private static Told packetBooks(AuditedPartition book) {
    long[] lefts = new long[AuditedPartition.ASSETS];
    for (Packet packet : book.packets.values()) {
      lefts[packet.spec.terms().asset()] += packet.left;
    }
    return new Told(
        answer -> {
          long[] shown = new long[AuditedPartition.ASSETS];
          for (PacketBooksShown.Left left : ((PacketBooksShown) answer).lefts()) {
            shown[left.asset()] = left.leftMinor();
          }
          SimFailure.require(java.util.Arrays.equals(lefts, shown), "what all packets have left");
        },
        0);
  }
}
