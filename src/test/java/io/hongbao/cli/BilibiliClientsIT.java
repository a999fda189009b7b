// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The gateway".
package io.hongbao.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hongbao.http.Api;
import io.hongbao.http.TestServer;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Real clients of Bilibili's live rooms, from npm, see this server's rooms by changing the address.
 */
class BilibiliClientsIT {

  private static final Path SOURCES = Path.of("src/test/client/bilibili").toAbsolutePath();
  private static final Path INSTALLED = Path.of("target/bilibili").toAbsolutePath();
  private static final long ROOM = 66_001;

  @TempDir Path directory;

  @Test
  void clientsFromNpmSeeDanmakuGiftsAndRedPackets() throws Exception {
    Tool node = Tool.named("node");
    install();
    try (TestServer server = TestServer.sandbox(directory)) {
      Api api = server.api();
      String token = api.users(66_101, 1, 100_000).get(0);
      api.publicRoom(ROOM);
      JsonObject gift =
          new JsonObject()
              .put("user_id", "66101")
              .put("gift_id", "rocket")
              .put("name", "火箭")
              .put("count", 3)
              .put("value", 300);

      Tool.Outcome outcome =
          node.run(
              INSTALLED,
              Map.of(
                  "PORT", Integer.toString(server.port()),
                  "ROOM", Long.toString(ROOM),
                  "TOKEN", token,
                  "OPERATOR_KEY", api.operatorKey(),
                  "GIFT", gift.encode()),
              List.of("bilibili.mjs"));

      assertEquals(0, outcome.exitCode(), outcome.output());
      assertEquals(8, outcome.output().lines().count(), outcome.output());
    }
  }

  // Once for all runs; where there is no registry the test is skipped and says so.
  private static void install() throws Exception {
    Files.createDirectories(INSTALLED);
    for (String file : List.of("package.json", "bilibili.mjs")) {
      Files.copy(
          SOURCES.resolve(file), INSTALLED.resolve(file), StandardCopyOption.REPLACE_EXISTING);
    }
    if (!Files.exists(INSTALLED.resolve("node_modules/tiny-bilibili-ws"))) {
      Tool.Outcome npm =
          Tool.named("npm")
              .run(
                  INSTALLED,
                  Map.of(),
                  List.of("install", "--no-audit", "--no-fund", "--no-package-lock"));
      boolean isThere = npm.exitCode() == 0;
      if (System.getenv("CI") != null) {
        assertEquals(0, npm.exitCode(), npm.output());
      }
      Assumptions.assumeTrue(isThere, "npm could not fetch Bilibili's clients; not tested");
    }
  }
}
