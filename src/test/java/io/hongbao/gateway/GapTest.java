// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The gateway".
package io.hongbao.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Who comes back is told what nobody can give it any more, of the old epoch and of the new one. */
class GapTest {

  private static final int ENTRIES = 500;
  private static final int LOG_BYTES = 16 * 1024;

  private static JsonObject resume(WsClient client, long epoch, long sequence) throws Exception {
    client.say(
        "{\"op\":\"join\",\"room\":\"7\",\"resume\":{\"epoch\":%d,\"sequence\":%d}}"
            .formatted(epoch, sequence));
    return client.json("joined");
  }

  @Test
  void ofANewEpochIsNamedWhatHasLeftMemoryAndTheRestComes() throws Exception {
    try (GatewayRig rig = new GatewayRig(GatewayRig.limits(64 * 1024, 64 * 1024), LOG_BYTES);
        WsClient client = WsClient.open(rig.port(), "/x");
        WsClient same = WsClient.open(rig.port(), "/x")) {
      Random random = new Random(1);
      for (int i = 1; i <= ENTRIES; i++) {
        rig.append(FanOutTest.entry(i, random));
      }
      while (rig.logs.tail(GatewayRig.ROOM).lastSequence() < ENTRIES) {
        Thread.onSpinWait();
      }
      long gone = rig.logs.tail(GatewayRig.ROOM).firstSequence() - 1;
      assertTrue(gone > 0);

      JsonObject joined = resume(client, GatewayRig.EPOCH - 1, 41);

      JsonObject gap = joined.getJsonObject("gap");
      assertEquals(
          new JsonObject()
              .put("epoch", GatewayRig.EPOCH - 1)
              .put("from", 42)
              .put("now", new JsonObject().put("from", 1).put("to", gone).put("count", gone))
              .put("reason", "new_epoch"),
          gap);
      assertEquals(gone, joined.getLong("sequence"));
      RoomReader reader = new RoomReader();
      reader.start = gone;
      reader.last = gone;
      assertTrue(reader.readUntil(client, ENTRIES, last -> {}));
      assertEquals(ENTRIES - gone, reader.shown.size() + reader.leftOutCount);

      JsonObject old = resume(same, GatewayRig.EPOCH, 1).getJsonObject("gap");
      assertEquals("too_old", old.getString("reason"));
      assertEquals(2, old.getLong("from"));
      assertEquals(gone, old.getLong("to"));
      assertEquals(gone - 1, old.getLong("count"));
    }
  }

  @Test
  void ofANewEpochThatIsWhollyInMemoryNothingElseIsNamed() throws Exception {
    try (GatewayRig rig = new GatewayRig(GatewayRig.limits(64 * 1024, 64 * 1024), 1 << 20);
        WsClient client = WsClient.open(rig.port(), "/x")) {
      JsonObject gap = resume(client, GatewayRig.EPOCH + 5, 9).getJsonObject("gap");

      assertEquals(10, gap.getLong("from"));
      assertEquals("new_epoch", gap.getString("reason"));
      assertTrue(!gap.containsKey("now") && !gap.containsKey("to"), gap::encode);
    }
  }
}
