// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The demo".
package io.hongbao.demo;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests over kept-alive connections and repeats those that a repeat can help.
 *
 * <p>A repeat is the same request byte for byte, idempotency key included: after "busy, come again"
 * (503 and 429), and after a lost connection, when nobody knows whether it was carried out.
 *
 * <p><b>Thread:</b> any; blocks the caller's, so a crowd calls from virtual threads.
 *
 * <p><b>Limit:</b> {@link #ATTEMPT_MAX} for one attempt; a new attempt begins at most {@link
 * #REPEAT_FOR_MS} after the first.
 */
final class DemoHttp implements AutoCloseable {

  static final Duration ATTEMPT_MAX = Duration.ofSeconds(10);
  static final long REPEAT_FOR_MS = 15_000;

  private static final Duration CONNECT_MAX = Duration.ofSeconds(5);
  private static final long PAUSE_MS_MIN = 20;
  private static final long PAUSE_MS_MAX = 500;
  private static final int STATUS_BUSY = 503;
  private static final int STATUS_TOO_MANY = 429;
  private static final int STATUS_OK_MAX = 299;

  private final Supplier<URI> server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpClient http;
  private final AtomicLong requests = new AtomicLong();

  /**
   * @param server where the server is now; asked for each attempt, since a restart moves it
   */
  DemoHttp(Supplier<URI> server) {
    this.server = server;
    // Version 1.1 by name: the default would ask each new connection to change to version 2.
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_MAX)
            .executor(threads)
            .build();
  }

  /** Sends a call until there is an answer that a repeat would not better. */
  Reply<JsonObject> send(Call call)
      throws ServerLostException, UnexpectedAnswerException, InterruptedException {
    long firstNanos = System.nanoTime();
    long pauseMs = PAUSE_MS_MIN;
    while (true) {
      try {
        Reply<JsonObject> reply = attempt(call);
        boolean isBusy = reply.status() == STATUS_BUSY || reply.status() == STATUS_TOO_MANY;
        if (!isBusy || reply.retryAfterMs() < 0 || isOver(firstNanos)) {
          return reply;
        }
        Thread.sleep(Math.clamp(reply.retryAfterMs(), pauseMs, PAUSE_MS_MAX));
      } catch (IOException lost) {
        if (!call.repeats() || isOver(firstNanos)) {
          throw new ServerLostException(call, lost);
        }
        Thread.sleep(pauseMs);
      }
      pauseMs = Math.min(2 * pauseMs, PAUSE_MS_MAX);
    }
  }

  /** Attempts so far. */
  long requestCount() {
    return requests.get();
  }

  private Reply<JsonObject> attempt(Call call)
      throws IOException, UnexpectedAnswerException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.get().resolve(call.path())).timeout(ATTEMPT_MAX);
    call.headers().forEach(request::header);
    String body = call.body();
    if (body == null) {
      request.method(call.method(), BodyPublishers.noBody());
    } else {
      request
          .header("Content-Type", "application/json")
          .method(call.method(), BodyPublishers.ofString(body));
    }
    requests.incrementAndGet();
    return reply(call, http.send(request.build(), BodyHandlers.ofString()));
  }

  private static Reply<JsonObject> reply(Call call, HttpResponse<String> response)
      throws UnexpectedAnswerException {
    int status = response.statusCode();
    boolean replayed = response.headers().firstValue("Idempotent-Replayed").isPresent();
    @Nullable JsonObject json = parsed(response.body());
    if (json == null) {
      throw new UnexpectedAnswerException(
          call + " was answered " + status + " with something that is no JSON object");
    }
    if (status <= STATUS_OK_MAX) {
      return new Reply<>(call, status, json, "", "", -1, replayed);
    }
    Fields problem = new Fields(call, json);
    return new Reply<>(
        call,
        status,
        null,
        problem.text("code"),
        problem.textOr("detail", ""),
        problem.textOr("retry", "").equals("after") ? problem.numberOr("retry_after_ms", 0) : -1,
        replayed);
  }

  private static @Nullable JsonObject parsed(String body) {
    try {
      return new JsonObject(body);
    } catch (DecodeException notJson) {
      return null;
    }
  }

  private static boolean isOver(long firstNanos) {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - firstNanos) > REPEAT_FOR_MS;
  }

  @Override
  public void close() {
    // Not close(): it would wait for the answers of a server that may have been killed.
    http.shutdownNow();
    threads.shutdownNow();
  }
}
