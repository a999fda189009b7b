// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Clients".
package io.hongbao.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hongbao.client.FaultyProxy;
import io.hongbao.http.TestServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the tests of hongbao.js, which are in src/test/client, on Node. */
class JsClientIT {

  private static final Path TESTS = Path.of("src/test/client/client.test.mjs").toAbsolutePath();

  @TempDir Path directory;

  @Test
  void theClientDoesWhatItSays() throws Exception {
    Tool node = Tool.named("node");
    try (TestServer server = TestServer.sandbox(directory);
        FaultyProxy proxy = new FaultyProxy(server.port())) {
      Tool.Outcome outcome =
          node.run(
              directory,
              Map.of(
                  "URL", "http://127.0.0.1:" + server.port(),
                  "PROXY", proxy.url(),
                  "OPERATOR_KEY", server.api().operatorKey()),
              List.of(TESTS.toString()));

      assertEquals(0, outcome.exitCode(), outcome.output());
    }
  }
}
