// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Proof".
package io.hongbao.app;

import io.hongbao.http.ContractWatch;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Plain calls to a server that may be gone in the middle of one.
 *
 * <p><b>Thread:</b> any.
 */
final class HttpCalls implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final int port;
  private final String operatorKey;

  HttpCalls(int port, String operatorKey) {
    this.port = port;
    this.operatorKey = operatorKey;
  }

  static HttpCalls to(ServerProcess server) throws IOException {
    return new HttpCalls(server.port(), server.operatorKey());
  }

  /**
   * An answer that came in whole.
   *
   * @param replayed whether it says that it is the kept answer to an earlier request
   */
  record Reply(int status, JsonObject body, boolean replayed) {

    String code() {
      return body.getString("code", "");
    }

    Reply expect(int expected) {
      if (status != expected) {
        throw new AssertionError("expected " + expected + ", got " + this);
      }
      return this;
    }
  }

  /** Asks; an exception means that nobody knows what came of it. */
  Reply call(
      String method, String path, String token, @Nullable String key, @Nullable JsonObject body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .timeout(PATIENCE)
            .header("Authorization", "Bearer " + token)
            // Operators say why; nobody minds it of others.
            .header("Hongbao-Cause", "test");
    if (key != null) {
      request.header("Idempotency-Key", key);
    }
    if (body == null) {
      request.method(method, BodyPublishers.noBody());
    } else {
      request
          .header("Content-Type", "application/json")
          .method(method, BodyPublishers.ofString(body.encode()));
    }
    HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
    String text = response.body();
    ContractWatch.check(
        new ContractWatch.Exchange(
            method,
            path,
            response.request().headers().map(),
            body == null ? null : body.encode(),
            response.statusCode(),
            response.headers().map(),
            text));
    return new Reply(
        response.statusCode(),
        text.startsWith("{") ? new JsonObject(text) : new JsonObject(),
        response.headers().firstValue("Idempotent-Replayed").isPresent());
  }

  Reply get(String path, String token) throws IOException, InterruptedException {
    return call("GET", path, token, null, null);
  }

  Reply operatorGet(String path) throws IOException, InterruptedException {
    return get(path, operatorKey);
  }

  Reply operatorPost(String path, @Nullable String key, JsonObject body)
      throws IOException, InterruptedException {
    return call("POST", path, operatorKey, key, body);
  }

  /** Seeds consecutive users of a sandbox with money; tells their tokens. */
  Map<Long, String> seedUsers(long first, int count, long fundMinor) throws Exception {
    return tokens(
        operatorPost(
            "/v1/sandbox/users",
            null,
            new JsonObject()
                .put("count", count)
                .put("first_user_id", Long.toString(first))
                .put("fund", money(fundMinor))));
  }

  /** Mints tokens for consecutive users. */
  Map<Long, String> mintTokens(long first, int count) throws Exception {
    return tokens(
        operatorPost(
            "/v1/operator/tokens",
            null,
            new JsonObject().put("first_user_id", Long.toString(first)).put("count", count)));
  }

  private static Map<Long, String> tokens(Reply reply) {
    JsonArray tokens = reply.expect(201).body().getJsonArray("tokens");
    Map<Long, String> byUser = new HashMap<>();
    for (int i = 0; i < tokens.size(); i++) {
      JsonObject one = tokens.getJsonObject(i);
      byUser.put(Long.parseLong(one.getString("user_id")), one.getString("token"));
    }
    return byUser;
  }

  /** Makes a room in which everybody is. */
  void makePublicRoom(long roomId) throws Exception {
    Reply reply =
        operatorPost(
            "/v1/operator/rooms",
            null,
            new JsonObject().put("room_id", Long.toString(roomId)).put("public", true));
    if (reply.status() != 200) {
      reply.expect(201);
    }
  }

  static JsonObject money(long amountMinor) {
    return new JsonObject().put("asset", "CNY").put("amount", amountMinor);
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
