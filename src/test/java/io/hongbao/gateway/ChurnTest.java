// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The gateway".
package io.hongbao.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.PooledByteBufAllocator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * Readers come, stay a moment, leave in order, vanish, or never read, while a room talks: afterwards
 * nothing of them is left, not a buffer and not a place, and who stayed the whole time has it all.
 */
class ChurnTest {

  private static final int ENTRIES = 6_000;
  private static final int COMERS = 12;

  @Test
  void nothingIsLeftOfThoseWhoCameAndWent() throws Exception {
    long seed = new Random().nextLong();
    AtomicBoolean isOver = new AtomicBoolean();
    AtomicInteger visits = new AtomicInteger();
    GatewayLimits limits = GatewayRig.limits(64 * 1024, 64 * 1024);
    long before;
    try (GatewayRig rig = new GatewayRig(limits, 64 << 20);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      before = pinned(0);
      List<Future<?>> comers = new ArrayList<>();
      for (int i = 0; i < COMERS; i++) {
        Random random = new Random(seed + i);
        comers.add(
            threads.submit(
                () -> {
                  while (!isOver.get()) {
                    visit(rig, random);
                    visits.incrementAndGet();
                  }
                }));
      }
      RoomReader faithful = new RoomReader();
      try (WsClient client = WsClient.open(rig.port(), "/x")) {
        client.say(faithful.join("full"));
        faithful.joined(client.json("joined"));
        Future<?> talk = threads.submit(() -> talk(rig, seed));
        assertTrue(faithful.readUntil(client, ENTRIES, last -> {}), "seed " + seed);
        talk.get(10, TimeUnit.SECONDS);
      }
      isOver.set(true);
      for (Future<?> comer : comers) {
        comer.get(30, TimeUnit.SECONDS);
      }

      assertEquals(
          ENTRIES - faithful.start, faithful.shown.size() + faithful.leftOutCount, "seed " + seed);
      await(() -> rig.gateway.connectionCount() == 0);
      await(() -> rig.gateway.watching(GatewayRig.ROOM) == 0);
      assertEquals(rig.sum(GatewayMeters::opened), rig.sum(GatewayMeters::closed));
      assertTrue(pinned(before) <= before, "seed " + seed + ": buffers are still held");
    }
    System.out.println("seed " + seed + ": " + visits + " visits");
  }

  private interface Condition {
    boolean holds();
  }

  private static void await(Condition condition) throws InterruptedException {
    for (int waited = 0; !condition.holds() && waited < 10_000; waited += 5) {
      TimeUnit.MILLISECONDS.sleep(5);
    }
    assertTrue(condition.holds());
  }

  // What is taken from the pool and not given back; closing goes on for a moment.
  private static long pinned(long wanted) throws InterruptedException {
    long now = PooledByteBufAllocator.DEFAULT.pinnedDirectMemory();
    for (int waited = 0; now > wanted && waited < 3_000; waited += 10) {
      TimeUnit.MILLISECONDS.sleep(10);
      now = PooledByteBufAllocator.DEFAULT.pinnedDirectMemory();
    }
    return now;
  }

  private static Void talk(GatewayRig rig, long seed) throws InterruptedException {
    Random random = new Random(seed);
    for (int i = 1; i <= ENTRIES; i++) {
      rig.append(FanOutTest.entry(i, random));
      if (i % 20 == 0) {
        TimeUnit.MILLISECONDS.sleep(1 + random.nextInt(5));
      }
    }
    return null;
  }

  private static Void visit(GatewayRig rig, Random random) {
    String path = List.of("/x", "/deflate", "/sub", "/tcp").get(random.nextInt(4));
    try (WsClient client = WsClient.open(rig.port(), path, random.nextInt(3) == 0 ? 2048 : 0)) {
      byte[] body = "{\"roomid\":7,\"protover\":2}".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
      switch (path) {
        case "/sub" -> client.raw(WsClient.frame(0x82, GoimPackets.packet(7, 1, body)));
        case "/tcp" -> client.raw(GoimPackets.packet(7, 1, body));
        default ->
            client.say(
                "{\"op\":\"join\",\"room\":\"7\",\"density\":\"%s\",\"recent\":%d}"
                    .formatted(Density.at(random.nextInt(4)).wireName(), random.nextInt(100)));
      }
      int most = random.nextInt(20_000);
      byte[] some = new byte[4096];
      client.socket().setSoTimeout(20);
      for (int got = 0; got < most; ) {
        int n = client.in().read(some);
        if (n < 0) {
          break;
        }
        got += n;
      }
      if (random.nextInt(3) == 0) {
        // With a reset, as a phone that is gone.
        client.socket().setSoLinger(true, 0);
      }
    } catch (IOException over) {
      // Its turn was over, or it was cut.
    }
    return null;
  }
}
