// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The page".
package io.hongbao.play;

import io.hongbao.play.Api.Answer;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Simulated viewers: they talk, send red packets, and open those of others.
 *
 * <p>How often does not depend on how many there are, beyond some dozens: a room in which 500 talk
 * at once could be read by nobody. Opens come slowly enough for a guest to be among the first.
 *
 * <p><b>Thread:</b> one event loop's.
 *
 * <p><b>Failure:</b> what is refused or lost is forgotten, as people do; what was acknowledged is
 * noted in {@link Acknowledged}.
 */
final class Crowd {

  /** Mean distance of two texts of a full house, in milliseconds. */
  private static final long TALK_EVERY_MS = 110;

  private static final long SEND_EVERY_MS = 13_000;
  private static final long FIRST_SEND_MS = 2_500;
  private static final long OPEN_AFTER_MS = 2_200;
  private static final long OPEN_WITHIN_MS = 15_000;
  private static final int VIEWERS_OF_A_FULL_HOUSE = 300;
  private static final int THANKS_PERCENT = 22;
  private static final int COLOUR_PERCENT = 14;

  /** One of the crowd. */
  record Viewer(String userId, String token) {}

  private final Vertx vertx;
  private final Api api;
  private final String roomId;
  private final List<Viewer> viewers;
  private final Acknowledged acknowledged;
  private final SplittableRandom chance;
  private final long talkEveryMs;
  private boolean isPaused;

  Crowd(
      Vertx vertx,
      Api api,
      String roomId,
      List<Viewer> viewers,
      Acknowledged acknowledged,
      long seed) {
    this.vertx = vertx;
    this.api = api;
    this.roomId = roomId;
    this.viewers = viewers;
    this.acknowledged = acknowledged;
    this.chance = new SplittableRandom(seed);
    this.talkEveryMs =
        TALK_EVERY_MS
            * VIEWERS_OF_A_FULL_HOUSE
            / Math.clamp(viewers.size(), 1, VIEWERS_OF_A_FULL_HOUSE);
  }

  /** Begins to live; any thread. */
  void start() {
    if (!viewers.isEmpty()) {
      vertx.runOnContext(
          ignored -> {
            talkLater();
            vertx.setTimer(FIRST_SEND_MS, first -> send());
          });
    }
  }

  /** While the server is away nobody calls in vain; any thread. */
  void pause(boolean isAway) {
    vertx.runOnContext(ignored -> isPaused = isAway);
  }

  private Viewer anyone() {
    return viewers.get(chance.nextInt(viewers.size()));
  }

  // Like rain: many small distances, some long ones.
  private void talkLater() {
    double part = -Math.log(1 - chance.nextDouble());
    vertx.setTimer(
        Math.clamp(Math.round(part * talkEveryMs), 1, 20 * talkEveryMs),
        ignored -> {
          say(anyone(), Phrases.talk(chance));
          talkLater();
        });
  }

  private void say(Viewer viewer, String text) {
    if (isPaused) {
      return;
    }
    JsonObject body = new JsonObject().put("text", text);
    if (chance.nextInt(100) < COLOUR_PERCENT) {
      body.put("colour", Phrases.colour(chance));
    }
    forget(api.post(viewer.token(), "/v1/rooms/" + roomId + "/danmaku", body));
  }

  private static void forget(io.vertx.core.Future<Answer> call) {
    call.onFailure(ignored -> {});
  }

  private void send() {
    vertx.setTimer(SEND_EVERY_MS / 2 + chance.nextLong(SEND_EVERY_MS), ignored -> send());
    if (isPaused) {
      return;
    }
    Viewer sender = anyone();
    int count = 6 + chance.nextInt(20);
    boolean isEqual = chance.nextInt(5) == 0;
    long amountMinor = isEqual ? count * (10L + chance.nextInt(80)) : 500 + chance.nextLong(6_000);
    JsonObject body =
        new JsonObject()
            .put("kind", isEqual ? "equal" : "lucky")
            .put("total", new JsonObject().put("asset", "CNY").put("amount", amountMinor))
            .put("count", count)
            .put("audience", new JsonObject().put("room_id", roomId))
            .put("greeting", Phrases.greeting(chance));
    forget(
        api.post(sender.token(), "/v1/red-packets", body)
            .onSuccess(
                answer -> {
                  if (answer.isGood()) {
                    acknowledged.sent(answer.body().getString("id"), sender.token());
                  }
                }));
  }

  /** A packet came into the room, whoever sent it: some go for it. */
  void packetArrived(String packetId, int count) {
    int eager = Math.min(viewers.size(), count + count / 3 + 2);
    int first = viewers.isEmpty() ? 0 : chance.nextInt(viewers.size());
    for (int i = 0; i < eager; i++) {
      // A step that shares no factor with their number meets nobody twice.
      Viewer viewer = viewers.get((first + i) % viewers.size());
      // Slow at first, then more and more, as it goes with rumours.
      double part = Math.sqrt(chance.nextDouble());
      vertx.setTimer(
          OPEN_AFTER_MS + Math.round(part * OPEN_WITHIN_MS), ignored -> open(viewer, packetId));
    }
  }

  private void open(Viewer viewer, String packetId) {
    if (isPaused) {
      return;
    }
    forget(
        api.post(viewer.token(), "/v1/red-packets/" + packetId + "/open", new JsonObject())
            .onSuccess(answer -> opened(viewer, packetId, answer)));
  }

  private void opened(Viewer viewer, String packetId, Answer answer) {
    if (answer.isGood()) {
      JsonObject share = answer.body();
      acknowledged.opened(
          packetId,
          viewer.token(),
          share.getInteger("place"),
          new Acknowledged.Share(viewer.userId(), share.getJsonObject("amount").getLong("amount")));
    }
    if (chance.nextInt(100) < THANKS_PERCENT) {
      say(viewer, Phrases.thanks(chance));
    }
  }
}
