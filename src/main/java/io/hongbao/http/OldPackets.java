// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The edge".
package io.hongbao.http;

import io.hongbao.engine.Answer;
import io.hongbao.engine.Refusal;
import io.hongbao.export.redpacket.SendState;
import io.hongbao.export.sql.PacketDetails;
import io.hongbao.export.sql.PacketHead;
import io.hongbao.model.EntityId;
import io.hongbao.model.RefusalCode;
import io.hongbao.proof.DrawProofJson;
import io.hongbao.redpacket.PacketTerms;
import io.hongbao.redpacket.RedPacketAnswer.Share;
import io.hongbao.redpacket.RedPacketAnswer.ShareShown;
import io.hongbao.redpacket.Viewer;
import io.hongbao.redpacket.draw.PacketKind;
import io.vertx.core.Future;

/**
 * Packets that have left memory, as the read model has them; answers like the packet's partition.
 *
 * <p>An id that is too young to have left memory is not looked for: it was never issued. So a
 * guessed id costs no query.
 *
 * <p><b>Thread:</b> one event loop's.
 */
final class OldPackets {

  private final EdgeParts parts;
  private final PacketJson packets;

  OldPackets(EdgeParts parts, PacketJson packets) {
    this.parts = parts;
    this.packets = packets;
  }

  static BadRequestException notFound() {
    return new BadRequestException(RefusalCode.NOT_FOUND, "There is no such packet.");
  }

  /** What to do with a packet that the viewer may see. */
  private interface Found {
    void found(PacketDetails packet) throws BadRequestException;
  }

  void open(Exchange exchange, long packetId, Viewer viewer) throws BadRequestException {
    look(exchange, packetId, viewer, packet -> share(exchange, packet, viewer, false));
  }

  void grab(Exchange exchange, long packetId, Viewer viewer) throws BadRequestException {
    look(exchange, packetId, viewer, packet -> share(exchange, packet, viewer, true));
  }

  /** What an open of a packet leads to that is not in memory: a share, or why there is none. */
  Future<Answer> open(long packetId, Viewer viewer) {
    return parts
        .readModel()
        .packet(packetId)
        .map(
            packet ->
                packet.isPresent() && maySee(packet.get(), viewer)
                    ? share(packet.get(), viewer)
                    : Refusal.of(RefusalCode.NOT_FOUND));
  }

  private void share(Exchange exchange, PacketDetails packet, Viewer viewer, boolean isGrab)
      throws BadRequestException {
    Answer answer = share(packet, viewer);
    if (answer instanceof Refusal refusal) {
      if (refusal.code() == RefusalCode.NOT_FOUND) {
        throw notFound();
      }
      exchange.refuse(refusal, false);
      return;
    }
    ShareShown share = (ShareShown) answer;
    JsonWriter json = exchange.json();
    if (isGrab) {
      json.beginObject().name("packet_id").id(packet.head().packetId());
      json.field("state", "opened").name("share");
      packets.opened(json, share);
      json.endObject();
    } else {
      packets.opened(json, share);
    }
    exchange.reply(200, json);
  }

  private static Answer share(PacketDetails packet, Viewer viewer) {
    PacketHead head = packet.head();
    if (!head.state().isPaid()) {
      return Refusal.of(RefusalCode.NOT_FOUND);
    }
    if (!mayOpen(head, viewer)) {
      return Refusal.of(RefusalCode.FORBIDDEN);
    }
    int place = packet.placeOf(viewer.userId());
    return place == 0 ? Refusal.of(whyNot(head.state())) : shown(packet, place);
  }

  private static RefusalCode whyNot(SendState state) {
    return switch (state) {
      case EMPTY -> RefusalCode.EMPTY;
      case EXPIRED -> RefusalCode.EXPIRED;
      // Only closed packets leave memory, so the model has not heard of the closing yet.
      default -> RefusalCode.READ_MODEL_BEHIND;
    };
  }

  private static ShareShown shown(PacketDetails packet, int place) {
    Share share = packet.shares().get(place - 1);
    return new ShareShown(
        packet.head().packetId(),
        place,
        packet.head().terms().asset(),
        share.amountMinor(),
        share.openedAtMs(),
        share.isCredited(),
        false);
  }

  void read(Exchange exchange, long packetId, Viewer viewer, int afterPlace)
      throws BadRequestException {
    look(
        exchange,
        packetId,
        viewer,
        packet -> {
          PacketHead head = packet.head();
          JsonWriter json = exchange.json();
          if (head.state().isPaid()) {
            boolean isSender = head.senderId() == viewer.userId();
            int partition = parts.shape().partitionOf(packetId);
            packets.details(json, packet.shown(viewer.userId()), partition, isSender, afterPlace);
          } else {
            packets.neverPaid(json, head, EntityId.generator(packetId));
          }
          exchange.reply(200, json);
        });
  }

  void proof(Exchange exchange, long packetId, Viewer viewer) throws BadRequestException {
    look(
        exchange,
        packetId,
        viewer,
        packet -> {
          if (packet.head().seed() == null) {
            exchange.refuse(Refusal.of(RefusalCode.PACKET_NOT_CLOSED), false);
          } else {
            String asset = parts.assets().code(packet.head().terms().asset());
            exchange.reply(200, DrawProofJson.write(packet.proof(asset)).toBuffer());
          }
        });
  }

  private void look(Exchange exchange, long packetId, Viewer viewer, Found found)
      throws BadRequestException {
    if (!mayHaveLeftMemory(packetId, exchange.nowMs())) {
      throw notFound();
    }
    exchange.await(
        parts.readModel().packet(packetId),
        packet -> {
          if (packet.isEmpty() || !maySee(packet.get(), viewer)) {
            throw notFound();
          }
          found.found(packet.get());
        });
  }

  // An order never paid leaves memory after its deadline, a packet after its closing, both some
  // days later; neither can be before the day in its id.
  boolean mayHaveLeftMemory(long packetId, long nowMs) {
    long bornMs = EntityId.day(packetId) * (long) EntityId.DAY_MS;
    return nowMs >= bornMs + parts.packets().evictAfterMs();
  }

  // The same as the rule of packets in memory; one that was never paid only its sender sees.
  private boolean maySee(PacketDetails packet, Viewer viewer) {
    PacketHead head = packet.head();
    if (head.senderId() == viewer.userId()) {
      return true;
    }
    PacketTerms terms = head.terms();
    boolean knowsCode =
        (viewer.claimHigh() != 0 || viewer.claimLow() != 0)
            && viewer.claimHigh() == head.claimHigh()
            && viewer.claimLow() == head.claimLow();
    return head.state().isPaid()
        && (terms.recipientId() == viewer.userId()
            || knowsCode
            || (terms.roomId() != 0 && parts.rooms().isInRoom(terms.roomId(), viewer.userId()))
            || packet.placeOf(viewer.userId()) > 0);
  }

  private static boolean mayOpen(PacketHead head, Viewer viewer) {
    PacketTerms terms = head.terms();
    return terms.kind() == PacketKind.EXCLUSIVE
        ? terms.recipientId() == viewer.userId()
        : terms.recipientId() == 0 || head.senderId() != viewer.userId();
  }
}
