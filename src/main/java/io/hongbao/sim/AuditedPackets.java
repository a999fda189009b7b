// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The simulator".
package io.hongbao.sim;

import io.hongbao.engine.Transfer;
import io.hongbao.ledger.AccountKind;
import io.hongbao.ledger.SuspenseEntry.Origin;
import io.hongbao.model.RefusalCode;
import io.hongbao.redpacket.GrabMode;
import io.hongbao.redpacket.PacketSpec;
import io.hongbao.redpacket.PacketState;
import io.hongbao.redpacket.PacketTerms;
import io.hongbao.redpacket.RedPacketCommand.GrabPacket;
import io.hongbao.redpacket.RedPacketCommand.OpenPacket;
import io.hongbao.redpacket.RedPacketEvent;
import io.hongbao.redpacket.RedPacketEvent.CreditSuspended;
import io.hongbao.redpacket.RedPacketEvent.OrderEvicted;
import io.hongbao.redpacket.RedPacketEvent.PacketClosed;
import io.hongbao.redpacket.RedPacketEvent.PacketCreated;
import io.hongbao.redpacket.RedPacketEvent.PacketEvicted;
import io.hongbao.redpacket.RedPacketEvent.PacketExpired;
import io.hongbao.redpacket.RedPacketEvent.RestReturned;
import io.hongbao.redpacket.RedPacketEvent.ShareCredited;
import io.hongbao.redpacket.RedPacketEvent.ShareOpened;
import io.hongbao.redpacket.RedPacketEvent.ShareReserved;
import io.hongbao.redpacket.RedPacketTransfer.CreatePacket;
import io.hongbao.redpacket.RedPacketTransfer.CreditShare;
import io.hongbao.redpacket.RedPacketTransfer.ReturnRest;
import io.hongbao.redpacket.draw.PacketKind;
import io.hongbao.sim.AuditedPartition.Cargo;
import io.hongbao.sim.AuditedPartition.Opened;
import io.hongbao.sim.AuditedPartition.Packet;
import io.hongbao.sim.AuditedPartition.Phase;
import io.hongbao.sim.AuditedPartition.Sent;
import io.hongbao.sim.AuditedPartition.Wallet;
import org.jspecify.annotations.Nullable;

/** Follows packets in their own partitions and money on its way between partitions. */
final class AuditedPackets {

  private final SimOptions options;
  private final AuditedAccounts.ExportedWatch exported;
  private final AuditedDraw draw = new AuditedDraw();

  AuditedPackets(SimOptions options, AuditedAccounts.ExportedWatch exported) {
    this.options = options;
    this.exported = exported;
  }

