// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Live rooms".
package io.hongbao.live.sql;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hongbao.live.LogEntry;
import io.hongbao.live.RoomEntry.MoneyEvent;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What is put into a block comes out of it. */
class MoneyBlockTest {

  private static final long EPOCH = 7;
  private static final long NOW_MS = 1_790_000_000_000L;

  private static MoneyEvent event(
      String type, int partition, long position, long packetId, long userId, long minor) {
    String json =
        """
        {"packet_id":"%d","user_id":"%d","amount":{"asset":"CNY","amount":%d}}\
        """
            .formatted(packetId, userId, minor);
    return new MoneyEvent(
        type,
        partition,
        position,
        0,
        packetId,
        userId,
        minor,
        json.getBytes(StandardCharsets.UTF_8));
  }

  private static List<LogEntry> through(List<LogEntry> entries) {
    MoneyBlock block = new MoneyBlock(ByteBuffer.allocate(MoneyBlock.BYTES_SMALL));
    entries.forEach(entry -> block.add(entry, (MoneyEvent) entry.entry()));
    assertEquals(entries.getFirst().atMs(), block.firstMs());
    assertEquals(entries.getLast().atMs(), block.lastMs());
    assertEquals(entries.getLast().sequence(), block.lastSequence());
    return MoneyBlock.read(EPOCH, block.toBytes());
  }

  private static void same(List<LogEntry> expected, List<LogEntry> read, String why) {
    assertEquals(expected.size(), read.size(), why);
    for (int i = 0; i < expected.size(); i++) {
      LogEntry one = expected.get(i);
      LogEntry other = read.get(i);
      assertEquals(EPOCH, other.epoch(), why);
      assertEquals(one.sequence(), other.sequence(), why);
      assertEquals(one.atMs(), other.atMs(), why);
      MoneyEvent event = (MoneyEvent) one.entry();
      MoneyEvent back = (MoneyEvent) other.entry();
      assertEquals(event.type(), back.type(), why);
      assertEquals(event.partition(), back.partition(), why);
      assertEquals(event.position(), back.position(), why);
      assertEquals(event.index(), back.index(), why);
      assertEquals(event.packetId(), back.packetId(), why);
      assertEquals(event.userId(), back.userId(), why);
      assertEquals(event.amountMinor(), back.amountMinor(), why);
      assertArrayEquals(event.json(), back.json(), why);
    }
  }

  @Test
  void whateverIsPutInComesOut() {
    long seed = System.nanoTime();
    SplittableRandom random = new SplittableRandom(seed);
    for (int turn = 0; turn < 300; turn++) {
      List<LogEntry> entries = new ArrayList<>();
      int count = 1 + random.nextInt(60);
      for (int i = 0; i < count; i++) {
        byte[] json = new byte[random.nextInt(random.nextBoolean() ? 4 : 300)];
        for (int at = 0; at < json.length; at++) {
          json[at] = (byte) random.nextInt(random.nextBoolean() ? 2 : 256);
        }
        MoneyEvent event =
            new MoneyEvent(
                "type-" + random.nextInt(3),
                random.nextInt(),
                wild(random),
                random.nextInt(),
                wild(random),
                wild(random),
                wild(random),
                json);
        entries.add(new LogEntry(EPOCH, wild(random), wild(random), event));
      }
      same(entries, through(entries), "seed " + seed + ", turn " + turn);
    }
  }

  // Of any size, the largest and smallest as well.
  private static long wild(SplittableRandom random) {
    return switch (random.nextInt(8)) {
      case 0 -> Long.MAX_VALUE;
      case 1 -> Long.MIN_VALUE;
      default -> random.nextLong() >> random.nextInt(64);
    };
  }

  @Test
  void theOpensOfAStormTakeAThirdOfWhatTheirWordsWould() {
    SplittableRandom random = new SplittableRandom(1);
    MoneyBlock block = new MoneyBlock(ByteBuffer.allocate(MoneyBlock.BYTES_SMALL));
    int wordsBytes = 0;
    for (int i = 0; !block.isFull(); i++) {
      MoneyEvent event =
          event(
              "red_packet.opened",
              random.nextInt(24),
              100_000 + i,
              1_207_800_010_000_000_000L + random.nextInt(1_000_000_000),
              20_001 + random.nextInt(10_000),
              1 + random.nextInt(200));
      block.add(new LogEntry(EPOCH, i, NOW_MS + i / 30, event), event);
      wordsBytes += 62 + event.type().length() + event.json().length;
    }
    assertTrue(
        block.toBytes().length < wordsBytes / 3,
        block.toBytes().length + " bytes instead of " + wordsBytes);
  }

  @Test
  void rowsOfAnEarlierVersionAreRead() {
    List<LogEntry> entries = new ArrayList<>();
    ByteBuffer words = ByteBuffer.allocate(10_000);
    for (int i = 0; i < 3; i++) {
      MoneyEvent event = event(i == 0 ? "red_packet.sent" : "red_packet.opened", i, i, 9, i, 100);
      entries.add(new LogEntry(EPOCH, i, NOW_MS + i, event));
      words.putLong(i).putLong(NOW_MS + i).putLong(event.packetId()).putLong(event.userId());
      words.putLong(event.amountMinor()).putLong(event.position());
      words.putInt(event.partition()).putInt(event.index());
      words.putShort((short) event.type().length());
      words.put(event.type().getBytes(StandardCharsets.ISO_8859_1));
      words.putInt(event.json().length).put(event.json());
    }
    byte[] row = new byte[words.position()];
    words.get(0, row);

    same(entries, MoneyBlock.read(EPOCH, row), "an earlier row");
  }
}
