// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Red packets".
package io.hongbao.redpacket;

import io.hongbao.engine.PartitionParts;
import io.hongbao.engine.Stamp;
import io.hongbao.ledger.AccountKey;
import io.hongbao.ledger.AccountKind;
import io.hongbao.ledger.SuspenseEntry.Origin;
import io.hongbao.model.Check;
import io.hongbao.model.RefusalCode;
import io.hongbao.model.StateHash;
import io.hongbao.redpacket.RedPacketEvent.CreditSuspended;
import io.hongbao.redpacket.RedPacketEvent.OrderCancelled;
import io.hongbao.redpacket.RedPacketEvent.OrderEvicted;
import io.hongbao.redpacket.RedPacketEvent.OrderPaid;
import io.hongbao.redpacket.RedPacketEvent.PacketClosed;
import io.hongbao.redpacket.RedPacketEvent.PacketCreated;
import io.hongbao.redpacket.RedPacketEvent.PacketEvicted;
import io.hongbao.redpacket.RedPacketEvent.PacketExpired;
import io.hongbao.redpacket.RedPacketEvent.PacketOrdered;
import io.hongbao.redpacket.RedPacketEvent.PacketSent;
import io.hongbao.redpacket.RedPacketEvent.RestReturned;
import io.hongbao.redpacket.RedPacketEvent.ShareCredited;
import io.hongbao.redpacket.RedPacketEvent.ShareOpened;
import io.hongbao.redpacket.RedPacketEvent.ShareReserved;
import io.hongbao.redpacket.RedPacketEvent.StrayPaymentEvicted;
import io.hongbao.redpacket.RedPacketEvent.StrayPaymentRefunded;
import io.hongbao.redpacket.RedPacketEvent.StrayPaymentTaken;
import io.hongbao.redpacket.RedPacketTransfer.CreatePacket;
import io.hongbao.redpacket.RedPacketTransfer.CreditShare;
import io.hongbao.redpacket.RedPacketTransfer.ReturnRest;

/**
 * The only place where the state of red packets changes.
 *
 * <p><b>Invariant:</b> each event's postings balance inside this partition; the escrow account
 * equals what all packets have left.
 */
final class RedPacketApplier {

  /** Kinds of timers of this family. */
  static final int TIMER_EXPIRY = 1;

  static final int TIMER_EVICT_PACKET = 2;
  static final int TIMER_EVICT_ORDER = 3;
  static final int TIMER_ORDER = 4;
  static final int TIMER_REFUND = 5;
  static final int TIMER_EVICT_STRAY = 6;

  private final RedPackets state;
  private final PartitionParts parts;
  private final PacketLimits limits;

  RedPacketApplier(RedPackets state, PacketLimits limits) {
    this.state = state;
    this.parts = state.parts;
    this.limits = limits;
  }

  void apply(RedPacketEvent event, Stamp stamp) {
    switch (event) {
      case PacketSent e -> sent(e, stamp);
      case PacketOrdered e -> ordered(e, stamp);
      case OrderPaid e -> paid(e, stamp);
      case OrderCancelled e -> cancelled(e, stamp);
      case StrayPaymentTaken e -> strayTaken(e, stamp);
      case StrayPaymentRefunded e -> strayRefunded(e, stamp);
      case RestReturned e -> restReturned(e, stamp);
      case OrderEvicted e -> evictOrder(e);
      case StrayPaymentEvicted e -> evictStray(e);
      case PacketCreated e -> created(e, stamp);
      case ShareReserved e ->
          packet(e.packetId()).reserve(hash(), e.userId(), e.untilMs(), stamp.position());
      case ShareOpened e -> opened(e, stamp);
      case PacketExpired e -> expired(e, stamp);
      case PacketClosed e -> closed(e, stamp);
      case PacketEvicted e -> {
        packet(e.packetId()).leave(hash());
        state.packets.remove(e.packetId());
      }
      case ShareCredited e -> credited(e, stamp);
      case CreditSuspended e -> creditSuspended(e, stamp);
    }
  }

  private void creditSuspended(CreditSuspended e, Stamp stamp) {
    post(AccountKind.TRANSIT, AccountKind.SUSPENSE, e.asset(), e.amountMinor(), stamp);
    parts
        .suspense()
        .open(
            e.asset(),
            e.amountMinor(),
            Origin.SHARE,
            e.packetId(),
            e.place(),
            e.userId(),
            e.reasonNumber(),
            stamp.timeMs(),
            stamp.position());
  }

