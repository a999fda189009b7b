// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Observing".
package io.hongbao.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hongbao.config.Settings;
import io.hongbao.tidy.Monitoring;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What the management port shows of a server that probes itself ten times a second. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ManagementIT {

  /** Appears with the first collection, which may not have come yet. */
  private static final Set<String> LATER = Set.of("jvm_gc_pause_seconds_sum");

  private final HttpClient http = HttpClient.newHttpClient();
  private TestServer server;

  @BeforeAll
  void start(@TempDir Path directory) throws Exception {
    server =
        TestServer.start(
            directory,
            Map.of(
                Settings.DATA_SANDBOX, "true",
                Settings.PROBER_EVERY, "100ms",
                Settings.PROBER_WRITE_EVERY, "100ms"));
  }

  @AfterAll
  void stop() throws Exception {
    http.close();
    server.close();
  }

  private HttpResponse<String> get(String path) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + server.managementPort() + path);
    return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
  }

  @Test
  void theWallClockIsAcceptedByAWord() throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + server.managementPort() + "/clock/accept");

    HttpResponse<String> accepted =
        http.send(
            HttpRequest.newBuilder(uri).POST(HttpRequest.BodyPublishers.noBody()).build(),
            BodyHandlers.ofString());

    assertEquals(200, accepted.statusCode());
    assertEquals("followed", new JsonObject(accepted.body()).getString("status"));
    assertTrue(Math.abs(new JsonObject(accepted.body()).getLong("offset_ms")) < 5_000);
    assertEquals(0, metric("hongbao_clock_stepped"));
    assertEquals(404, get("/clock/accept").statusCode());
  }

  private double metric(String name) throws Exception {
    return get("/metrics")
        .body()
        .lines()
        .filter(
            line ->
                line.startsWith(name + " ")
                    || line.startsWith(name.contains("{") ? name : name + "{"))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  @Test
  void everySeriesThatRulesAndDashboardsNameIsMeasured() throws Exception {
    Set<String> shown =
        get("/metrics")
            .body()
            .lines()
            .filter(line -> !line.startsWith("#"))
            .map(line -> line.split("[{ ]", 2)[0])
            .collect(Collectors.toSet());

    Set<String> missing = new TreeSet<>(Monitoring.measuredNames());
    missing.removeAll(shown);
    missing.removeAll(LATER);

    assertTrue(shown.size() > 50, shown.toString());
    assertEquals(Set.of(), missing, "named in docker/, not measured");
  }

  @Test
  void theProberCountsEveryPartitionAndWritesInTurn() throws Exception {
    double writes = 0;
    for (int i = 0; i < 200 && writes < 3; i++) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
      writes = metric("hongbao_probe_seconds_count{kind=\"write\"");
    }

    assertTrue(writes >= 3, "writes " + writes);
    double total = metric("hongbao_probes_total");
    double good = metric("hongbao_probes_good_total");
    assertTrue(total >= 2 * TestServer.PARTITIONS, "total " + total);
    assertTrue(good > 0 && good <= total + TestServer.PARTITIONS, good + " of " + total);
  }

  @Test
  void healthShowsTheProber() throws Exception {
    HttpResponse<String> health = get("/health");

    assertEquals(200, health.statusCode());
    JsonObject prober =
        new JsonObject(health.body()).getJsonObject("parts").getJsonObject("prober");
    assertTrue(Set.of("answering", "failing").contains(prober.getString("state")), health.body());
  }
}
