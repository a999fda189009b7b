// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The demo".
package io.hongbao.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is sent again and what is not, seen from a server that answers as it is told. */
class DemoHttpTest {

  /** Closes the connection instead of answering. */
  private static final String HANG_UP = "";

  private static final String BUSY =
      "503 {\"code\":\"overloaded\",\"detail\":\"Full.\",\"retry\":\"after\",\"retry_after_ms\":1}";

  private final Deque<String> answers = new ArrayDeque<>();
  private final List<String> seen = Collections.synchronizedList(new ArrayList<>());
  private HttpServer server;
  private DemoHttp http;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
    http = new DemoHttp(() -> URI.create("http://127.0.0.1:" + server.getAddress().getPort()));
  }

  @AfterEach
  void stop() {
    http.close();
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    seen.add(exchange.getRequestHeaders().getFirst("Idempotency-Key") + " " + body);
    String answer = answers.poll();
    if (answer == null || answer.equals(HANG_UP)) {
      exchange.close();
      return;
    }
    byte[] bytes = answer.substring(4).getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(Integer.parseInt(answer.substring(0, 3)), bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Test
  void aBusyServerIsAskedAgainWithTheSameRequest() throws Exception {
    answers.addAll(List.of(BUSY, BUSY, "201 {\"id\":\"7\"}"));

    Reply<JsonObject> reply = http.send(call());

    assertEquals("7", reply.get().getString("id"));
    assertEquals(List.of("k1 {\"a\":1}", "k1 {\"a\":1}", "k1 {\"a\":1}"), seen);
    assertEquals(3, http.requestCount());
  }

  @Test
  void aLostConnectionIsTriedAgainWithTheSameRequest() throws Exception {
    answers.addAll(List.of(HANG_UP, "201 {\"id\":\"7\"}"));

    assertEquals("7", http.send(call()).get().getString("id"));
    assertEquals(List.of("k1 {\"a\":1}", "k1 {\"a\":1}"), seen);
  }

  @Test
  void aLostConnectionIsToldAtOnceWhenTheCallerAsksForIt() {
    answers.add(HANG_UP);

    ServerLostException lost =
        assertThrows(ServerLostException.class, () -> http.send(call().once()));

    assertTrue(lost.getMessage().startsWith("no answer to POST /v1/things: "), lost::getMessage);
    assertEquals(1, seen.size());
  }

  @Test
  void aRefusalIsAValueAndNotAskedAgain() throws Exception {
    answers.add("410 {\"code\":\"empty\",\"detail\":\"Gone.\",\"retry\":\"never\"}");

    Reply<JsonObject> reply = http.send(call());

    assertFalse(reply.isOk());
    assertEquals("410 empty (Gone.)", reply.refusal());
    assertEquals(
        "POST /v1/things was answered 410 empty (Gone.)",
        assertThrows(UnexpectedAnswerException.class, reply::get).getMessage());
    assertEquals(1, seen.size());
  }

  @Test
  void aRefusalThatMayPassLaterIsLeftToTheCaller() throws Exception {
    answers.add("409 {\"code\":\"all_reserved\",\"retry\":\"after\",\"retry_after_ms\":2400}");

    Reply<JsonObject> reply = http.send(call());

    assertEquals("all_reserved", reply.code());
    assertEquals(2_400, reply.retryAfterMs());
    assertEquals(1, seen.size());
  }

  @Test
  void anAnswerThatIsNotAsTheContractHasItIsNamed() throws Exception {
    answers.addAll(List.of("200 <html>", "200 {\"count\":\"7\",\"amount\":{\"asset\":\"CNY\"}}"));

    String notJson =
        assertThrows(UnexpectedAnswerException.class, () -> http.send(call())).getMessage();
    assertTrue(notJson.contains("no JSON object"), notJson);

    Fields fields = new Fields(call(), http.send(call()).get());
    assertEquals(
        "the answer to POST /v1/things has 7 for \"count\", the contract says an integer",
        assertThrows(UnexpectedAnswerException.class, () -> fields.number("count")).getMessage());
    assertThrows(UnexpectedAnswerException.class, () -> fields.money("amount"));
    assertThrows(UnexpectedAnswerException.class, () -> fields.text("missing"));
    assertEquals(3, fields.numberOr("missing", 3));
  }

  private static Call call() {
    return Call.post("/v1/things").key("k1").json(new JsonObject().put("a", 1));
  }
}
