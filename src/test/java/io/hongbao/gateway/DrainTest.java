// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The gateway".
package io.hongbao.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** When a server stops, each protocol hears in its own words when to come back. */
class DrainTest {

  private static final byte[] JOIN =
      GoimPackets.packet(7, 1, "{\"roomid\":7}".getBytes(StandardCharsets.US_ASCII));

  @Test
  void everyProtocolIsToldWhenToComeBack() throws Exception {
    try (GatewayRig rig = new GatewayRig(GatewayRig.limits(64 * 1024, 64 * 1024), 1 << 20);
        WsClient json = WsClient.open(rig.port(), "/x");
        WsClient goim = WsClient.open(rig.port(), "/sub");
        WsClient tcp = WsClient.open(rig.port(), "/tcp");
        WsClient events = WsClient.open(rig.port(), "/sse")) {
      json.say("{\"op\":\"join\",\"room\":\"7\"}");
      json.json("joined");
      goim.raw(WsClient.frame(0x82, JOIN));
      tcp.raw(JOIN);
      assertEquals(16 + "{\"code\":0}".length(), tcp.in().readNBytes(26).length);
      for (int waited = 0; rig.gateway.watching(7) < 4 && waited < 5_000; waited++) {
        TimeUnit.MILLISECONDS.sleep(1);
      }

      rig.gateway.drain().get(10, TimeUnit.SECONDS);

      for (WsClient client : new WsClient[] {json, goim}) {
        WsClient.Got got = client.next();
        while (got.opcode() != 8) {
          got = client.next();
        }
        assertEquals(CloseCode.GOING_AWAY, got.closeCode());
        assertTrue(got.text().substring(2).matches("after_ms=[0-9]{3,5}"), got::text);
      }
      String last = new String(events.in().readAllBytes(), StandardCharsets.UTF_8);
      assertTrue(
          last.matches("(?s).*event: joined\n.*\r\nretry: [0-9]{3,5}\n\n\r\n0\r\n\r\n"), last);
      // Packets over TCP have no words for it: the connection ends, each at another time.
      assertEquals(0, tcp.in().readAllBytes().length);
    }
  }
}