  private void sent(PacketSent e, Stamp stamp) {
    PacketSpec spec = e.spec();
    parts.ids().used(spec.packetId());
    long wallet = AccountKey.wallet(spec.senderId(), spec.terms().asset());
    long transit = AccountKey.system(AccountKind.TRANSIT, spec.terms().asset());
    parts.ledger().post(wallet, transit, spec.terms().totalMinor(), stamp.position());
    Check.equal(parts.ledger().balanceMinor(wallet), e.balanceAfterMinor(), "sender's balance");
    state.put(
        new PacketOrder(
            spec.packetId(),
            spec.senderId(),
            spec.terms().asset(),
            PacketOrder.State.SENDING,
            null,
            "",
            0,
            "",
            0,
            stamp.position()));
    dispatch(spec, stamp);
  }

  private void ordered(PacketOrdered e, Stamp stamp) {
    parts.ids().used(e.packetId());
    state.put(
        new PacketOrder(
            e.packetId(),
            e.senderId(),
            e.terms().asset(),
            PacketOrder.State.UNPAID,
            e.terms(),
            e.provider(),
            e.payBeforeMs(),
            "",
            0,
            stamp.position()));
    askLater(e.payBeforeMs(), e.packetId());
  }

  /** Sets the timer of the first question about an order: at the latest when its time is up. */
  void askLater(long payBeforeMs, long packetId) {
    long firstMs = payBeforeMs - limits.unpaidMs() + limits.queryAfterMs();
    timer(Math.min(firstMs, payBeforeMs + 1), TIMER_ORDER, packetId);
  }

  private void paid(OrderPaid e, Stamp stamp) {
    PacketSpec spec = e.spec();
    post(
        AccountKind.CLEARING,
        AccountKind.TRANSIT,
        spec.terms().asset(),
        spec.terms().totalMinor(),
        stamp);
    state.put(order(spec.packetId()).paid(e.paymentId(), stamp.position()));
    dispatch(spec, stamp);
  }

  private void dispatch(PacketSpec spec, Stamp stamp) {
    parts
        .outbox()
        .add(state.partitionOf(spec.packetId()), new CreatePacket(spec), stamp.position());
  }

  private void cancelled(OrderCancelled e, Stamp stamp) {
    finish(order(e.packetId()), PacketOrder.State.CANCELLED, stamp);
  }

  private void strayTaken(StrayPaymentTaken e, Stamp stamp) {
    parts.ids().used(e.refundId());
    post(AccountKind.CLEARING, AccountKind.SUSPENSE, e.asset(), e.amountMinor(), stamp);
    parts
        .suspense()
        .open(
            e.asset(),
            e.amountMinor(),
            Origin.STRAY_PAYMENT,
            e.refundId(),
            0,
            e.senderId(),
            0,
            stamp.timeMs(),
            stamp.position());
    StrayPayment stray =
        new StrayPayment(
            e.refundId(),
            e.packetId(),
            e.provider(),
            e.asset(),
            e.amountMinor(),
            e.paymentId(),
            e.reason(),
            0,
            stamp.position());
    state.strays.put(e.refundId(), stray);
    hash().add(stray.digest());
    timer(stamp.timeMs() + limits.queryAfterMs(), TIMER_REFUND, e.refundId());
  }

  private void strayRefunded(StrayPaymentRefunded e, Stamp stamp) {
    StrayPayment stray = Check.present(state.strays.get(e.refundId()), "stray payment");
    Check.that(!stray.isRefunded(), "a stray payment is given back once");
    post(AccountKind.SUSPENSE, AccountKind.CLEARING, stray.asset(), stray.amountMinor(), stamp);
    parts.suspense().close(Origin.STRAY_PAYMENT, e.refundId());
    hash().remove(stray.digest());
    StrayPayment refunded = stray.refunded(stamp.timeMs(), stamp.position());
    state.strays.put(e.refundId(), refunded);
    hash().add(refunded.digest());
    forgetLater(refunded);
  }

  /** Sets the timer of a refunded stray payment that has no order to leave memory with. */
  void forgetLater(StrayPayment stray) {
    if (state.order(stray.packetId()) == null) {
      timer(stray.refundedAtMs() + limits.evictAfterMs(), TIMER_EVICT_STRAY, stray.refundId());
    }
  }

  private void evictStray(StrayPaymentEvicted e) {
    hash().remove(Check.present(state.strays.remove(e.refundId()), "stray payment").digest());
  }

  private void restReturned(RestReturned e, Stamp stamp) {
    if (e.balanceAfterMinor() == RedPacketEvent.NO_BALANCE) {
      restSuspended(e, stamp);
      return;
    }
    toWallet(e.senderId(), e.asset(), e.amountMinor(), e.balanceAfterMinor(), stamp);
  }

  private void restSuspended(RestReturned e, Stamp stamp) {
    post(AccountKind.TRANSIT, AccountKind.SUSPENSE, e.asset(), e.amountMinor(), stamp);
    // The event does not say why, but there are two reasons only, and one of them is state.
    boolean isClosed = parts.ledger().bounds(AccountKey.wallet(e.senderId(), e.asset())).isClosed();
    RefusalCode reason = isClosed ? RefusalCode.ACCOUNT_CLOSED : RefusalCode.BALANCE_LIMIT;
    parts
        .suspense()
        .open(
            e.asset(),
            e.amountMinor(),
            Origin.REST,
            e.packetId(),
            0,
            e.senderId(),
            reason.number(),
            stamp.timeMs(),
            stamp.position());
  }

