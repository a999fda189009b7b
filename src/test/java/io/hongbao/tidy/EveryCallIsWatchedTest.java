// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Gates".
package io.hongbao.tidy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * No test talks to the API past the contract: whoever makes an HTTP client of the JDK hands its
 * answers to {@code ContractWatch}, or stands here with a reason.
 */
class EveryCallIsWatchedTest {

  private static final Path TESTS = Path.of("src/test/java");
  private static final String CLIENT = "java.net.http.HttpClient";
  private static final String WATCH = "ContractWatch.check(";

  private static final Map<String, String> EXEMPT =
      Map.of(
          "BatchOpensBench.java", "measures; no test",
          "ManagementIT.java", "asks the management port, which has no contract",
          "ServerFailureIT.java", "asks a server that is broken on purpose");

  @Test
  void everyClientHandsItsAnswersToTheContract() throws IOException {
    var unwatched = new TreeSet<String>();
    var exempt = new TreeSet<String>();
    try (Stream<Path> files = Files.walk(TESTS)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
        String name = String.valueOf(file.getFileName());
        String text = Files.readString(file);
        if (!text.contains("import " + CLIENT) || text.contains(WATCH)) {
          continue;
        }
        if (EXEMPT.containsKey(name)) {
          exempt.add(name);
        } else {
          unwatched.add(file.toString());
        }
      }
    }

    assertTrue(
        unwatched.isEmpty(),
        () ->
            "These ask over HTTP past the contract; use Api, HttpCalls or ContractWatch: "
                + unwatched);
    assertEquals(new TreeSet<>(EXEMPT.keySet()), exempt, "exempt without need");
  }
}