  /** Follows an event; false when it belongs to a sender's orders. */
  boolean applied(AuditedPartition book, RedPacketEvent event, AuditContext context, long at) {
    switch (event) {
      case PacketCreated e -> created(book, e, at);
      case ShareReserved e -> reserved(book, e, context, at);
      case ShareOpened e -> opened(book, e, context, at);
      case PacketExpired e -> expired(book, e, context, at);
      case PacketClosed e -> closed(book, e, context, at);
      case PacketEvicted e -> {
        Packet packet = packet(book, e.packetId());
        SimFailure.require(packet.phase != Phase.OPEN, "an open packet stays");
        SimFailure.require(packet.pending == 0, "a packet stays until its money has arrived");
        SimFailure.require(
            context.nowMs >= packet.closedAtMs + SimOptions.EVICT_AFTER_MS, "evicted too early");
        SimFailure.require(exported.has(book.number, packet.at), "evicted before it was exported");
        book.remove(book.packets, e.packetId(), at);
        book.evicted.add(e.packetId());
        book.before(at, () -> book.evicted.remove(e.packetId()));
      }
      case ShareCredited e -> {
        Sent said = credit(e.packetId(), e.userId(), e.asset(), e.amountMinor(), e.place());
        arrived(book, said, e.balanceAfterMinor(), context, at);
      }
      case CreditSuspended e -> {
        RefusalCode reason =
            AuditedLimits.noCredit(book.wallet(e.userId(), e.asset()), e.amountMinor());
        SimFailure.require(
            reason != null && reason.number() == e.reasonNumber(), "reason of a suspended credit");
        Sent said = credit(e.packetId(), e.userId(), e.asset(), e.amountMinor(), e.place());
        arrived(book, said, RedPacketEvent.NO_BALANCE, context, at);
      }
      case RestReturned e -> {
        Sent said =
            new Sent(Cargo.RETURN, e.packetId(), e.senderId(), e.asset(), e.amountMinor(), 0);
        arrived(book, said, e.balanceAfterMinor(), context, at);
      }
      case OrderEvicted e -> {
        return false;
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  static Packet packet(AuditedPartition book, long packetId) {
    Packet packet = book.packets.get(packetId);
    if (packet == null) {
      throw new SimFailure("an event about packet " + packetId + ", which is not there");
    }
    return packet;
  }

  static void keep(AuditedPartition book, Packet packet, long at) {
    Phase phase = packet.phase;
    long left = packet.left;
    long returned = packet.returned;
    long closedAtMs = packet.closedAtMs;
    int pending = packet.pending;
    long before = packet.at;
    book.before(
        at,
        () -> {
          packet.phase = phase;
          packet.left = left;
          packet.returned = returned;
          packet.closedAtMs = closedAtMs;
          packet.pending = pending;
          packet.at = before;
        });
    packet.at = at;
  }

  private void created(AuditedPartition book, PacketCreated e, long at) {
    PacketSpec spec = e.spec();
    SimFailure.require(!book.packets.containsKey(spec.packetId()), "a packet is created once");
    book.put(book.packets, spec.packetId(), new Packet(spec, at), at);
    int asset = spec.terms().asset();
    book.moveSystem(AccountKind.TRANSIT, asset, -spec.terms().totalMinor(), at);
    book.moveSystem(AccountKind.ESCROW, asset, spec.terms().totalMinor(), at);
  }

  private void reserved(AuditedPartition book, ShareReserved e, AuditContext context, long at) {
    Packet packet = packet(book, e.packetId());
    SimFailure.require(context.command instanceof GrabPacket, "only a grab reserves");
    SimFailure.require(packet.reservedUntil(e.userId()) == 0, "one reservation ever");
    SimFailure.require(context.nowMs < packet.spec.expiresAtMs(), "nothing is promised at expiry");
    long lastMs = packet.reserved.values().stream().mapToLong(Long::longValue).max().orElse(0);
    SimFailure.same(
        Math.max(context.nowMs + options.reserveMs(), lastMs), e.untilMs(), "end of a reservation");
    keep(book, packet, at);
    book.put(packet.reserved, e.userId(), e.untilMs(), at);
    SimFailure.require(
        packet.liveReservations(context.nowMs) <= packet.leftCount(), "no more promised than left");
  }

  private void opened(AuditedPartition book, ShareOpened e, AuditContext context, long at) {
    Packet packet = packet(book, e.packetId());
    SimFailure.require(context.command instanceof OpenPacket, "only an open draws");
    SimFailure.require(packet.phase == Phase.OPEN, "a closed packet gives nothing");
    SimFailure.require(packet.shareOf(e.userId()) == null, "one share each");
    SimFailure.same(packet.shares.size() + 1, e.place(), "place of a share");
    SimFailure.same(amount(packet, e.place()), e.amountMinor(), "amount of a share");
    keep(book, packet, at);
    book.add(packet.shares, new Opened(e.place(), e.userId(), e.amountMinor(), context.nowMs), at);
    book.add(packet.credited, false, at);
    book.add(packet.opens, at, at);
    packet.left -= e.amountMinor();
    packet.pending++;
    int asset = packet.spec.terms().asset();
    book.moveSystem(AccountKind.ESCROW, asset, -e.amountMinor(), at);
    book.moveSystem(AccountKind.TRANSIT, asset, e.amountMinor(), at);
    send(
        book,
        options.partitionOf(e.userId()),
        new Sent(Cargo.CREDIT, e.packetId(), e.userId(), asset, e.amountMinor(), e.place()),
        at);
  }

  private long amount(Packet packet, int place) {
    PacketTerms terms = packet.spec.terms();
    long id = packet.spec.packetId();
    byte[] seed = new byte[32];
    packet.spec.seed().writeTo(seed, 0);
    if (terms.kind() == PacketKind.EXCLUSIVE) {
      return terms.totalMinor();
    }
    if (terms.kind() == PacketKind.EQUAL) {
      return terms.totalMinor() / terms.count();
    }
    if (terms.kind() == PacketKind.LUCKY_LIVE) {
      return draw.live(seed, id, place, packet.left, packet.leftCount());
    }
    long[] fair = packet.fair;
    if (fair == null) {
      fair = draw.fair(seed, id, terms.totalMinor(), terms.count());
      packet.fair = fair;
    }
    return fair[place - 1];
  }

  private void expired(AuditedPartition book, PacketExpired e, AuditContext context, long at) {
    Packet packet = packet(book, e.packetId());
    SimFailure.require(context.command == null, "only time ends a packet");
    SimFailure.require(packet.phase == Phase.OPEN, "a packet expires once");
    SimFailure.require(context.nowMs >= packet.spec.expiresAtMs(), "expired before its time");
    SimFailure.same(
        0, packet.liveReservations(context.nowMs), "reservations that live past the refund");
    SimFailure.same(packet.left, e.restMinor(), "rest of an expired packet");
    keep(book, packet, at);
    int asset = packet.spec.terms().asset();
    packet.returned = e.restMinor();
    packet.left = 0;
    if (e.restMinor() > 0) {
      packet.pending++;
      book.moveSystem(AccountKind.ESCROW, asset, -e.restMinor(), at);
      book.moveSystem(AccountKind.TRANSIT, asset, e.restMinor(), at);
      long senderId = packet.spec.senderId();
      send(
          book,
          options.partitionOf(senderId),
          new Sent(Cargo.RETURN, e.packetId(), senderId, asset, e.restMinor(), 0),
          at);
    }
  }

  private void closed(AuditedPartition book, PacketClosed e, AuditContext context, long at) {
    Packet packet = packet(book, e.packetId());
    boolean isEmpty = packet.leftCount() == 0;
    SimFailure.same(
        isEmpty ? PacketState.EMPTY : PacketState.EXPIRED, e.state(), "how a packet ended");
    SimFailure.same(0L, packet.left, "what a closed packet has left");
    SimFailure.same(packet.best(), e.bestPlace(), "best luck");
    SimFailure.same(packet.spec.seed(), e.seed(), "the seed that is revealed");
    keep(book, packet, at);
    packet.phase = isEmpty ? Phase.EMPTY : Phase.EXPIRED;
    packet.closedAtMs = context.nowMs;
  }

  static void send(AuditedPartition book, int destination, Sent sent, long at) {
    book.add(book.sent.get(destination), sent, at);
  }

  private static Sent credit(long packetId, long userId, int asset, long amount, int place) {
    return new Sent(Cargo.CREDIT, packetId, userId, asset, amount, place);
  }

  private void arrived(
      AuditedPartition book, Sent sent, long balanceAfter, AuditContext context, long at) {
    if (context.transfer == null) {
      throw new SimFailure("money arrives that nobody sent");
    }
    SimFailure.same(cargo(context.transfer), sent, "what arrives, as it was sent");
    int asset = sent.asset();
    long amount = sent.amount();
    Wallet wallet = book.wallet(sent.userId(), asset);
    RefusalCode reason = AuditedLimits.noCredit(wallet, amount);
    boolean fits = reason == null;
    SimFailure.same(
        fits ? wallet.balance + amount : RedPacketEvent.NO_BALANCE,
        balanceAfter,
        "balance after a credit");
    book.moveSystem(AccountKind.TRANSIT, asset, -amount, at);
    if (fits) {
      book.moveWallet(wallet, amount, 0, at);
    } else {
      AuditedSuspense.open(
          book,
          asset,
          amount,
          sent.cargo() == Cargo.RETURN ? Origin.REST : Origin.SHARE,
          sent.packetId(),
          sent.place(),
          sent.userId(),
          reason,
          context.nowMs,
          at);
    }
  }

  /** What a transfer says, and from where it comes. */
  Sent cargo(Transfer transfer) {
    return switch (transfer) {
      case CreatePacket t ->
          new Sent(
              Cargo.CREATE,
              t.spec().packetId(),
              t.spec().senderId(),
              t.asset(),
              t.amountMinor(),
              0);
      case CreditShare t ->
          new Sent(Cargo.CREDIT, t.packetId(), t.userId(), t.asset(), t.amountMinor(), t.place());
      case ReturnRest t ->
          new Sent(Cargo.RETURN, t.packetId(), t.senderId(), t.asset(), t.amountMinor(), 0);
      default -> throw new SimFailure("a transfer that nobody sent: " + transfer);
    };
  }

  /** The receiver told the source durably that it has the transfer. */
  void acknowledged(AuditedPartition book, Sent sent, long at) {
    if (sent.cargo() == Cargo.CREATE) {
      return;
    }
    Packet packet = packet(book, sent.packetId());
    keep(book, packet, at);
    packet.pending--;
    if (sent.cargo() == Cargo.CREDIT) {
      SimFailure.require(!packet.credited.get(sent.place() - 1), "a share is credited once");
      packet.credited.set(sent.place() - 1, true);
      book.before(at, () -> packet.credited.set(sent.place() - 1, false));
    }
  }

  /** Whether a viewer hears of a packet at all. */
  boolean maySee(Packet packet, long userId, long claimHigh, long claimLow) {
    PacketSpec spec = packet.spec;
    boolean knowsCode =
        (claimHigh | claimLow) != 0 && claimHigh == spec.claimHigh() && claimLow == spec.claimLow();
    return spec.senderId() == userId
        || spec.terms().recipientId() == userId
        || knowsCode
        || (spec.terms().roomId() != 0 && SimOptions.isInRoom(spec.terms().roomId(), userId))
        || packet.shareOf(userId) != null;
  }

  static boolean isForbidden(Packet packet, long userId) {
    PacketTerms terms = packet.spec.terms();
    if (terms.kind() == PacketKind.EXCLUSIVE) {
      return terms.recipientId() != userId;
    }
    return terms.recipientId() != 0 && packet.spec.senderId() == userId;
  }

  /** Whether somebody without a share may have one; the limit of opens under way comes after. */
  static @Nullable RefusalCode verdict(Packet packet, long userId, long nowMs) {
    boolean isPromised = packet.phase == Phase.OPEN && packet.reservedUntil(userId) > nowMs;
    boolean isOver = nowMs >= packet.spec.expiresAtMs();
    if (packet.phase == Phase.EXPIRED || (packet.phase == Phase.OPEN && isOver && !isPromised)) {
      return RefusalCode.EXPIRED;
    }
    if (packet.leftCount() == 0) {
      return RefusalCode.EMPTY;
    }
    if (!isPromised && packet.leftCount() <= packet.liveReservations(nowMs)) {
      return RefusalCode.ALL_RESERVED;
    }
    return null;
  }

  static boolean reserves(Packet packet, long userId) {
    return packet.spec.terms().grabMode() == GrabMode.RESERVE && packet.reservedUntil(userId) == 0;
  }
}
