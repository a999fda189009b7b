// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Providers".
package io.hongbao.provider.sim;

import io.hongbao.provider.pay.NoticeSigner;
import io.hongbao.provider.pay.PayNotice;
import io.hongbao.provider.pay.PayStatus;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Brings the notices of an order's script, each again and again until it is taken or given up.
 *
 * <p><b>Thread:</b> the lane; the sink is called there too, and answers wherever it likes.
 *
 * <p><b>Durability:</b> a payment is in the book before its notice goes out. That a notice was
 * taken may be lost in a crash: it is then brought once more, as by any provider.
 *
 * <p><b>Limit:</b> {@link #UNDER_WAY_MAX} notices are under way at a time; the others wait for
 * their turn, at most one per delivery that an order's script asks for.
 */
final class NoticeCourier {

  static final int UNDER_WAY_MAX = 32;
  static final int ATTEMPTS_MAX = 10;

  /** 1 s doubled after each attempt, at most a minute: ten attempts last some four minutes. */
  private static final long BACK_OFF_MS = 1000;

  private static final long BACK_OFF_MS_MAX = 60_000;

  /** A notice that is held back for another order goes after this time even if none came. */
  static final long HELD_BACK_MS_MAX = 10_000;

  private static final byte[] FORGERS_SECRET =
      "the forger does not know the secret".getBytes(StandardCharsets.US_ASCII);

  /** One delivery on its way. */
  private static final class Parcel {

    final BankOrder order;
    final int delivery;
    int attempts;

    Parcel(BankOrder order, int delivery) {
      this.order = order;
      this.delivery = delivery;
    }

    NoticePlan plan() {
      return order.deliveries.get(delivery);
    }
  }

  private final String provider;
  private final BankLane lane;
  private final NoticeSink sink;
  private final NoticeSigner signer;
  private final NoticeSigner forger = new NoticeSigner(FORGERS_SECRET);
  private final Consumer<BankEntry> record;
  private final Queue<Parcel> waiting = new ArrayDeque<>();
  private final List<Parcel> heldBack = new ArrayList<>();
  private int underWay;

  /**
   * @param record writes an entry to the book and applies it
   */
  NoticeCourier(
      String provider,
      BankLane lane,
      NoticeSink sink,
      NoticeSigner signer,
      Consumer<BankEntry> record) {
    this.provider = provider;
    this.lane = lane;
    this.sink = sink;
    this.signer = signer;
    this.record = record;
  }

  /** Takes over the forged deliveries of an order that was placed. */
  void placed(BankOrder order) {
    plan(order, true, order.placedAtMs);
  }

  /** Takes over the true deliveries of an order that was paid. */
  void paid(BankOrder order, long paidAtMs) {
    plan(order, false, paidAtMs);
  }

  private void plan(BankOrder order, boolean forged, long fromMs) {
    for (int delivery = 0; delivery < order.deliveries.size(); delivery++) {
      NoticePlan plan = order.deliveries.get(delivery);
      if (plan.forged() == forged && !order.endedDeliveries.get(delivery)) {
        var parcel = new Parcel(order, delivery);
        lane.at(fromMs + plan.afterMs(), ignored -> due(parcel));
      }
    }
  }

  private void due(Parcel parcel) {
    if (!parcel.order.script.reorder()) {
      bring(parcel);
      return;
    }
    heldBack.add(parcel);
    lane.at(
        lane.nowMs() + HELD_BACK_MS_MAX,
        ignored -> {
          if (heldBack.remove(parcel)) {
            bring(parcel);
          }
        });
  }

  private void bring(Parcel parcel) {
    if (underWay >= UNDER_WAY_MAX) {
      waiting.add(parcel);
      return;
    }
    underWay++;
    parcel.attempts++;
    NoticePlan plan = parcel.plan();
    byte[] body = notice(parcel).toBody();
    String signature =
        (plan.forged() ? forger : signer).sign(lane.nowMs() - plan.signedAgoMs(), body);
    lane.afterFlush(() -> send(parcel, body, signature));
  }

  private void send(Parcel parcel, byte[] body, String signature) {
    Future<Integer> status;
    try {
      status = sink.deliver(body, signature);
    } catch (RuntimeException broken) {
      status = Future.failedFuture(broken);
    }
    status
        .map(code -> code != null && code / 100 == 2)
        .otherwise(false)
        .onSuccess(taken -> lane.enqueue(() -> answered(parcel, taken)));
  }

  private void answered(Parcel parcel, boolean taken) {
    underWay--;
    // Nobody forges for ever, and an old request that is played again is refused for ever.
    boolean once = parcel.plan().forged() || parcel.plan().signedAgoMs() > 0;
    if (taken || once || parcel.attempts >= ATTEMPTS_MAX) {
      record.accept(
          new BankEntry.NoticeEnded(parcel.order.order.orderId(), parcel.delivery, taken));
    } else {
      long pauseMs = Math.min(BACK_OFF_MS << (parcel.attempts - 1), BACK_OFF_MS_MAX);
      lane.at(lane.nowMs() + pauseMs, ignored -> bring(parcel));
    }
    letHeldBackGo(parcel);
    Parcel next = waiting.poll();
    if (next != null) {
      bring(next);
    }
  }

  private void letHeldBackGo(Parcel brought) {
    List<Parcel> free = heldBack.stream().filter(held -> held.order != brought.order).toList();
    heldBack.removeAll(free);
    free.forEach(this::bring);
  }

  private PayNotice notice(Parcel parcel) {
    BankOrder order = parcel.order;
    PayStatus.@Nullable Paid paid = order.paid;
    // A forger writes of a payment that there may never be.
    String txn = paid == null ? "forged-" + order.order.orderId() : paid.providerTxn();
    long paidAtMs = paid == null ? order.placedAtMs : paid.paidAtMs();
    int first = order.deliveries.indexOf(parcel.plan());
    return new PayNotice(
        provider,
        order.order.orderId(),
        txn,
        order.order.asset(),
        Math.max(0, order.order.amountMinor() + parcel.plan().amountDeltaMinor()),
        paidAtMs,
        provider + "-" + order.order.orderId() + "-" + first);
  }
}
