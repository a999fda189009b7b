// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The demo".
package io.hongbao.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.hongbao.demo.FakeBooks.Refused;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * As much of the API as the play uses, in memory, so that the play can be tried without a server
 * and with faults that no server should have.
 */
final class FakeHongbao implements SandboxServer, AutoCloseable {

  private static final int THREADS = 32;

  final FakeBooks books = new FakeBooks();
  private JsonObject script = new JsonObject();
  private ExecutorService threads;
  private HttpServer http;

  FakeHongbao() throws IOException {
    restart();
  }

  @Override
  public void restart() throws IOException {
    threads = Executors.newFixedThreadPool(THREADS);
    http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1_000);
    http.setExecutor(threads);
    http.createContext("/", this::handle);
    http.start();
  }

  @Override
  public URI api() {
    return URI.create("http://127.0.0.1:" + http.getAddress().getPort());
  }

  @Override
  public String operatorKey() {
    return "operator";
  }

  @Override
  public void kill() {
    http.stop(0);
    threads.shutdownNow();
    synchronized (books) {
      books.killed();
    }
  }

  @Override
  public String stop() {
    http.stop(0);
    return "";
  }

  @Override
  public List<String> complaints() {
    return List.of();
  }

  @Override
  public void close() {
    http.stop(0);
    threads.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    JsonObject answer;
    int status = 200;
    synchronized (books) {
      try {
        answer = route(exchange, body.isEmpty() ? new JsonObject() : new JsonObject(body));
      } catch (Refused refused) {
        status = refused.status;
        answer =
            new JsonObject()
                .put("code", refused.getMessage())
                .put("detail", "No.")
                .put("retry", "never");
      }
    }
    if (answer.remove("replayed") != null) {
      exchange.getResponseHeaders().add("Idempotent-Replayed", "true");
    }
    byte[] bytes = answer.encode().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private JsonObject route(HttpExchange exchange, JsonObject body) throws Refused {
    List<String> path = List.of(exchange.getRequestURI().getPath().substring(1).split("/"));
    String token =
        String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"))
            .replace("Bearer ", "");
    return switch (path.get(1)) {
      case "operator" -> operator(path, body);
      case "sandbox" -> sandbox(path, body);
      case "providers" -> throw new Refused(401, "notice_forged");
      case "accounts" -> account(path, user(token));
      default -> packet(exchange, path, user(token), body);
    };
  }

  private String user(String token) throws Refused {
    String user = books.userByToken.get(token);
    if (user == null) {
      throw new Refused(401, "unauthenticated");
    }
    return user;
  }

  private JsonObject operator(List<String> path, JsonObject body) {
    return switch (path.get(2)) {
      case "tokens" ->
          new JsonObject()
              .put(
                  "tokens",
                  books.tokens(
                      Long.parseLong(body.getString("first_user_id")),
                      body.getInteger("count"),
                      0));
      case "rooms" ->
          new JsonObject().put("member_count", body.getJsonArray("add", new JsonArray()).size());
      case "accounts" -> books.account(path.get(3));
      default -> books.trialBalance();
    };
  }

  private JsonObject sandbox(List<String> path, JsonObject body) {
    switch (path.get(2)) {
      case "users" -> {
        return new JsonObject()
            .put(
                "tokens",
                books.tokens(
                    Long.parseLong(body.getString("first_user_id")),
                    body.getInteger("count"),
                    body.getJsonObject("fund").getLong("amount")));
      }
      case "clock" -> {
        return books.advance(body.getLong("by_ms"));
      }
      default -> {
        script = body;
        return body;
      }
    }
  }

  private JsonObject account(List<String> path, String user) {
    return path.size() == 3
        ? books.account(user)
        : new JsonObject().put("items", new JsonArray(books.entries.get(user)));
  }

  private JsonObject packet(HttpExchange exchange, List<String> path, String user, JsonObject body)
      throws Refused {
    if (path.size() == 2) {
      String key = exchange.getRequestHeaders().getFirst("Idempotency-Key");
      JsonObject answer = books.send(user, key, body);
      if (answer.getString("state").equals("unpaid") && !answer.containsKey("replayed")) {
        payLater(books.packets.get(answer.getString("id")));
      }
      return answer;
    }
    if (path.get(2).equals("sent")) {
      JsonArray items = new JsonArray();
      books.packets.values().stream()
          .filter(packet -> packet.senderId.equals(user))
          .forEach(packet -> items.add(packet.sentJson()));
      return new JsonObject().put("items", items);
    }
    return switch (path.size() == 3 ? "details" : path.get(3)) {
      case "open" -> books.open(user, path.get(2));
      case "grab" -> books.grab(user, path.get(2));
      case "proof" -> books.visible(user, path.get(2)).proofJson();
      default -> books.visible(user, path.get(2)).detailsJson();
    };
  }

  private void payLater(FakePacket packet) {
    long noticeMs =
        script.getJsonArray("notices").getJsonObject(1).getLong("after_ms")
            + script.getLong("pay_after_ms");
    CompletableFuture<Void> unused =
        CompletableFuture.runAsync(
            () -> {
              synchronized (books) {
                books.paid(packet);
              }
            },
            CompletableFuture.delayedExecutor(noticeMs, TimeUnit.MILLISECONDS));
  }
}
