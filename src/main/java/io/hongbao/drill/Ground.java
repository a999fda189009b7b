// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Crash and soak".
package io.hongbao.drill;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What a drill begins with, and what it leaves: people with money, a room, a directory. */
final class Ground {

  private static final long FIRST_USER = 10_001;
  private static final int BULK_MAX = 1_000;
  private static final int HELD_DAYS = 300;

  private Ground() {}

  /** Seeds users of a sandbox with money, and a room in which everybody is. */
  static Notebook people(DrillServer server, int count, long fundMinor)
      throws IOException, DrillException {
    return people(server, count, fundMinor, Duration.ofDays(1));
  }

  /** The same with tokens that live so long. */
  static Notebook people(DrillServer server, int count, long fundMinor, Duration tokens)
      throws IOException, DrillException {
    Map<Long, String> byUser = new HashMap<>();
    try (Wire wire = new Wire(server::port)) {
      for (int from = 0; from < count; from += BULK_MAX) {
        JsonObject body =
            new JsonObject()
                .put("count", Math.min(BULK_MAX, count - from))
                .put("first_user_id", Long.toString(FIRST_USER + from))
                .put("fund", new JsonObject().put("asset", "CNY").put("amount", fundMinor));
        expectOk(wire.post("/v1/sandbox/users", server.operatorKey(), body));
        body.remove("fund");
        body.put("ttl_s", tokens.toSeconds());
        Answer answer = expectOk(wire.post("/v1/operator/tokens", server.operatorKey(), body));
        JsonArray list = answer.body().getJsonArray("tokens");
        for (int i = 0; i < list.size(); i++) {
          JsonObject one = list.getJsonObject(i);
          byUser.put(Long.parseLong(one.getString("user_id")), one.getString("token"));
        }
      }
      JsonObject room =
          new JsonObject().put("room_id", Long.toString(Callers.ROOM)).put("public", true);
      expectOk(wire.post("/v1/operator/rooms", server.operatorKey(), room));
      String now = expectOk(wire.get("/v1/time", "")).body().getString("now");
      String heldUntil = Instant.parse(now).plus(Duration.ofDays(HELD_DAYS)).toString();
      return new Notebook(byUser, fundMinor, heldUntil);
    }
  }

  private static Answer expectOk(Answer answer) throws DrillException {
    if (!answer.isOk()) {
      throw new DrillException("the drill cannot begin: " + answer);
    }
    return answer;
  }

  /** A new directory {@code data/NAME-NUMBER}. */
  static Path make(Path workingDirectory, String name) throws IOException {
    Path parent = Files.createDirectories(workingDirectory.resolve("data"));
    return Files.createTempDirectory(parent, name + "-");
  }

  /** Removes a directory that this drill has made. */
  static void remove(Path directory) throws IOException {
    List<Path> inside;
    try (Stream<Path> walk = Files.walk(directory)) {
      inside = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : inside) {
      Files.deleteIfExists(path);
    }
  }
}
