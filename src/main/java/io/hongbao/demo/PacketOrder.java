// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The demo".
package io.hongbao.demo;

import io.hongbao.redpacket.draw.PacketKind;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * What somebody asks to be sent.
 *
 * @param roomId the audience, unless it is one user
 * @param userId the recipient, unless it is a room
 * @param greeting empty for none
 * @param nonce the sender's bytes for the commitment, in base64url; empty for none
 * @param provider who pays; null for the sender's balance
 */
record PacketOrder(
    PacketKind kind,
    long totalMinor,
    int count,
    @Nullable String roomId,
    @Nullable String userId,
    String greeting,
    String nonce,
    @Nullable String provider) {

  static PacketOrder toRoom(PacketKind kind, long totalMinor, int count, String roomId) {
    return new PacketOrder(kind, totalMinor, count, roomId, null, "", "", null);
  }

  static PacketOrder toUser(long totalMinor, String userId) {
    return new PacketOrder(PacketKind.EXCLUSIVE, totalMinor, 1, null, userId, "", "", null);
  }

  PacketOrder withGreeting(String text) {
    return new PacketOrder(kind, totalMinor, count, roomId, userId, text, nonce, provider);
  }

  PacketOrder withNonce(String text) {
    return new PacketOrder(kind, totalMinor, count, roomId, userId, greeting, text, provider);
  }

  PacketOrder paidBy(String name) {
    return new PacketOrder(kind, totalMinor, count, roomId, userId, greeting, nonce, name);
  }

  JsonObject toJson() {
    JsonObject audience = new JsonObject();
    if (roomId != null) {
      audience.put("room_id", roomId);
    }
    if (userId != null) {
      audience.put("user_id", userId);
    }
    JsonObject json =
        new JsonObject()
            .put("kind", kind.wireName())
            .put("total", DemoClient.amount(totalMinor))
            .put("count", count)
            .put("audience", audience);
    if (!greeting.isEmpty()) {
      json.put("greeting", greeting);
    }
    if (!nonce.isEmpty()) {
      json.put("nonce", nonce);
    }
    if (provider != null) {
      json.put("pay_with", new JsonObject().put("provider", provider));
    }
    return json;
  }
}
