// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Load tests".
package io.hongbao.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hongbao.http.TestServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Runs every script of scripts/k6, unchanged, against a server that {@code seed} has filled; on
 * Node, with stand-ins for k6' modules (src/test/k6), since not every machine has k6.
 */
class K6ScriptsIT {

  private static final Path PROJECT = Path.of("").toAbsolutePath();

  @TempDir static Path directory;

  private static Tool node;
  private static TestServer server;

  @BeforeAll
  static void start() throws Exception {
    node = Tool.named("node");
    // No sandbox: the scripts run on what "hongbao start" makes.
    server = TestServer.start(directory, Map.of());
    CliRun.Result seeded =
        new CliRun(directory, FakeServer::start)
            .run(
                "seed",
                "--users=120",
                "--logins=2",
                "--tokens=tokens.json",
                "--url=http://127.0.0.1:" + server.port(),
                "--key-file=data/operator.key");
    assertEquals(0, seeded.code(), seeded.err());
  }

  @AfterAll
  static void stop() throws Exception {
    if (server != null) {
      server.close();
    }
  }

  /** So many iterations that each of a script's branches has its turn. */
  @ParameterizedTest
  @CsvSource({
    "send, 21, packets_sent",
    "open, 4, shares_opened",
    "mixed, 100, list_duration",
    "login, 3, logins_done",
    "rooms, 6, say_to_read"
  })
  void runsAndKeepsItsThresholds(String script, int iterations, String measured) throws Exception {
    Tool.Outcome outcome =
        node.run(
            directory,
            Map.of(),
            List.of(
                PROJECT.resolve("src/test/k6/run.mjs").toString(),
                PROJECT.resolve("scripts/k6/" + script + ".js").toString(),
                Integer.toString(iterations),
                "TOKENS=" + directory.resolve("tokens.json"),
                // Of rooms: every other reader says something, three times.
                "STAY_S=2",
                "SAYING=2",
                "SAY_EVERY_MS=500",
                // A build machine is slow; how fast the server is, is not asked here.
                "P99_MS=60000"));

    assertEquals(0, outcome.exitCode(), outcome.output());
    assertTrue(outcome.output().contains(measured + ": "), outcome.output());
  }
}
