// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The edge".
package io.hongbao.http;

import io.hongbao.apikey.Scope;
import io.hongbao.engine.ClientKey;
import io.hongbao.engine.Refusal;
import io.hongbao.export.sql.PacketHead;
import io.hongbao.model.Check;
import io.hongbao.model.RefusalCode;
import io.hongbao.redpacket.PacketOrder;
import io.hongbao.redpacket.PacketSpec;
import io.hongbao.redpacket.PacketTerms;
import io.hongbao.redpacket.RedPacketAnswer.OrderShown;
import io.hongbao.redpacket.RedPacketAnswer.PacketShown;
import io.hongbao.redpacket.RedPacketCommand.ReadOrder;
import io.hongbao.redpacket.RedPacketCommand.ReadPacket;
import io.hongbao.redpacket.RedPacketCommand.SendPacket;
import io.hongbao.redpacket.Viewer;
import io.vertx.core.buffer.Buffer;

/**
 * Sends packets: decided in the sender's partition, answered when the packet's partition has it.
 *
 * <p><b>Thread:</b> one event loop's.
 *
 * <p><b>Limit:</b> a sender waits {@code http.send_deadline}, then hears 202.
 */
final class SendRoutes {

  private final EdgeParts parts;
  private final PacketJson packets;
  private final Deadlines<Waiting> waiting;

  SendRoutes(EdgeParts parts) {
    this.parts = parts;
    this.packets = new PacketJson(parts.assets());
    this.waiting = new Deadlines<>(parts.http().sendDeadlineMs());
  }

  void addTo(RouteTable routes) {
    routes.add(
        Route.post(
            "/v1/red-packets",
            Access.USER_OR_SERVICE.needing(Scope.PACKETS_SEND),
            BodyRule.JSON,
            this::send));
  }

  /** Answers 202 to those who have waited long enough. */
  void expire(long nowMs) {
    waiting.expire(nowMs, one -> one.exchange.guard(() -> sent(one.exchange, 202, one.spec)));
  }

  /** Somebody whose packet is on its way. */
  private static final class Waiting {
    private final Exchange exchange;
    private final PacketSpec spec;
    private final Deadlines.Entry<Waiting> entry = new Deadlines.Entry<>(this);

    Waiting(Exchange exchange, PacketSpec spec) {
      this.exchange = exchange;
      this.spec = spec;
    }
  }

  private void send(Exchange exchange, Buffer buffer) throws BadRequestException {
    JsonRequest json = JsonRequest.parse(buffer, parts.http().bodyBytesMax());
    SendBody body = SendBody.read(json, parts.assets());
    long senderId = exchange.userId();
    ClientKey key = exchange.key(senderId, "sendRedPacket", body.bodyHash());
    int partition = parts.shape().partitionOf(senderId);
    exchange.ask(
        partition,
        new SendPacket(key, senderId, body.terms(), body.provider()),
        OrderShown.class,
        (answer, position, repeated) -> {
          exchange.position(partition, position, repeated);
          ordered(exchange, answer, body.terms());
        });
  }

  private void ordered(Exchange exchange, OrderShown shown, PacketTerms terms) {
    PacketOrder order = shown.order();
    switch (order.state()) {
      case UNPAID, CANCELLED -> {
        // The terms are those of this request: a repeat has the same, or it would be refused.
        JsonWriter json = exchange.json();
        packets.ordered(json, order, terms, parts.packets().unpaidMs());
        exchange.reply(201, json);
      }
      case SENDING -> awaitPacket(exchange, Check.present(shown.spec(), "packet under way"));
      case CREATED -> created(exchange, order.packetId());
    }
  }

  private void awaitPacket(Exchange exchange, PacketSpec spec) {
    var one = new Waiting(exchange, spec);
    waiting.add(one.entry, exchange.edge().monotonicMs());
    exchange.ask(
        parts.shape().partitionOf(spec.senderId()),
        new ReadOrder(spec.packetId(), spec.senderId(), true),
        OrderShown.class,
        (answer, position, repeated) -> {
          waiting.remove(one.entry);
          sent(exchange, 201, spec);
        },
        (refusal, repeated) -> {
          // The packet is decided and paid; that nobody could be asked about it changes nothing.
          waiting.remove(one.entry);
          sent(exchange, 202, spec);
        });
  }

  private void sent(Exchange exchange, int status, PacketSpec spec) {
    JsonWriter json = exchange.json();
    packets.sent(json, spec, status == 201 ? "open" : "sending");
    exchange.reply(status, json);
  }

  // A repeat long after: the packet itself knows what the first answer said.
  private void created(Exchange exchange, long packetId) {
    exchange.ask(
        parts.shape().partitionOf(packetId),
        new ReadPacket(packetId, new Viewer(exchange.userId(), 0, 0)),
        PacketShown.class,
        (packet, position, repeated) -> {
          JsonWriter json = exchange.json();
          packets.sent(json, packet.spec(), packet.state().wireName());
          exchange.reply(201, json);
        },
        (refusal, repeated) -> {
          if (refusal.code() == RefusalCode.NOT_FOUND) {
            old(exchange, packetId);
          } else {
            exchange.refuse(refusal, false);
          }
        });
  }

  // Keys are forgotten before packets leave memory, unless the configuration says otherwise.
  private void old(Exchange exchange, long packetId) {
    exchange.await(
        parts.readModel().packetHead(packetId),
        found -> {
          PacketHead head = found.orElse(null);
          if (head == null || head.seed() == null) {
            exchange.refuse(Refusal.of(RefusalCode.READ_MODEL_BEHIND), false);
            return;
          }
          JsonWriter json = exchange.json();
          packets.sent(json, head.spec(), head.state().wireName());
          exchange.reply(201, json);
        });
  }
}
