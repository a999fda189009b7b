// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The gateway".
package io.hongbao.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** However many compressed readers a room has: a frame is deflated once for each density. */
class DeflateOnceTest {

  private static final int READERS_PER_DENSITY = 10;
  private static final int ENTRIES = 400;

  @Test
  void theDeflaterWorksOnceForAFrameAndADensityWhateverTheNumberOfReaders() throws Exception {
    List<WsClient> clients = new ArrayList<>();
    try (GatewayRig rig = new GatewayRig(GatewayRig.limits(1 << 20, 1 << 20), 64 << 20)) {
      List<RoomReader> readers = new ArrayList<>();
      for (int i = 0; i < READERS_PER_DENSITY * Density.COUNT; i++) {
        WsClient client = WsClient.open(rig.port(), "/deflate");
        clients.add(client);
        RoomReader reader = new RoomReader();
        client.say(reader.join(Density.at(i % Density.COUNT).wireName()));
        reader.joined(client.json("joined"));
        readers.add(reader);
      }
      Random random = new Random(1);
      for (int i = 1; i <= ENTRIES; i++) {
        rig.append(FanOutTest.entry(i, random));
        if (i % 40 == 0) {
          TimeUnit.MILLISECONDS.sleep(2);
        }
      }
      Set<String> frames = new HashSet<>();
      for (int i = 0; i < clients.size(); i++) {
        RoomReader reader = readers.get(i);
        long[] from = {reader.last + 1};
        int density = i % Density.COUNT;
        assertTrue(
            reader.readUntil(
                clients.get(i),
                ENTRIES,
                last -> {
                  frames.add(density + " " + from[0]);
                  from[0] = last + 1;
                }));
      }

      long deflated = 0;
      for (int loop = 0; loop < 2; loop++) {
        WireEncoder encoder = rig.gateway.loop(loop).encoder();
        deflated += rig.gateway.loop(loop).eventLoop().submit(() -> encoder.deflations()).get();
      }
      assertTrue(frames.size() > 2 * Density.COUNT, "frames " + frames.size());
      // Small ones are not deflated.
      assertTrue(deflated <= frames.size(), deflated + " for " + frames.size() + " frames");
      assertTrue(deflated > frames.size() / 2, deflated + " for " + frames.size() + " frames");
      assertEquals(0, rig.sum(GatewayMeters::shed));
    } finally {
      for (WsClient client : clients) {
        client.close();
      }
    }
  }
}
