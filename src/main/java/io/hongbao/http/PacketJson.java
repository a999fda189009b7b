// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The edge".
package io.hongbao.http;

import io.hongbao.export.sql.PacketHead;
import io.hongbao.redpacket.PacketOrder;
import io.hongbao.redpacket.PacketSpec;
import io.hongbao.redpacket.PacketState;
import io.hongbao.redpacket.PacketTerms;
import io.hongbao.redpacket.RedPacketAnswer.PacketShown;
import io.hongbao.redpacket.RedPacketAnswer.Share;
import io.hongbao.redpacket.RedPacketAnswer.ShareShown;
import io.hongbao.redpacket.draw.DrawCommitter;
import io.hongbao.redpacket.draw.PacketKind;
import java.nio.ByteBuffer;

/**
 * Writes red packets as the contract shows them.
 *
 * <p><b>Thread:</b> one event loop's: the committer has state.
 */
final class PacketJson {

  /** Shares shown at a time. */
  static final int SHARES_MAX = 500;

  private final AssetTable assets;
  private final DrawCommitter committer = new DrawCommitter();

  PacketJson(AssetTable assets) {
    this.assets = assets;
  }

  /** A packet that was paid, as its sender gets it. */
  void sent(JsonWriter json, PacketSpec spec, String state) {
    json.beginObject().name("id").id(spec.packetId()).field("state", state);
    terms(json, spec.terms());
    json.name("claim_code").base64Url(claimCode(spec));
    json.field("commitment", committer.commit(spec.drawTerms(), spec.seed()).hex());
    json.name("created_at").time(spec.sentAtMs()).name("expires_at").time(spec.expiresAtMs());
    json.endObject();
  }

  /** An order that a provider pays, as its sender gets it. */
  void ordered(JsonWriter json, PacketOrder order, PacketTerms terms, long payWithinMs) {
    json.beginObject().name("id").id(order.packetId()).field("state", order.state().wireName());
    terms(json, terms);
    json.name("created_at").time(order.payBeforeMs() - payWithinMs);
    payment(json, order);
    json.endObject();
  }

  /** The details of an order that waits for its provider, or has done so in vain. */
  void orderDetails(JsonWriter json, PacketOrder order, PacketTerms terms, Place at) {
    boolean isUnpaid = order.state() == PacketOrder.State.UNPAID;
    json.beginObject().name("id").id(order.packetId()).field("state", order.state().wireName());
    terms(json, terms);
    json.name("sender_id").id(order.senderId());
    untouched(json, terms, isUnpaid);
    json.name("created_at").time(order.payBeforeMs() - at.payWithinMs());
    if (isUnpaid) {
      payment(json, order);
    } else {
      json.name("closed_at").time(order.closedAtMs());
    }
    json.name("position").position(at.partition(), order.position()).endObject();
  }

  /**
   * Where an order stands, and how long orders may wait.
   *
   * @param partition the sender's
   */
  record Place(int partition, long payWithinMs) {}

  /** The details of a packet on its way to its partition. */
  void sendingDetails(JsonWriter json, PacketSpec spec, PacketOrder order, Place at) {
    json.beginObject().name("id").id(spec.packetId()).field("state", order.state().wireName());
    terms(json, spec.terms());
    json.name("sender_id").id(spec.senderId());
    untouched(json, spec.terms(), true);
    json.name("claim_code").base64Url(claimCode(spec));
    json.field("commitment", committer.commit(spec.drawTerms(), spec.seed()).hex());
    json.name("created_at").time(spec.sentAtMs()).name("expires_at").time(spec.expiresAtMs());
    json.name("position").position(at.partition(), order.position()).endObject();
  }

  /** The details of an order that has left memory and never became a packet. */
  void neverPaid(JsonWriter json, PacketHead head, int partition) {
    json.beginObject().name("id").id(head.packetId()).field("state", head.state().wireName());
    terms(json, head.terms());
    json.name("sender_id").id(head.senderId());
    untouched(json, head.terms(), false);
    json.name("created_at").time(head.createdAtMs());
    if (head.closedAtMs() > 0) {
      json.name("closed_at").time(head.closedAtMs());
    }
    json.name("position").position(partition, head.senderSequence()).endObject();
  }

  private static void payment(JsonWriter json, PacketOrder order) {
    json.name("pay_before").time(order.payBeforeMs());
    json.name("payment").beginObject().field("provider", order.provider());
    json.name("order_id").id(order.packetId()).endObject();
  }

  // Nobody can have opened what is not there yet, or never will be.
  private void untouched(JsonWriter json, PacketTerms terms, boolean isToCome) {
    String asset = assets.code(terms.asset());
    json.field("opened_count", 0).name("opened_amount").money(asset, 0);
    json.field("left_count", isToCome ? terms.count() : 0);
    json.name("left_amount").money(asset, isToCome ? terms.totalMinor() : 0);
    json.name("shares").beginArray().endArray().field("more_shares", false);
  }

