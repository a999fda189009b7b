// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The gateway".
package io.hongbao.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * RFC 6455 as the Autobahn suite understands it: groups 1 to 7 and 10 against the production
 * pipeline, behind which there is an echo.
 *
 * <p>The suite is a Python program; the build puts it and a Python for the JVM into {@code
 * target/autobahn}.
 */
class AutobahnIT {

  private static final Path SUITE = Path.of("target/autobahn");
  private static final int CASES_MIN = 240;
  private static final List<String> GROUPS =
      List.of("1.*", "2.*", "3.*", "4.*", "5.*", "6.*", "7.*", "10.*");
  private static final String PROGRAM =
      """
      import sys
      sys.path.insert(0, '%s')
      sys.argv = ['wstest', '-m', 'fuzzingclient', '-s', '%s']
      from autobahntestsuite import wstest
      wstest.run()
      """;

  @TempDir private Path directory;

  @Test
  void everyCaseIsPassed() throws Exception {
    Path suite = SUITE.resolve("autobahntestsuite-maven-plugin.jar").toAbsolutePath();
    Path python = SUITE.resolve("jython-standalone.jar").toAbsolutePath();
    Path reports = directory.resolve("reports");
    Path log = directory.resolve("log");
    try (EchoServer server = EchoServer.start()) {
      Path spec = directory.resolve("spec.json");
      Files.writeString(spec, spec(server.port(), reports).encode());
      Process run =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-cp",
                  python + File.pathSeparator + suite,
                  "org.python.util.jython",
                  "-c",
                  PROGRAM.formatted(suite, spec))
              .directory(directory.toFile())
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      try {
        assertTrue(run.waitFor(10, TimeUnit.MINUTES), "the suite does not end");
      } finally {
        run.destroyForcibly();
      }
    }

    Path index = reports.resolve("index.json");
    assertTrue(Files.exists(index), () -> read(log));
    JsonObject results = new JsonObject(Files.readString(index)).getJsonObject("hongbao");
    assertEquals(List.of(), failures(results));
    assertTrue(results.size() >= CASES_MIN, () -> results.size() + " cases only");
    System.out.println("AutobahnIT: " + results.size() + " cases");
  }

  private static JsonObject spec(int port, Path reports) {
    return new JsonObject()
        .put("outdir", reports.toString())
        .put(
            "servers",
            JsonArray.of(
                new JsonObject().put("agent", "hongbao").put("url", "ws://127.0.0.1:" + port)))
        .put("cases", new JsonArray(GROUPS))
        .put("exclude-cases", new JsonArray())
        .put("exclude-agent-cases", new JsonObject());
  }

  // What is informational the RFC leaves open.
  private static List<String> failures(JsonObject results) {
    List<String> failures = new ArrayList<>();
    for (Map.Entry<String, Object> one : results) {
      JsonObject result = (JsonObject) one.getValue();
      for (String what : List.of("behavior", "behaviorClose")) {
        if (!List.of("OK", "INFORMATIONAL").contains(result.getString(what))) {
          failures.add(one.getKey() + " " + what + " " + result.getString(what));
        }
      }
    }
    return failures;
  }

  private static String read(Path log) {
    try {
      return Files.readString(log);
    } catch (java.io.IOException e) {
      return e.toString();
    }
  }
}
