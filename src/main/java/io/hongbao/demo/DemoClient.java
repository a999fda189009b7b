// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The demo".
package io.hongbao.demo;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/**
 * The API as the play needs it: typed calls, without HTTP and JSON.
 *
 * <p><b>Thread:</b> any; blocks.
 *
 * <p><b>Failure:</b> a refusal is a value in the {@link Reply}; no answer is a {@link
 * ServerLostException}, and whether the call was carried out is then not known.
 */
final class DemoClient {

  /** Most ids in one bulk call, by the contract. */
  private static final int BULK_MAX = 1_000;

  /** Longer than the 24 hours that the play lets pass. */
  private static final long TOKEN_TTL_S = 7 * 24 * 3_600;

  private static final int PAGE_ITEMS = 50;

  private final DemoHttp http;
  private final String operatorKey;

  DemoClient(DemoHttp http, String operatorKey) {
    this.http = http;
    this.operatorKey = operatorKey;
  }

  List<User> seedUsers(long firstUserId, int count, long fundMinor) throws Exception {
    JsonObject body =
        new JsonObject()
            .put("count", count)
            .put("first_user_id", Long.toString(firstUserId))
            .put("fund", amount(fundMinor));
    return users(operator(Call.post("/v1/sandbox/users").json(body)));
  }

  /** New tokens, which outlive the day that the play leaps over. */
  List<User> mintTokens(long firstUserId, int count) throws Exception {
    List<User> users = new ArrayList<>(count);
    for (int from = 0; from < count; from += BULK_MAX) {
      JsonObject body =
          new JsonObject()
              .put("first_user_id", Long.toString(firstUserId + from))
              .put("count", Math.min(BULK_MAX, count - from))
              .put("ttl_s", TOKEN_TTL_S);
      users.addAll(users(operator(Call.post("/v1/operator/tokens").json(body))));
    }
    return users;
  }

  /** Makes a room and lets everybody in; returns how many it has. */
  long createRoom(String roomId, List<User> members) throws Exception {
    JsonObject body = new JsonObject().put("room_id", roomId).put("public", false);
    long memberCount = operator(Call.post("/v1/operator/rooms").json(body)).number("member_count");
    for (int from = 0; from < members.size(); from += BULK_MAX) {
      JsonArray ids = new JsonArray();
      members
          .subList(from, Math.min(members.size(), from + BULK_MAX))
          .forEach(member -> ids.add(member.id()));
      Call add =
          Call.post("/v1/operator/rooms/" + roomId + "/members")
              .json(new JsonObject().put("add", ids));
      memberCount = operator(add).number("member_count");
    }
    return memberCount;
  }

  Told.Balance balance(String userId) throws Exception {
    return Told.Balance.read(operator(Call.get("/v1/operator/accounts/" + userId)));
  }

  TrialBalance trialBalance() throws Exception {
    return TrialBalance.read(operator(Call.get("/v1/operator/trial-balance")));
  }

  /** Moves the sandbox's clock; returns where it stands now. */
  String advanceClock(long byMs) throws Exception {
    Call call =
        Call.post("/v1/sandbox/clock/advance").json(new JsonObject().put("by_ms", byMs)).once();
    return operator(call).text("now");
  }

  void scriptProvider(String provider, JsonObject script) throws Exception {
    operator(Call.put("/v1/sandbox/providers/" + provider + "/script").json(script));
  }

  Reply<Told.Sent> send(User sender, String key, PacketOrder order) throws Exception {
    return reply(sendCall(sender, key, order)).read(Told.Sent::read);
  }

  /** The same, but a lost connection is told at once. */
  Reply<Told.Sent> sendOnce(User sender, String key, PacketOrder order) throws Exception {
    return reply(sendCall(sender, key, order).once()).read(Told.Sent::read);
  }

  Reply<Told.Opened> open(User user, String packetId) throws Exception {
    return reply(openCall(user, packetId)).read(Told.Opened::read);
  }

  Reply<Told.Opened> openOnce(User user, String packetId) throws Exception {
    return reply(openCall(user, packetId).once()).read(Told.Opened::read);
  }

  /** Asks for a share without opening it; the value is the state that the grab led to. */
  Reply<String> grab(User user, String packetId) throws Exception {
    return reply(Call.post("/v1/red-packets/" + packetId + "/grab").as(user.token()))
        .read(fields -> fields.text("state"));
  }

  Reply<Told.Packet> packet(User viewer, String packetId) throws Exception {
    return reply(Call.get("/v1/red-packets/" + packetId).as(viewer.token()))
        .read(Told.Packet::read);
  }

  /** The proof of the draw as a document, as it would be saved to a file. */
  Reply<String> proof(User viewer, String packetId) throws Exception {
    return reply(Call.get("/v1/red-packets/" + packetId + "/proof").as(viewer.token()))
        .read(fields -> fields.json().encode());
  }

  Told.Balance balance(User user) throws Exception {
    return Told.Balance.read(reply(Call.get("/v1/accounts/me").as(user.token())).get());
  }

  /** The newest entries, not before the read model has come to the position. */
  List<Told.Entry> statement(User user, String minPosition) throws Exception {
    String path =
        "/v1/accounts/me/statement?asset=%s&limit=%d&min_position=%s"
            .formatted(Money.ASSET, PAGE_ITEMS, minPosition);
    return Told.Entry.readAll(reply(Call.get(path).as(user.token())).get());
  }

  List<Told.SentItem> sentPackets(User user) throws Exception {
    Call call = Call.get("/v1/red-packets/sent?limit=" + PAGE_ITEMS).as(user.token());
    return Told.SentItem.readAll(reply(call).get());
  }

  /** A payment notice with whatever signature; anybody can send one. */
  Reply<Fields> notice(String provider, String signature, JsonObject notice) throws Exception {
    return reply(
        Call.post("/v1/providers/" + provider + "/notices")
            .with("Hongbao-Notice-Signature", signature)
            .json(notice));
  }

  static JsonObject amount(long minor) {
    return new JsonObject().put("asset", Money.ASSET).put("amount", minor);
  }

  private static Call sendCall(User sender, String key, PacketOrder order) {
    return Call.post("/v1/red-packets").as(sender.token()).key(key).json(order.toJson());
  }

  private static Call openCall(User user, String packetId) {
    return Call.post("/v1/red-packets/" + packetId + "/open").as(user.token());
  }

  private Fields operator(Call call) throws Exception {
    return reply(call.as(operatorKey)).get();
  }

  private Reply<Fields> reply(Call call) throws Exception {
    return http.send(call).read(json -> new Fields(call, json));
  }

  private static List<User> users(Fields answer) throws UnexpectedAnswerException {
    List<User> users = new ArrayList<>();
    for (Fields token : answer.objects("tokens")) {
      users.add(new User(token.text("user_id"), token.text("token")));
    }
    return users;
  }
}
