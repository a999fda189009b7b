// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The gateway".
package io.hongbao.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hongbao.config.Settings;
import io.hongbao.gateway.WsClient;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An upgraded connection keeps nothing of Vert.x; seen in a histogram of the heap. */
class LeanConnectionsIT {

  private static final int COUNT = 300;
  private static final Pattern LINE = Pattern.compile("\\s*\\d+:\\s+(\\d+)\\s+(\\d+)\\s+(\\S+).*");

  /** What Vert.x makes for each connection. */
  private static final List<String> OF_VERTX =
      List.of(
          "io.vertx.core.http.impl.Http1xServerConnection",
          "io.vertx.core.net.impl.NetSocketImpl",
          "io.vertx.core.net.impl.VertxHandler",
          "io.vertx.core.http.impl.VertxHttpRequestDecoder",
          "io.vertx.core.http.impl.VertxHttpResponseEncoder",
          "io.vertx.core.http.impl.ServerWebSocketImpl");

  @Test
  void noObjectOfVertxRemainsOfAnUpgradedConnection(@TempDir Path directory) throws Exception {
    try (TestServer server = TestServer.start(directory, Map.of(Settings.DATA_SANDBOX, "true"))) {
      server.api().publicRoom(7);
      server.api().get("/v1/time").send();
      Map<String, Long> before = histogram();
      List<WsClient> clients = new ArrayList<>();
      try {
        for (int i = 0; i < COUNT; i++) {
          WsClient client =
              WsClient.open(server.port(), "/v1/rooms/ws", "Sec-WebSocket-Protocol: hongbao.v1");
          clients.add(client);
          client.say("{\"op\":\"join\",\"room\":\"7\"}");
          client.json("joined");
        }

        Map<String, Long> after = histogram();

        for (String name : OF_VERTX) {
          long more = after.getOrDefault(name, 0L) - before.getOrDefault(name, 0L);
          // Somebody's connection beside ours; never one for each.
          assertTrue(more < 10, () -> name + ": " + more + " more for " + COUNT + " connections");
        }
        long ours =
            after.getOrDefault("io.hongbao.gateway.JsonConnection", 0L)
                - before.getOrDefault("io.hongbao.gateway.JsonConnection", 0L);
        assertEquals(COUNT, ours);
      } finally {
        for (WsClient client : clients) {
          client.close();
        }
      }
    }
  }

  // Of what is reachable; the collector runs first.
  private static Map<String, Long> histogram() throws Exception {
    String text =
        (String)
            ManagementFactory.getPlatformMBeanServer()
                .invoke(
                    new ObjectName("com.sun.management:type=DiagnosticCommand"),
                    "gcClassHistogram",
                    new Object[] {new String[0]},
                    new String[] {String[].class.getName()});
    Map<String, Long> counts = new java.util.HashMap<>();
    text.lines()
        .forEach(
            line -> {
              Matcher parts = LINE.matcher(line);
              if (parts.matches()) {
                counts.merge(parts.group(3), Long.parseLong(parts.group(1)), Long::sum);
              }
            });
    return counts;
  }
}
