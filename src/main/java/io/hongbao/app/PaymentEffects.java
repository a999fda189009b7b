// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Payments".
package io.hongbao.app;

import io.hongbao.account.AskHold;
import io.hongbao.config.AssetSettings;
import io.hongbao.engine.Command;
import io.hongbao.engine.Effect;
import io.hongbao.engine.ReplyPort;
import io.hongbao.provider.Reply;
import io.hongbao.provider.pay.CloseResult;
import io.hongbao.provider.pay.PayDesk;
import io.hongbao.provider.pay.PayOrder;
import io.hongbao.provider.pay.PayStatus;
import io.hongbao.provider.pay.Refund;
import io.hongbao.provider.pay.RefundResult;
import io.hongbao.redpacket.PaymentEffect;
import io.hongbao.redpacket.PaymentEffect.AskPayment;
import io.hongbao.redpacket.PaymentEffect.ClosePayment;
import io.hongbao.redpacket.PaymentEffect.Prepay;
import io.hongbao.redpacket.PaymentEffect.RefundPayment;
import io.hongbao.redpacket.RedPacketCommand.CancelOrder;
import io.hongbao.redpacket.RedPacketCommand.ConfirmRefund;
import io.hongbao.redpacket.RedPacketCommand.TakePayment;
import io.hongbao.shard.LaneSet;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.lang.System.Logger.Level;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Carries the partitions' questions to payment providers and brings known outcomes back as
 * commands.
 *
 * <p>What stays unknown (a time-out, a broken connection, a full desk) leads to no command at all:
 * the partition's own timer asks again until it is known.
 *
 * <p><b>Thread:</b> called on lanes, returns at once; providers answer on their own threads.
 */
final class PaymentEffects implements Effect.Sink {

  private final Vertx vertx;
  private final AssetSettings assets;
  private final PayDesk desk;
  private final Supplier<LaneSet> lanes;

  PaymentEffects(Vertx vertx, AssetSettings assets, PayDesk desk, Supplier<LaneSet> lanes) {
    this.vertx = vertx;
    this.assets = assets;
    this.desk = desk;
    this.lanes = lanes;
  }

  @Override
  public void perform(int partition, Effect effect) {
    if (effect instanceof AskHold) {
      // The service that placed it asks for the list of such holds, and answers by command.
      return;
    }
    if (!(effect instanceof PaymentEffect payment)) {
      System.getLogger(PaymentEffects.class.getName())
          .log(Level.INFO, "nobody answers this question yet: {0}", effect);
      return;
    }
    // Off the lane: a provider may be slow to build its request.
    vertx.runOnContext(ignored -> perform(partition, payment));
  }

  private void perform(int partition, PaymentEffect effect) {
    switch (effect) {
      case Prepay e ->
          ask(
              desk.prepay(
                  e.provider(),
                  new PayOrder(
                      e.packetId(),
                      e.senderId(),
                      assetCode(e.asset()),
                      e.amountMinor(),
                      e.payBeforeMs())),
              placed -> {});
      case AskPayment e ->
          ask(desk.query(e.provider(), e.packetId()), status -> heard(partition, e, status));
      case ClosePayment e ->
          ask(desk.close(e.provider(), e.packetId()), result -> closed(partition, e, result));
      case RefundPayment e ->
          ask(
              desk.refund(e.provider(), new Refund(e.refundId(), e.packetId(), e.amountMinor())),
              result -> refunded(partition, e, result));
    }
  }

  private void heard(int partition, AskPayment asked, PayStatus status) {
    switch (status) {
      case PayStatus.Paid paid -> take(partition, asked.provider(), asked.packetId(), paid);
      case PayStatus.Closed closed -> submit(partition, new CancelOrder(asked.packetId()));
      case PayStatus.NotPaidYet waiting -> {}
      case PayStatus.UnknownOrder unknown -> {}
    }
  }

  private void closed(int partition, ClosePayment asked, CloseResult result) {
    switch (result) {
      case CloseResult.AlreadyPaid paid ->
          take(partition, asked.provider(), asked.packetId(), paid.payment());
      case CloseResult.Closed closed -> submit(partition, new CancelOrder(asked.packetId()));
    }
  }

  private void take(int partition, String provider, long packetId, PayStatus.Paid paid) {
    // A provider's word on a query names no asset; it took the order's.
    submit(
        partition,
        new TakePayment(
            packetId,
            provider,
            paid.providerTxn(),
            TakePayment.ORDERED_ASSET,
            paid.amountMinor(),
            paid.paidAtMs()));
  }

  private void refunded(int partition, RefundPayment asked, RefundResult result) {
    if (result instanceof RefundResult.Done) {
      submit(partition, new ConfirmRefund(asked.packetId(), asked.refundId()));
    }
  }

  private <T> void ask(Future<Reply<T>> question, Consumer<T> onAnswer) {
    question.onSuccess(
        reply -> {
          if (reply instanceof Reply.Answered<T> answered) {
            onAnswer.accept(answered.value());
          }
        });
  }

  private void submit(int partition, Command command) {
    lanes.get().submit(partition, command, ReplyPort.NOBODY);
  }

  private String assetCode(int number) {
    return assets.assets().stream()
        .filter(asset -> asset.number() == number)
        .map(AssetSettings.Asset::code)
        .findFirst()
        .orElse("UNKNOWN");
  }
}
