// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The gateway".
package io.hongbao.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Rooms that are read for a moment: nothing is kept of them, and nobody loses anything by it. */
class HubChurnTest {

  private static final int ENTRIES = 3_000;
  private static final int READERS = 3;

  @Test
  void aRoomThatNobodyReadsAnyMoreIsForgotten() throws Exception {
    try (GatewayRig rig = new GatewayRig(GatewayRig.limits(64 * 1024, 64 * 1024), 1 << 20);
        WsClient one = WsClient.open(rig.port(), "/x");
        WsClient other = WsClient.open(rig.port(), "/x")) {
      for (int room = 100; room < 400; room++) {
        for (WsClient client : List.of(one, other)) {
          client.say("{\"op\":\"join\",\"room\":\"%d\"}".formatted(room));
          client.json("joined");
        }
        assertEquals(2, rig.gateway.watching(room));
        for (WsClient client : List.of(one, other)) {
          client.say("{\"op\":\"leave\",\"room\":\"%d\"}".formatted(room));
          client.json("left");
        }
        assertEquals(0, rig.gateway.watching(room));
      }

      assertEquals(0, rig.gateway.roomCount());
    }
  }

  /** Hubs of one room end and begin on two loops while it is talked in. */
  @Test
  void whoComesBackToAForgottenHubHasEverything() throws Exception {
    long seed = new Random().nextLong();
    AtomicBoolean isOver = new AtomicBoolean();
    try (GatewayRig rig = new GatewayRig(GatewayRig.limits(256 * 1024, 256 * 1024), 64 << 20);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<RoomReader>> readers = new ArrayList<>();
      for (int i = 0; i < READERS; i++) {
        Random random = new Random(seed + i);
        readers.add(threads.submit(() -> comeAndGo(rig, random, isOver)));
      }
      Random random = new Random(seed);
      int empty = 0;
      for (int i = 1; i <= ENTRIES; i++) {
        rig.append(FanOutTest.entry(i, random));
        empty += rig.gateway.roomCount() == 0 ? 1 : 0;
        if (i % 4 == 0) {
          TimeUnit.MICROSECONDS.sleep(random.nextInt(1_500));
        }
      }
      isOver.set(true);

      for (Future<RoomReader> each : readers) {
        RoomReader reader = each.get(30, TimeUnit.SECONDS);
        assertEquals(ENTRIES, reader.last, "seed " + seed);
        assertEquals(
            ENTRIES - reader.start, reader.shown.size() + reader.leftOutCount, "seed " + seed);
      }
      assertTrue(empty > 0, "seed " + seed + ": the room was read all the time");
      for (int waited = 0; rig.gateway.roomCount() > 0 && waited < 5_000; waited += 5) {
        TimeUnit.MILLISECONDS.sleep(5);
      }
      assertEquals(0, rig.gateway.roomCount());
    }
  }

  private static RoomReader comeAndGo(GatewayRig rig, Random random, AtomicBoolean isOver)
      throws Exception {
    RoomReader reader = new RoomReader();
    try (WsClient client = WsClient.open(rig.port(), "/x")) {
      while (reader.last < ENTRIES) {
        client.say(reader.join("full"));
        reader.joined(client.json("joined"));
        if (isOver.get()) {
          assertTrue(reader.readUntil(client, ENTRIES, last -> {}));
        }
        client.say("{\"op\":\"leave\",\"room\":\"7\"}");
        for (JsonObject json = client.json();
            !json.getString("op").equals("left");
            json = client.json()) {
          reader.entries(json);
        }
        TimeUnit.MILLISECONDS.sleep(random.nextInt(12));
      }
    }
    return reader;
  }
}
