// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Crash and soak".
package io.hongbao.drill;

import java.util.List;

/**
 * One thing that somebody asks of the server, so that it can be asked again exactly as it was.
 *
 * <p>Amounts are in minor units of the drill's one asset.
 */
sealed interface Ask {

  /** Who asks, or for whom an operator does. */
  long userId();

  /** Tells this ask from all others: the idempotency key, or what stands for one. */
  String key();

  String path();

  /** The JSON that is sent; empty for none. */
  String body();

  /** The same with another amount, which must be refused under the same key; empty for none. */
  default String alteredBody() {
    return "";
  }

  /** Whether it is the operator's to ask. */
  default boolean isOperators() {
    return true;
  }

  /** Whether the key goes along as a header. */
  default boolean hasKey() {
    return true;
  }

  /** A part of a transfer. */
  record Leg(long toId, long amountMinor) {}

  /** Money from outside. */
  record TopUp(long userId, String key, long amountMinor) implements Ask {

    @Override
    public String path() {
      return "/v1/operator/top-ups";
    }

    @Override
    public String body() {
      return body(amountMinor);
    }

    @Override
    public String alteredBody() {
      return body(amountMinor + 1);
    }

    private String body(long minor) {
      return "{\"user_id\":\"" + userId + "\",\"amount\":" + money(minor) + "}";
    }
  }

  /** A red packet to everybody in the room. */
  record Send(long userId, String key, String kind, long totalMinor, int count) implements Ask {

    @Override
    public boolean isOperators() {
      return false;
    }

    @Override
    public String path() {
      return "/v1/red-packets";
    }

    @Override
    public String body() {
      return body(totalMinor);
    }

    @Override
    public String alteredBody() {
      return body(totalMinor + count);
    }

    private String body(long minor) {
      return "{\"kind\":\"%s\",\"total\":%s,\"count\":%d,\"audience\":{\"room_id\":\"%d\"}}"
          .formatted(kind, money(minor), count, Callers.ROOM);
    }
  }

  /** A share of a packet; user and packet are the key. */
  record Open(long userId, String packetId) implements Ask {

    @Override
    public String key() {
      return "open " + packetId + " " + userId;
    }

    @Override
    public boolean hasKey() {
      return false;
    }

    @Override
    public boolean isOperators() {
      return false;
    }

    @Override
    public String path() {
      return "/v1/red-packets/" + packetId + "/open";
    }

    @Override
    public String body() {
      return "";
    }
  }

  /** Money from one user to others. */
  record Move(long userId, String key, List<Leg> legs) implements Ask {

    public Move {
      legs = List.copyOf(legs);
    }

    @Override
    public String path() {
      return "/v1/transfers";
    }

    @Override
    public String body() {
      return body(0);
    }

    @Override
    public String alteredBody() {
      return body(1);
    }

    private String body(long moreMinor) {
      StringBuilder json = new StringBuilder("{\"legs\":[");
      for (Leg leg : legs) {
        json.append(json.length() > 9 ? "," : "")
            .append("{\"from\":\"%d\",\"to\":\"%d\",\"amount\":".formatted(userId, leg.toId()))
            .append(money(leg.amountMinor() + moreMinor))
            .append('}');
      }
      return json.append("]}").toString();
    }
  }

  /** A leg of an earlier transfer is taken back; the user is the one who had received it. */
  record Undo(long userId, String key, String transferId, int leg, long backToId, long amountMinor)
      implements Ask {

    @Override
    public String path() {
      return "/v1/transfers/" + transferId + "/reversal";
    }

    @Override
    public String body() {
      return "{\"legs\":[" + leg + "]}";
    }
  }

  /** Part of a balance is set aside. */
  record Hold(long userId, String key, long amountMinor, String expiresAt) implements Ask {

    @Override
    public String path() {
      return "/v1/holds";
    }

    @Override
    public String body() {
      return body(amountMinor);
    }

    @Override
    public String alteredBody() {
      return body(amountMinor + 1);
    }

    private String body(long minor) {
      return "{\"owner_id\":\"%d\",\"amount\":%s,\"kind\":\"external\",\"expires_at\":\"%s\"}"
          .formatted(userId, money(minor), expiresAt);
    }
  }

  /** Held money goes to another user. */
  record Draw(long userId, String key, String holdId, long toId, long amountMinor) implements Ask {

    @Override
    public String path() {
      return "/v1/holds/" + holdId + "/post";
    }

    @Override
    public String body() {
      return "{\"amount\":%d,\"to\":\"%d\"}".formatted(amountMinor, toId);
    }

    @Override
    public String alteredBody() {
      return "{\"amount\":%d,\"to\":\"%d\"}".formatted(amountMinor + 1, toId);
    }
  }

  /** What is still held is given back. */
  record Free(long userId, String key, String holdId) implements Ask {

    @Override
    public String path() {
      return "/v1/holds/" + holdId + "/release";
    }

    @Override
    public String body() {
      return "{\"receipt\":\"drill\"}";
    }
  }

  private static String money(long minor) {
    return "{\"asset\":\"CNY\",\"amount\":" + minor + "}";
  }
}
