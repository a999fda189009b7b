// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The edge".
package io.hongbao.http;

import io.hongbao.model.EntityId;
import io.hongbao.model.RefusalCode;
import io.hongbao.provider.pay.NoticeSigner;
import io.hongbao.provider.pay.NoticeVerdict;
import io.hongbao.provider.pay.NoticeVerdict.Genuine;
import io.hongbao.provider.pay.NoticeVerdict.Refused;
import io.hongbao.provider.pay.NoticeVerifier;
import io.hongbao.provider.pay.PayNotice;
import io.hongbao.redpacket.RedPacketAnswer.PaymentTaken;
import io.hongbao.redpacket.RedPacketCommand.TakePayment;
import io.vertx.core.buffer.Buffer;

/**
 * The door at which payment providers report.
 *
 * <p>200 is said once the notice is durable with its order, and again for every copy of it; until
 * then a provider goes on telling.
 *
 * <p><b>Thread:</b> one event loop's.
 */
final class ProviderRoutes {

  /** What is read of a notice; real ones have some 300 bytes. */
  static final int NOTICE_BYTES_MAX = 16 * 1024;

  private final EdgeParts parts;

  ProviderRoutes(EdgeParts parts) {
    this.parts = parts;
  }

  void addTo(RouteTable routes) {
    routes.add(
        Route.post("/v1/providers/{provider}/notices", Access.PUBLIC, BodyRule.NOTICE, this::take));
  }

  private void take(Exchange exchange, Buffer body) throws BadRequestException {
    NoticeVerifier verifier = parts.notices().get(exchange.pathValue("provider"));
    if (verifier == null) {
      throw new BadRequestException(RefusalCode.NOT_FOUND, "There is no such provider.");
    }
    String signature = exchange.request().getHeader(NoticeSigner.HEADER);
    NoticeVerdict verdict = verifier.verify(body.getBytes(), signature, exchange.nowMs());
    switch (verdict) {
      case Refused refused -> exchange.refuse(refused.code(), refused.detail() + ".");
      case Genuine genuine -> pay(exchange, genuine.notice());
    }
  }

  private void pay(Exchange exchange, PayNotice notice) throws BadRequestException {
    boolean isPossible =
        EntityId.isPossible(
            notice.orderId(),
            parts.shape().site(),
            parts.shape().partitionCount(),
            exchange.nowMs());
    if (!isPossible) {
      throw new BadRequestException(
          RefusalCode.NOTICE_MISMATCH, RefusalCode.NOTICE_MISMATCH.sentence());
    }
    exchange.ask(
        EntityId.generator(notice.orderId()),
        new TakePayment(
            notice.orderId(),
            notice.provider(),
            notice.providerTxn(),
            parts.assets().numberOr0(notice.asset()),
            notice.amountMinor(),
            notice.paidAtMs()),
        PaymentTaken.class,
        (taken, position, repeated) ->
            exchange.reply(200, exchange.json().beginObject().field("taken", true).endObject()));
  }
}