  private void terms(JsonWriter json, PacketTerms terms) {
    json.field("kind", terms.kind().wireName()).field("grab_mode", terms.grabMode().wireName());
    json.name("total").money(assets.code(terms.asset()), terms.totalMinor());
    json.field("count", terms.count()).name("audience").beginObject();
    if (terms.roomId() != 0) {
      json.name("room_id").id(terms.roomId());
    }
    if (terms.recipientId() != 0) {
      json.name("user_id").id(terms.recipientId());
    }
    json.endObject();
    if (!terms.greeting().isEmpty()) {
      json.field("greeting", terms.greeting());
    }
    if (!terms.cover().isEmpty()) {
      json.field("cover", terms.cover());
    }
  }

  /**
   * The details of a packet.
   *
   * @param isSender whether the reader sent it, and so may see the claim code
   * @param afterPlace shares up to this place are left out
   */
  void details(
      JsonWriter json, PacketShown packet, int partition, boolean isSender, int afterPlace) {
    PacketSpec spec = packet.spec();
    String asset = assets.code(spec.terms().asset());
    boolean isExpired = packet.state() == PacketState.EXPIRED;
    json.beginObject().name("id").id(spec.packetId()).field("state", packet.state().wireName());
    terms(json, spec.terms());
    json.name("sender_id").id(spec.senderId());
    long openedMinor = spec.terms().totalMinor() - packet.leftMinor() - packet.returnedMinor();
    json.field("opened_count", packet.shares().length);
    json.name("opened_amount").money(asset, openedMinor);
    json.field("left_count", isExpired ? 0 : packet.leftCount());
    json.name("left_amount").money(asset, packet.leftMinor());
    if (packet.reservedCount() > 0) {
      json.field("reserved_count", packet.reservedCount());
    }
    if (isExpired) {
      json.name("refunded_amount").money(asset, packet.returnedMinor());
    }
    if (isSender) {
      json.name("claim_code").base64Url(claimCode(spec));
    }
    json.field("commitment", packet.commitment().hex());
    json.name("created_at").time(spec.sentAtMs()).name("expires_at").time(spec.expiresAtMs());
    if (packet.state() != PacketState.OPEN) {
      json.name("closed_at").time(packet.closedAtMs());
    }
    shares(json, packet, asset, afterPlace);
    Share mine = packet.viewerShare();
    if (mine != null) {
      json.name("my_share");
      share(json, mine, asset, mine.place() == bestPlace(packet));
    }
    if (packet.viewerReservedUntilMs() > 0) {
      json.name("my_reserved_until").time(packet.viewerReservedUntilMs());
    }
    json.name("position").position(partition, packet.position()).endObject();
  }

  private static void shares(JsonWriter json, PacketShown packet, String asset, int afterPlace) {
    Share[] shares = packet.shares();
    int bestPlace = bestPlace(packet);
    int from = Math.min(afterPlace, shares.length);
    int to = Math.min(shares.length, from + SHARES_MAX);
    json.name("shares").beginArray();
    for (int i = from; i < to; i++) {
      share(json, shares[i], asset, shares[i].place() == bestPlace);
    }
    json.endArray().field("more_shares", to < shares.length);
    if (bestPlace > 0) {
      json.name("best_luck");
      share(json, shares[bestPlace - 1], asset, true);
    }
  }

  // The best luck is told once nobody can have better luck any more.
  private static int bestPlace(PacketShown packet) {
    PacketKind kind = packet.spec().terms().kind();
    boolean isLucky = kind == PacketKind.LUCKY_LIVE || kind == PacketKind.LUCKY_FAIR;
    return isLucky && packet.state() != PacketState.OPEN ? packet.bestPlace() : 0;
  }

  private static void share(JsonWriter json, Share share, String asset, boolean isBest) {
    json.beginObject().field("place", share.place()).name("user_id").id(share.userId());
    json.name("amount").money(asset, share.amountMinor());
    json.name("opened_at").time(share.openedAtMs());
    json.field("credited", share.isCredited()).field("best", isBest).endObject();
  }

  /** The caller's own share. */
  void opened(JsonWriter json, ShareShown share) {
    json.beginObject().name("packet_id").id(share.packetId()).field("place", share.place());
    json.name("amount").money(assets.code(share.asset()), share.amountMinor());
    json.name("opened_at").time(share.openedAtMs());
    json.field("credited", share.isCredited()).field("first", share.isFirst()).endObject();
  }

  static byte[] claimCode(PacketSpec spec) {
    return ByteBuffer.allocate(Fields.CLAIM_CODE_BYTES)
        .putLong(spec.claimHigh())
        .putLong(spec.claimLow())
        .array();
  }
}
