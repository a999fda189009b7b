// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The gateway".
package io.hongbao.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hongbao.live.LogEntry;
import io.hongbao.live.RoomEntry;
import io.hongbao.live.RoomEntry.Chat;
import io.hongbao.live.RoomEntry.Gift;
import io.hongbao.live.RoomEntry.MoneyEvent;
import io.hongbao.live.RoomEntry.Position;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * What a client has and what it was told it lost are together the log, exactly; money is among what
 * it has. Fast readers, slow ones, and some that go and come back, in every density and
 * compression, while a loud room goes on; drawn from a seed.
 */
class FanOutTest {

  private static final int ENTRIES = 8_000;
  private static final int READERS = 16;

  @Test
  void whatAReaderHasAndWhatItLostIsTheLog() throws Exception {
    long seed = new Random().nextLong();
    try (GatewayRig rig = new GatewayRig(GatewayRig.limits(64 * 1024, 64 * 1024), 256 << 20);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<RoomReader>> readers = new ArrayList<>();
      for (int i = 0; i < READERS; i++) {
        readers.add(threads.submit(reader(rig, i, new Random(seed + i))));
      }
      while (rig.gateway.watching(GatewayRig.ROOM) < READERS) {
        TimeUnit.MILLISECONDS.sleep(2);
      }
      talk(rig, new Random(seed));

      TreeMap<Long, RoomEntry> log = log(rig);
      long leftOut = 0;
      int cuts = 0;
      for (Future<RoomReader> each : readers) {
        RoomReader reader = each.get(60, TimeUnit.SECONDS);
        check(reader, log, seed);
        leftOut += reader.leftOutCount;
        cuts += reader.cuts;
      }

      System.out.printf(
          "seed %d: left out %d, cuts %d, shed %d%n",
          seed, leftOut, cuts, rig.sum(GatewayMeters::shed));
      assertTrue(leftOut > 0, "nobody lost anything: seed " + seed);
    }
  }

  private static void check(RoomReader reader, TreeMap<Long, RoomEntry> log, long seed) {
    String which = "seed " + seed;
    assertEquals(ENTRIES, reader.last, which);
    assertEquals(ENTRIES - reader.start, reader.shown.size() + reader.leftOutCount, which);
    reader.shown.forEach(
        (sequence, text) -> {
          RoomEntry entry = log.get(sequence);
          assertEquals(entry instanceof Chat chat ? chat.text() : entry.kind(), text, which);
        });
    log.tailMap(reader.start, false)
        .forEach(
            (sequence, entry) -> {
              if (entry.isMoney()) {
                assertTrue(reader.shown.containsKey(sequence), which + ": money " + sequence);
              }
            });
  }

  private static TreeMap<Long, RoomEntry> log(GatewayRig rig) throws InterruptedException {
    while (rig.logs.tail(GatewayRig.ROOM).lastSequence() < ENTRIES) {
      TimeUnit.MILLISECONDS.sleep(2);
    }
    TreeMap<Long, RoomEntry> log = new TreeMap<>();
    for (LogEntry entry : rig.logs.read(GatewayRig.ROOM, 0, Integer.MAX_VALUE)) {
      log.put(entry.sequence(), entry.entry());
    }
    return log;
  }

  private static Callable<RoomReader> reader(GatewayRig rig, int index, Random random) {
    boolean isSlow = index % 4 == 1;
    boolean comesAndGoes = index % 4 == 2;
    String density = Density.at(index / 4).wireName();
    String path = index % 2 == 0 ? "/deflate" : "/plain";
    return () -> {
      RoomReader reader = new RoomReader();
      boolean isDone = false;
      while (!isDone) {
        try (WsClient client = WsClient.open(rig.port(), path, isSlow ? 2048 : 0)) {
          client.say(reader.join(density));
          long until = comesAndGoes ? reader.last + 1 + random.nextInt(ENTRIES / 4) : ENTRIES;
          isDone =
              reader.readUntil(client, Math.min(ENTRIES, until), last -> pause(isSlow, random))
                  && reader.last == ENTRIES;
        }
      }
      return reader;
    };
  }

  private static void pause(boolean isSlow, Random random) {
    if (isSlow) {
      try {
        TimeUnit.MILLISECONDS.sleep(random.nextInt(10));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static void talk(GatewayRig rig, Random random) throws InterruptedException {
    for (int i = 1; i <= ENTRIES; i++) {
      rig.append(entry(i, random));
      if (random.nextInt(200) == 0) {
        TimeUnit.MILLISECONDS.sleep(random.nextInt(20));
      }
    }
  }

  static RoomEntry entry(long id, Random random) {
    int kind = random.nextInt(100);
    if (kind < 1) {
      byte[] json = ("{\"packet_id\":\"" + id + "\"}").getBytes(StandardCharsets.UTF_8);
      return new MoneyEvent("red_packet.opened", 1, id, 0, id, 7, 100, json);
    }
    if (kind < 3) {
      return new Gift(id, 7, "giver", "rocket", "火箭", 1, 100);
    }
    String text =
        kind < 60 ? "666" : "text " + random.nextInt(1_000) + " 好".repeat(random.nextInt(20));
    return new Chat(id, random.nextInt(50), "n\"" + id, text, Position.SCROLL, 0xffffff, 25, -1);
  }
}
