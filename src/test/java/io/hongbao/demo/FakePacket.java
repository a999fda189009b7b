// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The demo".
package io.hongbao.demo;

import io.hongbao.proof.DrawProofJson;
import io.hongbao.redpacket.draw.DrawCommitment;
import io.hongbao.redpacket.draw.DrawCommitter;
import io.hongbao.redpacket.draw.DrawProof;
import io.hongbao.redpacket.draw.DrawSeed;
import io.hongbao.redpacket.draw.DrawTerms;
import io.hongbao.redpacket.draw.OpenedShare;
import io.hongbao.redpacket.draw.PacketKind;
import io.hongbao.redpacket.draw.ShareChance;
import io.hongbao.redpacket.draw.ShareTable;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A packet of the fake server. */
final class FakePacket {

  /** An opened share. */
  record FakeShare(String userId, int place, long amountMinor, long atMs) {}

  final String senderId;
  final String roomId;
  final String userId;
  final DrawTerms terms;
  final DrawSeed seed;
  final DrawCommitment commitment;
  final ShareTable table;
  final List<FakeShare> shares = new ArrayList<>();
  final Set<String> reservedFor = new HashSet<>();
  String state;
  long refundedMinor;

  FakePacket(String senderId, JsonObject audience, DrawTerms terms, DrawSeed seed, String state) {
    this.senderId = senderId;
    this.roomId = audience.getString("room_id", "");
    this.userId = audience.getString("user_id", "");
    this.terms = terms;
    this.seed = seed;
    this.commitment = new DrawCommitter().commit(terms, seed);
    this.table = ShareTable.draw(new ShareChance(), terms, seed);
    this.state = state;
  }

  String id() {
    return Long.toString(terms.packetId());
  }

  FakeShare shareOf(String user) {
    return shares.stream().filter(share -> share.userId().equals(user)).findFirst().orElse(null);
  }

  int leftCount() {
    return terms.count() - shares.size();
  }

  long openedMinor() {
    return shares.stream().mapToLong(FakeShare::amountMinor).sum();
  }

  long leftMinor() {
    return state.equals("open") ? terms.totalMinor() - openedMinor() : 0;
  }

  boolean isSeenBy(String user) {
    return senderId.equals(user)
        || (!state.equals("unpaid") && (!roomId.isEmpty() || userId.equals(user)));
  }

  JsonObject sentJson() {
    JsonObject json =
        new JsonObject()
            .put("id", id())
            .put("state", state)
            .put("kind", terms.kind().wireName())
            .put("total", DemoClient.amount(terms.totalMinor()))
            .put("count", terms.count());
    return state.equals("unpaid") ? json : json.put("commitment", commitment.hex());
  }

  JsonObject openedJson(String user, boolean first) {
    FakeShare share = shareOf(user);
    return new JsonObject()
        .put("packet_id", id())
        .put("place", share.place())
        .put("amount", DemoClient.amount(share.amountMinor()))
        .put("opened_at", Instant.ofEpochMilli(share.atMs()).toString())
        .put("credited", true)
        .put("first", first);
  }

  JsonObject detailsJson() {
    JsonArray list = new JsonArray();
    JsonObject best = null;
    boolean closed = !state.equals("open") && !shares.isEmpty();
    int bestPlace = closed ? table.bestPlace(shares.size()) : 0;
    for (FakeShare share : shares) {
      JsonObject json =
          openedJson(share.userId(), false)
              .put("user_id", share.userId())
              .put("best", share.place() == bestPlace);
      list.add(json);
      best = share.place() == bestPlace ? json : best;
    }
    JsonObject json =
        sentJson()
            .put("opened_count", shares.size())
            .put("opened_amount", DemoClient.amount(openedMinor()))
            .put("left_count", state.equals("expired") ? 0 : leftCount())
            .put("left_amount", DemoClient.amount(leftMinor()))
            .put("shares", list);
    if (state.equals("expired")) {
      json.put("refunded_amount", DemoClient.amount(refundedMinor));
    }
    boolean isLucky =
        terms.kind() == PacketKind.LUCKY_LIVE || terms.kind() == PacketKind.LUCKY_FAIR;
    return best == null || !isLucky ? json : json.put("best_luck", best);
  }

  JsonObject proofJson() {
    return DrawProofJson.write(
        DrawProof.of(
            terms,
            Money.ASSET,
            commitment,
            seed,
            shares.stream()
                .map(share -> new OpenedShare(share.place(), share.amountMinor()))
                .toList()));
  }
}
