// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Seeding".
package io.hongbao.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hongbao.http.TestServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Seeds a server that is no sandbox, so that the money comes by top-ups. */
class SeedIT {

  @TempDir static Path directory;

  private static TestServer server;

  @BeforeAll
  static void start() throws Exception {
    server = TestServer.start(directory, Map.of());
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  private static CliRun.Result seed(String tokens, String keyFile, String first) {
    return new CliRun(directory, FakeServer::start)
        .run(
            "seed",
            "--users=30",
            "--first=" + first,
            "--amount=5000",
            "--logins=2",
            "--tokens=" + tokens,
            "--url=http://127.0.0.1:" + server.port(),
            "--key-file=" + keyFile);
  }

  private static JsonArray users(String tokens) throws IOException {
    return new JsonObject(Files.readString(directory.resolve(tokens))).getJsonArray("users");
  }

  private static String token(JsonArray users, int index) {
    return users.getJsonObject(index).getString("token");
  }

  @Test
  void everyUserHasATokenAndMoneyAndTheyShareARoom() throws Exception {
    CliRun.Result result = seed("tokens.json", "data/operator.key", "70001");

    assertEquals(0, result.code(), result.err());
    assertTrue(result.out().startsWith("seeded 30 users from 70001 with 5000 CNY each"));
    assertTrue(result.err().endsWith("seeded 30 of 30 users\n"), result.err());
    JsonObject content = new JsonObject(Files.readString(directory.resolve("tokens.json")));
    assertEquals("http://127.0.0.1:" + server.port(), content.getString("url"));
    assertEquals("9001", content.getString("room_id"));
    JsonArray users = users("tokens.json");
    assertEquals(30, users.size());
    assertEquals("70030", users.getJsonObject(29).getString("id"));
    assertEquals(5_000, server.api().balance(token(users, 0)));
    assertEquals(5_000, server.api().balance(token(users, 29)));
  }

  @Test
  void peopleWithPasswordsLogInOnEveryServer() throws Exception {
    assertEquals(0, seed("logins.json", "data/operator.key", "74001").code());

    JsonArray logins =
        new JsonObject(Files.readString(directory.resolve("logins.json"))).getJsonArray("logins");
    assertEquals(2, logins.size());
    JsonObject session =
        server.api().post("/v1/auth/login").send(logins.getJsonObject(1)).expect(200).body();
    assertTrue(Long.parseLong(session.getString("user_id")) < 1L << 52);
  }

  @Test
  void onlyItsOwnerReadsTheTokens() throws Exception {
    assertEquals(0, seed("private.json", "data/operator.key", "71001").code());

    assertEquals(
        "rw-------",
        PosixFilePermissions.toString(
            Files.getPosixFilePermissions(directory.resolve("private.json"))));
  }

  @Test
  void seedingAgainGivesNewTokensAndNoMoreMoney() throws Exception {
    seed("first.json", "data/operator.key", "72001");
    assertEquals(0, seed("second.json", "data/operator.key", "72001").code());

    JsonArray users = users("second.json");
    assertNotEquals(token(users("first.json"), 0), token(users, 0));
    assertEquals(5_000, server.api().balance(token(users, 0)));
  }

  @Test
  void aRefusalIsToldAndLeavesNoFile() throws Exception {
    Files.writeString(directory.resolve("wrong.key"), "hbo_wrong\n");

    CliRun.Result result = seed("none.json", "wrong.key", "73001");

    assertEquals(1, result.code());
    assertTrue(
        result.err().startsWith("hongbao: the server refused: 401 unauthenticated: "),
        result.err());
    assertFalse(Files.exists(directory.resolve("none.json")));
    try (Stream<Path> files = Files.list(directory)) {
      List<Path> left = files.filter(file -> file.toString().endsWith(".tmp")).toList();
      assertEquals(List.of(), left);
    }
  }
}
