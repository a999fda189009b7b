// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The page".
package io.hongbao.play;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Calls of the public API, one attempt each: who simulates people may fail like people.
 *
 * <p><b>Thread:</b> any; futures complete on an event loop.
 *
 * <p><b>Limit:</b> {@link #CONNECTIONS} connections, {@link #TIMEOUT_MS} a call.
 */
final class Api {

  static final int CONNECTIONS = 48;
  static final long TIMEOUT_MS = 10_000;
  private static final int WAITING_MAX = 2_000;

  private final HttpClient http;
  private final String host;
  private final int port;

  /** An answer. */
  record Answer(int status, JsonObject body) {

    boolean isGood() {
      return status < 300;
    }
  }

  /** A call that was never answered. */
  static final class FailedException extends Exception {
    private static final long serialVersionUID = 1;

    FailedException(Throwable cause) {
      super(cause);
    }
  }

  /** Waits for an answer; not on an event loop. */
  static Answer await(Future<Answer> call)
      throws FailedException, TimeoutException, InterruptedException {
    try {
      return call.toCompletionStage().toCompletableFuture().get(TIMEOUT_MS, TimeUnit.MILLISECONDS);
    } catch (ExecutionException failed) {
      throw new FailedException(failed);
    }
  }

  Api(Vertx vertx, URI server) {
    this.host = server.getHost();
    this.port = server.getPort();
    this.http =
        vertx.createHttpClient(
            new HttpClientOptions().setConnectTimeout((int) TIMEOUT_MS),
            new PoolOptions().setHttp1MaxSize(CONNECTIONS).setMaxWaitQueueSize(WAITING_MAX));
  }

  Future<Answer> get(String token, String path) {
    return call(HttpMethod.GET, token, path, null);
  }

  Future<Answer> post(String token, String path, JsonObject body) {
    return call(HttpMethod.POST, token, path, body);
  }

  Future<Answer> put(String token, String path, JsonObject body) {
    return call(HttpMethod.PUT, token, path, body);
  }

  private Future<Answer> call(
      HttpMethod method, String token, String path, @Nullable JsonObject body) {
    RequestOptions options =
        new RequestOptions()
            .setMethod(method)
            .setHost(host)
            .setPort(port)
            .setURI(path)
            .setTimeout(TIMEOUT_MS);
    return http.request(options)
        .compose(request -> send(request, token, body))
        .compose(
            response ->
                response
                    .body()
                    .map(
                        bytes ->
                            new Answer(
                                response.statusCode(),
                                bytes.length() == 0 ? new JsonObject() : bytes.toJsonObject())));
  }

  private static Future<io.vertx.core.http.HttpClientResponse> send(
      HttpClientRequest request, String token, @Nullable JsonObject body) {
    request.putHeader("Authorization", "Bearer " + token);
    request.putHeader("Hongbao-Cause", "play");
    if (body == null) {
      return request.send();
    }
    request.putHeader("Content-Type", "application/json");
    request.putHeader("Idempotency-Key", UUID.randomUUID().toString());
    return request.send(body.toBuffer());
  }
}
