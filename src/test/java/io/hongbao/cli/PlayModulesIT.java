// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The page".
package io.hongbao.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the tests of the page's modules, which are in src/test/client, on Node. */
class PlayModulesIT {

  @TempDir Path directory;

  @Test
  void theModulesDoWhatTheySay() throws Exception {
    Tool node = Tool.named("node");
    // To Node a file called .js is a module only where a package says so.
    Files.writeString(directory.resolve("package.json"), "{\"type\": \"module\"}");
    try (DirectoryStream<Path> modules =
        Files.newDirectoryStream(Path.of("src/main/resources/web/play"), "*.js")) {
      for (Path module : modules) {
        Files.copy(module, directory.resolve(module.getFileName()));
      }
    }
    Tool.Outcome outcome =
        node.run(
            directory,
            Map.of(
                "MODULES", directory.toString(),
                "VECTORS", absolute("src/test/resources/draw-vectors.json")),
            List.of("--test", absolute("src/test/client/play.test.mjs")));

    assertEquals(0, outcome.exitCode(), outcome.output());
  }

  private static String absolute(String path) {
    return Path.of(path).toAbsolutePath().toString();
  }
}
