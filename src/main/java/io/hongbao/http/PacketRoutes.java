// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The edge".
package io.hongbao.http;

import io.hongbao.apikey.Scope;
import io.hongbao.engine.Answer;
import io.hongbao.engine.Refusal;
import io.hongbao.model.Check;
import io.hongbao.model.EntityId;
import io.hongbao.model.RefusalCode;
import io.hongbao.proof.DrawProofJson;
import io.hongbao.redpacket.PacketOrder;
import io.hongbao.redpacket.RedPacketAnswer.OrderShown;
import io.hongbao.redpacket.RedPacketAnswer.PacketShown;
import io.hongbao.redpacket.RedPacketAnswer.Reserved;
import io.hongbao.redpacket.RedPacketAnswer.ShareShown;
import io.hongbao.redpacket.RedPacketCommand;
import io.hongbao.redpacket.RedPacketCommand.GrabPacket;
import io.hongbao.redpacket.RedPacketCommand.OpenPacket;
import io.hongbao.redpacket.RedPacketCommand.ReadOrder;
import io.hongbao.redpacket.RedPacketCommand.ReadPacket;
import io.hongbao.redpacket.Viewer;
import io.hongbao.redpacket.draw.DrawProof;
import io.hongbao.redpacket.draw.OpenedShare;
import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * Grab, open, details and proof of one packet.
 *
 * <p>An id that cannot have been issued is refused by arithmetic. One that is not in memory is
 * looked for in the read model when it is old enough to have left memory, and only then: so a
 * guessed id costs no query, and a database that is down never turns into {@code not_found}.
 *
 * <p><b>Thread:</b> one event loop's.
 */
final class PacketRoutes {

  private static final String CLAIM_HEADER = "Hongbao-Claim-Code";
  private static final String PATH = "/v1/red-packets/{packet_id}";

  private final EdgeParts parts;
  private final PacketJson packets;
  private final OldPackets oldPackets;

  PacketRoutes(EdgeParts parts) {
    this.parts = parts;
    this.packets = new PacketJson(parts.assets());
    this.oldPackets = new OldPackets(parts, packets);
  }

  void addTo(RouteTable routes) {
    routes.add(Route.get(PATH, Access.USER_OR_SERVICE.needing(Scope.PACKETS_READ), this::read));
    routes.add(
        Route.get(
            PATH + "/proof", Access.USER_OR_SERVICE.needing(Scope.PACKETS_READ), this::proof));
    routes.add(
        Route.post(
            PATH + "/open",
            Access.USER_OR_GATEWAY.needing(Scope.PACKETS_OPEN),
            BodyRule.JSON_OR_EMPTY,
            this::open));
    routes.add(
        Route.post(
            PATH + "/grab",
            Access.USER_OR_GATEWAY.needing(Scope.PACKETS_OPEN),
            BodyRule.JSON_OR_EMPTY,
            this::grab));
  }

  private void open(Exchange exchange, Buffer body) throws BadRequestException {
    Viewer viewer = viewer(exchange, body);
    long packetId = packetId(exchange);
    ask(
        exchange,
        new OpenPacket(packetId, viewer),
        packetId,
        ShareShown.class,
        (share, position, repeated) -> shown(exchange, share, position),
        () -> oldPackets.open(exchange, packetId, viewer));
  }

  private void shown(Exchange exchange, ShareShown share, long position) {
    JsonWriter json = exchange.json();
    packets.opened(json, share);
    exchange
        .position(parts.shape().partitionOf(share.packetId()), position, false)
        .reply(200, json);
  }

  private void grab(Exchange exchange, Buffer body) throws BadRequestException {
    Viewer viewer = viewer(exchange, body);
    long packetId = packetId(exchange);
    ask(
        exchange,
        new GrabPacket(packetId, viewer),
        packetId,
        Answer.class,
        (answer, position, repeated) -> grabbed(exchange, packetId, answer, position),
        () -> oldPackets.grab(exchange, packetId, viewer));
  }

  private void grabbed(Exchange exchange, long packetId, Answer answer, long position) {
    JsonWriter json = exchange.json().beginObject().name("packet_id").id(packetId);
    switch (answer) {
      case ShareShown share -> {
        json.field("state", "opened").name("share");
        packets.opened(json, share);
      }
      case Reserved reserved when reserved.isKept() ->
          json.field("state", "reserved").name("reserved_until").time(reserved.untilMs());
      default -> json.field("state", "may_open");
    }
    exchange
        .position(parts.shape().partitionOf(packetId), position, false)
        .reply(200, json.endObject());
  }

  private void read(Exchange exchange, Buffer body) throws BadRequestException {
    QueryReader query = QueryReader.of(exchange.request());
    int afterPlace = query.integerOr("after_place", 0, Integer.MAX_VALUE, 0);
    query.end();
    Viewer viewer = headerViewer(exchange);
    long packetId = packetId(exchange);
    ask(
        exchange,
        new ReadPacket(packetId, viewer),
        packetId,
        PacketShown.class,
        (packet, position, repeated) -> {
          JsonWriter json = exchange.json();
          boolean isSender = packet.spec().senderId() == viewer.userId();
          int partition = parts.shape().partitionOf(packetId);
          packets.details(json, packet, partition, isSender, afterPlace);
          exchange.reply(200, json);
        },
        () -> readOrder(exchange, packetId, viewer, afterPlace));
  }

