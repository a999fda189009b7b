// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Webhooks".
package io.hongbao.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A program on this machine to which events are sent; answers as it is told. */
public final class HookReceiver implements AutoCloseable {

  /** How it behaves. */
  public enum Mood {
    ACCEPT,
    FAIL,
    STALL,
    REDIRECT
  }

  /** One request that came in. */
  public record Got(JsonObject event, byte[] body, String signature, String eventId, int attempt) {}

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Got> accepted = new ArrayList<>();
  private final List<Got> all = new ArrayList<>();
  private final CountDownLatch closing = new CountDownLatch(1);
  private volatile Mood mood = Mood.ACCEPT;

  public HookReceiver() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/hook", this::take);
    server.start();
  }

  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/hook";
  }

  public void mood(Mood next) {
    mood = next;
  }

  private void take(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    Got got =
        new Got(
            new JsonObject(new String(body, StandardCharsets.UTF_8)),
            body,
            exchange.getRequestHeaders().getFirst("Hongbao-Signature"),
            exchange.getRequestHeaders().getFirst("Hongbao-Event-Id"),
            Integer.parseInt(exchange.getRequestHeaders().getFirst("Hongbao-Attempt")));
    Mood now = mood;
    synchronized (this) {
      all.add(got);
      if (now == Mood.ACCEPT) {
        accepted.add(got);
      }
    }
    switch (now) {
      case ACCEPT -> exchange.sendResponseHeaders(204, -1);
      case FAIL -> exchange.sendResponseHeaders(500, -1);
      case REDIRECT -> {
        exchange.getResponseHeaders().set("Location", url());
        exchange.sendResponseHeaders(307, -1);
      }
      case STALL -> stall();
    }
    exchange.close();
  }

  private void stall() {
    try {
      boolean unused = closing.await(20, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  public synchronized List<Got> accepted() {
    return List.copyOf(accepted);
  }

  synchronized List<Got> all() {
    return List.copyOf(all);
  }

  /** Whether one of the signatures was made with the secret. */
  static boolean isSignedWith(String secret, Got got) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    byte[] key = java.util.Base64.getUrlDecoder().decode(secret.substring("whsec_".length()));
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    String time = got.signature().replaceAll("^t=(\\d+),.*", "$1");
    mac.update((time + ".").getBytes(StandardCharsets.US_ASCII));
    String hex = HexFormat.of().formatHex(mac.doFinal(got.body()));
    return List.of(got.signature().split(",")).contains("v1=" + hex);
  }

  @Override
  public void close() {
    closing.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
