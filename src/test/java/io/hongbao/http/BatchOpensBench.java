// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Proof".
package io.hongbao.http;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Compares opens in batches with the same opens one by one: no test, run by hand.
 *
 * <p>One server, one client in the same process, 64 single calls under way at a time; each way
 * opens equally many shares of packets of 500. Prints opens a second and their ratio.
 */
final class BatchOpensBench {

  private static final long ROOM = 88_001;
  private static final long FIRST_USER = 20_001;
  private static final int USERS = 500;
  private static final int PACKETS = 20;
  private static final int UNDER_WAY = 64;

  private final TestServer server;
  private final Api api;
  private final List<String> tokens;
  private final String gateway;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private BatchOpensBench(TestServer server) {
    this.server = server;
    this.api = server.api();
    this.tokens = api.users(FIRST_USER, USERS, 1_000_000);
    api.publicRoom(ROOM);
    this.gateway = api.keyOf("gateway", "packets:open");
  }

  /** Runs it; the first round of each way warms up. */
  public static void main(String[] args) throws Exception {
    Path directory = Files.createTempDirectory("batch-opens");
    try (TestServer server = TestServer.sandbox(directory)) {
      var bench = new BatchOpensBench(server);
      for (int round = 0; round < 4; round++) {
        double single = bench.singles();
        double batched = bench.batches(1_000);
        double small = bench.batches(100);
        System.out.printf(
            "singles %,.0f/s, batches of 1000 %,.0f/s (%.1f times), of 100 %,.0f/s (%.1f times)%n",
            single, batched, batched / single, small, small / single);
      }
    }
  }

  private List<String> packets() {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < PACKETS; i++) {
      ids.add(api.send(tokens.get(i), Api.packet("lucky", 10_000, USERS, ROOM)).getString("id"));
    }
    return ids;
  }

  private double singles() {
    List<String> ids = packets();
    long startNanos = System.nanoTime();
    List<CompletableFuture<Void>> ways = new ArrayList<>();
    for (int way = 0; way < UNDER_WAY; way++) {
      ways.add(one(ids, way));
    }
    ways.forEach(CompletableFuture::join);
    return perSecond(startNanos);
  }

  private CompletableFuture<Void> one(List<String> ids, int index) {
    if (index >= USERS * PACKETS) {
      return CompletableFuture.completedFuture(null);
    }
    HttpRequest request =
        HttpRequest.newBuilder(uri("/v1/red-packets/" + ids.get(index / USERS) + "/open"))
            .header("Authorization", "Bearer " + tokens.get(index % USERS))
            .POST(BodyPublishers.noBody())
            .build();
    return http.sendAsync(request, BodyHandlers.ofByteArray())
        .thenCompose(
            answer -> {
              check(answer);
              return one(ids, index + UNDER_WAY);
            });
  }

  private double batches(int size) throws Exception {
    List<String> ids = packets();
    List<HttpRequest> requests = new ArrayList<>();
    for (int from = 0; from < USERS * PACKETS; from += size) {
      JsonArray items = new JsonArray();
      for (int i = from; i < from + size; i++) {
        items.add(
            new JsonObject()
                .put("packet_id", ids.get(i / USERS))
                .put("user_id", Long.toString(FIRST_USER + i % USERS)));
      }
      requests.add(
          HttpRequest.newBuilder(uri("/v1/red-packets/opens"))
              .header("Authorization", "Bearer " + gateway)
              .header("Content-Type", "application/json")
              .POST(BodyPublishers.ofString(new JsonObject().put("items", items).encode()))
              .build());
    }
    long startNanos = System.nanoTime();
    for (HttpRequest request : requests) {
      check(http.send(request, BodyHandlers.ofByteArray()));
    }
    return perSecond(startNanos);
  }

  private static void check(HttpResponse<byte[]> answer) {
    if (answer.statusCode() != 200) {
      throw new IllegalStateException(
          new String(answer.body(), java.nio.charset.StandardCharsets.UTF_8));
    }
  }

  private static double perSecond(long startNanos) {
    return USERS * PACKETS * 1e9 / (System.nanoTime() - startNanos);
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + server.port() + path);
  }
}
