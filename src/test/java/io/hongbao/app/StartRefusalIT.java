// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Start and stop".
package io.hongbao.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hongbao.app.ServerProcess.Outcome;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a start refuses, in one sentence and with the right exit code; and what a sandbox is not.
 */
class StartRefusalIT {

  private static final int ENVIRONMENT = 3;

  @TempDir private Path directory;

  @Test
  void oneServerOneDirectoryOnePort() throws Exception {
    Path data = directory.resolve("data");
    Path other = directory.resolve("other");
    try (ServerProcess server = ServerProcess.start(data, ServerProcess.SMALL);
        HttpCalls calls = HttpCalls.to(server)) {
      aNormalDirectoryHasNoSandbox(calls);

      refuses(data, List.of(), "is in use by process " + server.pid());
      refuses(
          other,
          List.of("--http.port=" + server.port()),
          "port " + server.port() + " is taken; choose another with --http.port");
      refuses(
          other,
          List.of("--management.port=" + server.port()),
          "port " + server.port() + " is taken; choose another with --management.port");
      Outcome verify = Commands.run("verify", "--data", data.toString());
      assertEquals(ENVIRONMENT, verify.exitCode(), verify::toString);

      assertEquals(0, server.stop().exitCode());
    }
    whatWasFixedAtCreationStays(data);
  }

  private static void aNormalDirectoryHasNoSandbox(HttpCalls calls) throws Exception {
    JsonObject empty = new JsonObject();
    for (String path : List.of("clock/advance", "users")) {
      HttpCalls.Reply reply = calls.operatorPost("/v1/sandbox/" + path, null, empty);
      assertEquals(404, reply.status(), reply::toString);
      assertEquals("not_found", reply.code());
    }
    String nowhere = calls.operatorPost("/v1/no-such-route", null, empty).code();
    assertEquals("not_found", nowhere, "a sandbox route looks like any unknown one");
  }

  private static void whatWasFixedAtCreationStays(Path data) throws Exception {
    refuses(data, List.of("--engine.partitions=40"), "engine.partitions is 40");
    refuses(data, List.of("--sandbox"), "data.sandbox is true");

    Path manifest = data.resolve("hongbao.manifest");
    String text = Files.readString(manifest);
    Files.writeString(manifest, text.replace("format_level=1", "format_level=2"));
    refuses(data, List.of(), "was written by a newer version of Hongbao");
    Files.writeString(manifest, text);

    try (ServerProcess server = ServerProcess.start(data, List.of())) {
      assertEquals(0, server.stop().exitCode(), "after all of it the directory is as it was");
    }
  }

  private static void refuses(Path data, List<String> settings, String sentence) throws Exception {
    Outcome outcome = ServerProcess.startAndFail(data, settings);

    assertEquals(ENVIRONMENT, outcome.exitCode(), outcome::toString);
    List<String> lines =
        outcome.err().lines().filter(line -> line.startsWith("hongbao: ")).toList();
    assertEquals(1, lines.size(), outcome::toString);
    assertTrue(lines.getFirst().contains(sentence), outcome::toString);
    assertTrue(!outcome.err().contains("\tat "), outcome::toString);
  }
}
