// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The page".
package io.hongbao.play;

import io.hongbao.play.Api.Answer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.TimeoutException;

/**
 * Asks a server that was killed for everything that it had acknowledged, item by item, and adds up
 * its books.
 *
 * <p><b>Thread:</b> the supervisor's; blocks.
 */
final class Audit {

  private static final int TRIES = 3;
  private static final int PAGE = 500;

  private final Api api;
  private final String operatorKey;

  /**
   * What was found.
   *
   * @param acknowledged packets and shares that the crowd had been told of
   * @param found those of them that are there, to the last unit
   * @param ledgerSum of all books; zero, or money was made or lost
   */
  record Result(int acknowledged, int found, long ledgerSum, boolean isBalanced) {}

  Audit(Api api, String operatorKey) {
    this.api = api;
    this.operatorKey = operatorKey;
  }

  Result run(List<Acknowledged.Packet> packets) throws InterruptedException {
    int acknowledged = 0;
    int found = 0;
    for (Acknowledged.Packet packet : packets) {
      acknowledged += 1 + packet.shares().size();
      found += found(packet);
    }
    JsonObject books = ask(operatorKey, "/v1/operator/trial-balance");
    long sum = 0;
    for (Object asset : books.getJsonArray("totals", new JsonArray())) {
      sum += Math.abs(((JsonObject) asset).getLong("sum"));
    }
    return new Result(acknowledged, found, sum, books.getBoolean("balanced", false));
  }

  private int found(Acknowledged.Packet packet) throws InterruptedException {
    JsonObject shown = ask(packet.viewer(), "/v1/red-packets/" + packet.id());
    if (shown.isEmpty()) {
      return 0;
    }
    int found = 1;
    JsonArray shares = shown.getJsonArray("shares");
    if (shown.getBoolean("more_shares")) {
      shares.addAll(
          ask(packet.viewer(), "/v1/red-packets/" + packet.id() + "?after_place=" + PAGE)
              .getJsonArray("shares", new JsonArray()));
    }
    for (Object one : shares) {
      JsonObject share = (JsonObject) one;
      Acknowledged.Share told = packet.shares().get(share.getInteger("place"));
      boolean isTheSame =
          told != null
              && told.userId().equals(share.getString("user_id"))
              && told.amountMinor() == share.getJsonObject("amount").getLong("amount");
      found += isTheSame ? 1 : 0;
    }
    return found;
  }

  // Empty when there is no such thing, or nothing is to be heard of it.
  private JsonObject ask(String token, String path) throws InterruptedException {
    for (int attempt = 1; attempt <= TRIES; attempt++) {
      try {
        Answer answer = Api.await(api.get(token, path));
        if (answer.isGood()) {
          return answer.body();
        }
      } catch (Api.FailedException | TimeoutException again) {
        // A server that has just begun may be slow once.
      }
    }
    return new JsonObject();
  }
}