  private void evictOrder(OrderEvicted e) {
    PacketOrder order = Check.present(state.orders.remove(e.packetId()), "order");
    hash().remove(order.digest());
    state
        .strays
        .values()
        .removeIf(
            stray -> {
              boolean belongs = stray.packetId() == e.packetId();
              if (belongs) {
                hash().remove(stray.digest());
              }
              return belongs;
            });
  }

  private void created(PacketCreated e, Stamp stamp) {
    PacketSpec spec = e.spec();
    post(
        AccountKind.TRANSIT,
        AccountKind.ESCROW,
        spec.terms().asset(),
        spec.terms().totalMinor(),
        stamp);
    RedPacket packet = new RedPacket(spec, stamp.position());
    Check.that(state.packets.put(spec.packetId(), packet) == null, "a packet is created once");
    packet.enter(hash());
    timer(spec.expiresAtMs(), TIMER_EXPIRY, spec.packetId());
  }

  private void opened(ShareOpened e, Stamp stamp) {
    RedPacket packet = packet(e.packetId());
    int asset = packet.spec().terms().asset();
    packet.open(hash(), e.userId(), e.place(), e.amountMinor(), stamp.timeMs(), stamp.position());
    post(AccountKind.ESCROW, AccountKind.TRANSIT, asset, e.amountMinor(), stamp);
    parts
        .outbox()
        .add(
            state.partitionOf(e.userId()),
            new CreditShare(e.packetId(), e.userId(), asset, e.amountMinor(), e.place()),
            stamp.position());
  }

  private void expired(PacketExpired e, Stamp stamp) {
    RedPacket packet = packet(e.packetId());
    int asset = packet.spec().terms().asset();
    packet.takeRest(hash(), e.restMinor(), stamp.position());
    if (e.restMinor() > 0) {
      post(AccountKind.ESCROW, AccountKind.TRANSIT, asset, e.restMinor(), stamp);
      long senderId = packet.spec().senderId();
      parts
          .outbox()
          .add(
              state.partitionOf(senderId),
              new ReturnRest(e.packetId(), senderId, asset, e.restMinor()),
              stamp.position());
    }
  }

  private void closed(PacketClosed e, Stamp stamp) {
    packet(e.packetId()).close(hash(), e.state(), stamp.timeMs(), stamp.position());
    timer(stamp.timeMs() + limits.evictAfterMs(), TIMER_EVICT_PACKET, e.packetId());
  }

  private void credited(ShareCredited e, Stamp stamp) {
    toWallet(e.userId(), e.asset(), e.amountMinor(), e.balanceAfterMinor(), stamp);
  }

  private void toWallet(long userId, int asset, long amount, long balanceAfter, Stamp stamp) {
    long wallet = AccountKey.wallet(userId, asset);
    long transit = AccountKey.system(AccountKind.TRANSIT, asset);
    parts.ledger().post(transit, wallet, amount, stamp.position());
    // Journaled balances let an exporter write statements without state, and check replay here.
    Check.equal(parts.ledger().balanceMinor(wallet), balanceAfter, "wallet's balance");
  }

  /** A receiver has a transfer durably. */
  void acknowledged(RedPacketTransfer transfer, Stamp stamp) {
    switch (transfer) {
      case CreatePacket t -> finish(order(t.spec().packetId()), PacketOrder.State.CREATED, stamp);
      case CreditShare t -> packet(t.packetId()).credit(hash(), t.place(), stamp.position());
      case ReturnRest t -> packet(t.packetId()).restArrived(hash(), stamp.position());
    }
  }

  private void finish(PacketOrder order, PacketOrder.State to, Stamp stamp) {
    state.put(order.moved(to, stamp.timeMs(), stamp.position()));
    timer(stamp.timeMs() + limits.evictAfterMs(), TIMER_EVICT_ORDER, order.packetId());
  }

  private void post(AccountKind from, AccountKind to, int asset, long amountMinor, Stamp stamp) {
    parts
        .ledger()
        .post(
            AccountKey.system(from, asset),
            AccountKey.system(to, asset),
            amountMinor,
            stamp.position());
  }

  void timer(long dueMs, int kind, long id) {
    parts.timers().set(dueMs, RedPacketCodec.SCHEMA_ID, kind, id);
  }

  private StateHash hash() {
    return parts.stateHash();
  }

  /** A packet that must be there. */
  RedPacket packet(long packetId) {
    return Check.present(state.packets.get(packetId), "packet");
  }

  private PacketOrder order(long packetId) {
    return Check.present(state.orders.get(packetId), "order");
  }
}
