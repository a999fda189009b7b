// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Clients".
package io.hongbao.client;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Calls a Hongbao server, and calls again where that helps.
 *
 * <pre>{@code
 * var user = HongbaoClient.at("http://127.0.0.1:8080").withToken(token);
 * Reply sent = user.post("/v1/red-packets", Map.of(
 *     "kind", "lucky", "total", Map.of("asset", "CNY", "amount", 1000), "count", 5,
 *     "audience", Map.of("room_id", "88001")));
 * Reply share = other.post("/v1/red-packets/" + sent.text("id") + "/open");
 * }</pre>
 *
 * <p>Each POST carries an Idempotency-Key (a UUIDv7, unless the caller has one), and every repeat
 * of it the same. Repeated is what was lost on the way, what the server calls unknown ({@code
 * same_key}) and what it asks to bring later ({@code after}: not before the time it says), with
 * growing pauses, until {@link #withPatience} is over. A refusal that would stay is told at once.
 *
 * <p><b>Thread:</b> any; immutable, the {@code with…} methods make another one.
 *
 * <p><b>Failure:</b> {@link HongbaoException} is the server's refusal; {@link IOException} means
 * that nothing was heard: whether a POST was carried out is then unknown, and only a call with the
 * same key finds out. Keep the key ({@link #newKey}) where that matters.
 */
public final class HongbaoClient {

  /** Long enough for a server to be started again. */
  private static final Duration PATIENCE_DEFAULT = Duration.ofSeconds(30);

  private static final Duration ATTEMPT_MAX = Duration.ofSeconds(35);
  private static final Duration CONNECT_MAX = Duration.ofSeconds(5);
  private static final long PAUSE_MS_MIN = 50;
  private static final long PAUSE_MS_MAX = 2_000;

  private final HttpClient http;
  private final URI server;
  private final AtomicLong clockOffsetMs;
  private final Map<String, String> headers;
  private final Duration patience;

  private HongbaoClient(
      HttpClient http,
      URI server,
      AtomicLong clockOffsetMs,
      Map<String, String> headers,
      Duration patience) {
    this.http = http;
    this.server = server;
    this.clockOffsetMs = clockOffsetMs;
    this.headers = headers;
    this.patience = patience;
  }

  /** A client without a token, for a server's base address. */
  public static HongbaoClient at(String url) {
    // Version 1.1 by name: the default would ask each new connection to change to version 2.
    HttpClient http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_MAX)
            .build();
    URI base = URI.create(url.endsWith("/") ? url.substring(0, url.length() - 1) : url);
    return new HongbaoClient(http, base, new AtomicLong(), Map.of(), PATIENCE_DEFAULT);
  }

  /** The same with a user's token or a key. */
  public HongbaoClient withToken(String token) {
    return withHeader("Authorization", "Bearer " + token);
  }

  /** The same, acting for a user with a backend's key. */
  public HongbaoClient actingFor(String userId) {
    return withHeader("Hongbao-User", userId);
  }

  /** The same with one more header. */
  public HongbaoClient withHeader(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new HongbaoClient(http, server, clockOffsetMs, more, patience);
  }

  /** The same with another time after which no further attempt begins; zero for a single one. */
  public HongbaoClient withPatience(Duration most) {
    return new HongbaoClient(http, server, clockOffsetMs, headers, most);
  }

  public Reply get(String path) throws IOException, HongbaoException, InterruptedException {
    return send("GET", path, null, null);
  }

  public Reply post(String path) throws IOException, HongbaoException, InterruptedException {
    return send("POST", path, null, null);
  }

  /** Posts a body under a key of its own. */
  public Reply post(String path, Object body)
      throws IOException, HongbaoException, InterruptedException {
    return send("POST", path, body, null);
  }

  /** Posts a body under the caller's key, such as one kept since an earlier start. */
  public Reply post(String path, Object body, String key)
      throws IOException, HongbaoException, InterruptedException {
    return send("POST", path, body, key);
  }

  /** Sends a request with any method. */
  public Reply send(String method, String path, @Nullable Object body, @Nullable String key)
      throws IOException, HongbaoException, InterruptedException {
    String ownKey = key == null && method.equals("POST") ? newKey() : key;
    String text = body == null ? null : Json.write(body);
    long startNanos = System.nanoTime();
    long pauseMs = PAUSE_MS_MIN;
    for (int attempt = 1; ; attempt++) {
      long waitMs = ThreadLocalRandom.current().nextLong(pauseMs / 2, pauseMs + 1);
      pauseMs = Math.min(2 * pauseMs, PAUSE_MS_MAX);
      try {
        return attempt(method, path, text, ownKey);
      } catch (HongbaoException refused) {
        if (attempt == 1 && key == null && isOfAnotherTime(refused)) {
          // Never carried out, says the server, and its clock is the one that counts.
          setClock();
          ownKey = newKey();
          continue;
        }
        waitMs = Math.max(waitMs, refused.retryAfterMs());
        if (!refused.isTemporary() && !refused.isUnknown() || isOver(startNanos, waitMs)) {
          throw refused;
        }
      } catch (IOException lost) {
        if (isOver(startNanos, waitMs)) {
          throw lost;
        }
      }
      Thread.sleep(waitMs);
    }
  }

  private Reply attempt(String method, String path, @Nullable String body, @Nullable String key)
      throws IOException, HongbaoException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(server + path)).timeout(ATTEMPT_MAX);
    headers.forEach(request::header);
    if (key != null) {
      request.header("Idempotency-Key", key);
    }
    if (body == null) {
      request.method(method, BodyPublishers.noBody());
    } else {
      request.header("Content-Type", "application/json");
      request.method(method, BodyPublishers.ofString(body));
    }
    HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
    Map<String, @Nullable Object> answer;
    try {
      answer = response.body().isEmpty() ? Map.of() : Json.readObject(response.body());
    } catch (IllegalArgumentException foreign) {
      // Something between us and the server spoke.
      throw new IOException("HTTP " + response.statusCode() + " without JSON", foreign);
    }
    if (response.statusCode() >= 300) {
      throw new HongbaoException(response.statusCode(), answer);
    }
    return new Reply(
        response.statusCode(),
        answer,
        response.headers().firstValue("Hongbao-Position").orElse(""),
        response.headers().firstValue("Idempotent-Replayed").isPresent());
  }

  private static boolean isOfAnotherTime(HongbaoException refused) {
    return refused.code().equals("key_too_old") || refused.code().equals("key_in_future");
  }

  private void setClock() throws IOException, HongbaoException, InterruptedException {
    String now = attempt("GET", "/v1/time", null, null).text("now");
    clockOffsetMs.set(java.time.Instant.parse(now).toEpochMilli() - System.currentTimeMillis());
  }

  private boolean isOver(long startNanos, long waitMs) {
    return System.nanoTime() - startNanos + waitMs * 1_000_000 > patience.toNanos();
  }

  /** Makes an idempotency key: a UUIDv7 of the server's time, as far as that is known. */
  public String newKey() {
    long timeMs = System.currentTimeMillis() + clockOffsetMs.get();
    UUID chance = UUID.randomUUID();
    long high = timeMs << 16 | 0x7000 | chance.getMostSignificantBits() & 0xfff;
    return new UUID(high, chance.getLeastSignificantBits()).toString();
  }
}
