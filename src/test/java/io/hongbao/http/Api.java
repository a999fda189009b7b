// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The edge".
package io.hongbao.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Speaks HTTP to a server under test and holds every answer against the contract.
 *
 * <p><b>Thread:</b> any.
 */
public final class Api implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final int port;
  private final String operatorKey;
  private final ContractCheck contract = ContractCheck.load();
  private final Set<String> exercised = ConcurrentHashMap.newKeySet();
  private final AtomicLong keys = new AtomicLong();

  Api(int port, String operatorKey) {
    this.port = port;
    this.operatorKey = operatorKey;
  }

  int port() {
    return port;
  }

  public String operatorKey() {
    return operatorKey;
  }

  public ContractCheck contract() {
    return contract;
  }

  /** Ids of the operations that were called with success. */
  public Set<String> exercised() {
    return exercised;
  }

  /** An answer that fits the contract. */
  public record Reply(int status, Map<String, List<String>> headers, JsonObject body, String text) {

    public String code() {
      return body.getString("code", "");
    }

    public @Nullable String header(String name) {
      List<String> values = headers.get(name.toLowerCase(java.util.Locale.ROOT));
      return values == null ? null : values.getFirst();
    }

    public Reply expect(int expected) {
      assertEquals(expected, status, () -> String.valueOf(body));
      return this;
    }

    public Reply expect(int expected, String expectedCode) {
      expect(expected);
      assertEquals(expectedCode, code(), () -> String.valueOf(body));
      return this;
    }
  }

  /** A request to be, with the token of whoever asks. */
  public final class Call {

    private final HttpRequest.Builder request;
    private final String method;
    private final String path;

    private Call(String method, String path) {
      this.method = method;
      this.path = path;
      this.request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).timeout(PATIENCE);
    }

    public Call as(String token) {
      request.header("Authorization", "Bearer " + token);
      return this;
    }

    public Call header(String name, String value) {
      request.header(name, value);
      return this;
    }

    public Call key(String key) {
      return header("Idempotency-Key", key);
    }

    public Reply send() {
      return send(null);
    }

    public Reply send(@Nullable JsonObject body) {
      if (body == null) {
        return sendText(null);
      }
      request.header("Content-Type", "application/json");
      return sendText(body.encode());
    }

    /** Sends any text, under whatever content type was set before. */
    public Reply sendText(@Nullable String body) {
      request.method(
          method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
      try {
        return checked(http.send(request.build(), BodyHandlers.ofString()), body);
      } catch (IOException e) {
        throw new AssertionError(method + " " + path, e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError(e);
      }
    }

    private Reply checked(HttpResponse<String> response, @Nullable String sent) {
      var exchange =
          new ContractWatch.Exchange(
              method,
              path,
              response.request().headers().map(),
              sent,
              response.statusCode(),
              response.headers().map(),
              response.body());
      ContractWatch.check(exchange);
      ContractCheck.Operation operation = ContractWatch.operation(exchange);
      if (operation != null && response.statusCode() < 400) {
        exercised.add(operation.id());
      }
      String type = response.headers().firstValue("Content-Type").orElse("");
      JsonObject body =
          type.contains("json") && !response.body().isEmpty()
              ? new JsonObject(response.body())
              : new JsonObject();
      return new Reply(response.statusCode(), response.headers().map(), body, response.body());
    }
  }

  public Call get(String path) {
    return new Call("GET", path);
  }

  public Call post(String path) {
    return new Call("POST", path);
  }

  public Call call(String method, String path) {
    return new Call(method, path);
  }

  /** A key that nobody used before. */
  public String newKey() {
    return "key-" + keys.incrementAndGet();
  }

  // What most tests begin with.

  /** Users with money; their tokens in the order of their ids. */
  public List<String> users(long firstUserId, int count, long amountMinor) {
    JsonObject body =
        new JsonObject().put("count", count).put("first_user_id", Long.toString(firstUserId));
    if (amountMinor > 0) {
      body.put("fund", money(amountMinor));
    }
    Reply reply = post("/v1/sandbox/users").as(operatorKey).send(body).expect(201);
    List<String> tokens = new ArrayList<>();
    JsonArray list = reply.body().getJsonArray("tokens");
    for (int i = 0; i < list.size(); i++) {
      tokens.add(list.getJsonObject(i).getString("token"));
    }
    return tokens;
  }

  /** The secret of a new key. */
  public String keyOf(String role, String... scopes) {
    return post("/v1/operator/keys")
        .as(operatorKey)
        .send(
            new JsonObject()
                .put("name", role + " of a test")
                .put("role", role)
                .put("scopes", new JsonArray(List.of(scopes))))
        .expect(201)
        .body()
        .getString("secret");
  }

  public void publicRoom(long roomId) {
    post("/v1/operator/rooms")
        .as(operatorKey)
        .send(new JsonObject().put("room_id", Long.toString(roomId)).put("public", true));
  }

  public static JsonObject money(long amountMinor) {
    return new JsonObject().put("asset", "CNY").put("amount", amountMinor);
  }

  /** What a sender asks for; to a room. */
  public static JsonObject packet(String kind, long totalMinor, int count, long roomId) {
    return new JsonObject()
        .put("kind", kind)
        .put("total", money(totalMinor))
        .put("count", count)
        .put("audience", new JsonObject().put("room_id", Long.toString(roomId)));
  }

  /** Sends a packet; the answer to the sender. */
  public JsonObject send(String token, JsonObject packet) {
    return post("/v1/red-packets").as(token).key(newKey()).send(packet).expect(201).body();
  }

  public Reply open(String token, String packetId) {
    return post("/v1/red-packets/" + packetId + "/open").as(token).send();
  }

  public long balance(String token) {
    JsonArray balances =
        get("/v1/accounts/me").as(token).send().expect(200).body().getJsonArray("balances");
    return balances.isEmpty() ? 0 : balances.getJsonObject(0).getLong("balance");
  }

  public JsonObject trialBalance() {
    return get("/v1/operator/trial-balance").as(operatorKey).send().expect(200).body();
  }

  @Override
  public void close() {
    http.close();
  }
}