  // The sender sees an order before it is a packet; it lives where the sender does.
  private void readOrder(Exchange exchange, long packetId, Viewer viewer, int afterPlace)
      throws BadRequestException {
    int partition = parts.shape().partitionOf(viewer.userId());
    if (partition != EntityId.generator(packetId)) {
      oldPackets.read(exchange, packetId, viewer, afterPlace);
      return;
    }
    exchange.ask(
        partition,
        new ReadOrder(packetId, viewer.userId(), false),
        OrderShown.class,
        (shown, position, repeated) -> {
          PacketOrder order = shown.order();
          JsonWriter json = exchange.json();
          var at = new PacketJson.Place(partition, parts.packets().unpaidMs());
          if (order.terms() != null) {
            packets.orderDetails(json, order, order.terms(), at);
          } else if (shown.spec() != null) {
            packets.sendingDetails(json, shown.spec(), order, at);
          } else {
            oldPackets.read(exchange, packetId, viewer, afterPlace);
            return;
          }
          exchange.reply(200, json);
        },
        (refusal, repeated) -> {
          if (refusal.code() == RefusalCode.NOT_FOUND) {
            oldPackets.read(exchange, packetId, viewer, afterPlace);
          } else {
            exchange.refuse(refusal, false);
          }
        });
  }

  private void proof(Exchange exchange, Buffer body) throws BadRequestException {
    QueryReader.of(exchange.request()).end();
    Viewer viewer = headerViewer(exchange);
    long packetId = packetId(exchange);
    ask(
        exchange,
        new ReadPacket(packetId, viewer),
        packetId,
        PacketShown.class,
        (packet, position, repeated) -> {
          if (packet.isSeedPublic()) {
            exchange.reply(200, DrawProofJson.write(proofOf(packet)).toBuffer());
          } else {
            exchange.refuse(Refusal.of(RefusalCode.PACKET_NOT_CLOSED), false);
          }
        },
        () -> oldPackets.proof(exchange, packetId, viewer));
  }

  private DrawProof proofOf(PacketShown packet) {
    Check.that(packet.isSeedPublic(), "a seed is shown once no share will follow");
    List<OpenedShare> shares =
        Arrays.stream(packet.shares())
            .map(share -> new OpenedShare(share.place(), share.amountMinor()))
            .toList();
    return DrawProof.of(
        packet.spec().drawTerms(),
        parts.assets().code(packet.spec().terms().asset()),
        packet.commitment(),
        packet.spec().seed(),
        shares);
  }

  private <T extends Answer> void ask(
      Exchange exchange,
      RedPacketCommand command,
      long packetId,
      Class<T> type,
      Exchange.Taker<T> taker,
      Exchange.Step notInMemory) {
    exchange.ask(
        parts.shape().partitionOf(packetId),
        command,
        type,
        taker,
        (refusal, repeated) -> {
          if (refusal.code() == RefusalCode.NOT_FOUND) {
            notInMemory.run();
          } else {
            exchange.refuse(refusal, false);
          }
        });
  }

  private long packetId(Exchange exchange) throws BadRequestException {
    long id = Ids.parse(exchange.pathValue(HotRoutes.PACKET_ID), Long.MAX_VALUE);
    if (id == Ids.NOT_AN_ID || !isPossible(parts, id, exchange.nowMs())) {
      throw OldPackets.notFound();
    }
    return id;
  }

  /** Whether an id can have been issued; a guess that cannot is refused by arithmetic. */
  static boolean isPossible(EdgeParts parts, long packetId, long nowMs) {
    return EntityId.isPossible(
        packetId, parts.shape().site(), parts.shape().partitionCount(), nowMs);
  }

  private Viewer viewer(Exchange exchange, Buffer buffer) throws BadRequestException {
    if (buffer.length() == 0) {
      return new Viewer(exchange.userId(), 0, 0);
    }
    JsonRequest body = JsonRequest.parse(buffer, parts.http().bodyBytesMax());
    byte[] code =
        body.has("claim_code")
            ? body.base64Url("claim_code", Fields.CLAIM_CODE_BYTES, Fields.CLAIM_CODE_BYTES)
            : new byte[Fields.CLAIM_CODE_BYTES];
    body.end();
    return viewer(exchange, ByteBuffer.wrap(code));
  }

  private static Viewer headerViewer(Exchange exchange) throws BadRequestException {
    return viewer(exchange, Fields.claimCode(exchange.request().getHeader(CLAIM_HEADER)));
  }

  private static Viewer viewer(Exchange exchange, ByteBuffer code) {
    return new Viewer(exchange.userId(), code.getLong(), code.getLong());
  }
}
