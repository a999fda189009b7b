// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Journal".
package io.hongbao.engine.journal;

import static io.hongbao.engine.journal.JournalBench.SMALL;
import static io.hongbao.engine.journal.JournalBench.record;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hongbao.disk.FaultyDisk;
import io.hongbao.engine.journal.JournalBench.Seen;
import io.hongbao.model.BrokenInvariantException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LocalJournalTest {

  private final FaultyDisk disk = new FaultyDisk(1);

  @Test
  void readsBackWhatWasAppended() throws IOException {
    JournalBench bench = new JournalBench(disk, SMALL);

    bench.append(0, "zero");
    bench.append(1, "");
    bench.append(0, "a longer text, more than a word");
    bench.flush();

    List<Seen> expected =
        List.of(
            record(0, 1, "zero"),
            record(0, 2, "a longer text, more than a word"),
            record(1, 1, ""));
    assertEquals(expected, bench.readFrom(0));
    assertEquals(2, bench.journal.durableSequence(0));
    assertEquals(1, bench.journal.durableSequence(1));
    assertEquals(0, bench.journal.durableSequence(2));
    assertEquals(List.of(0, 1), bench.woken);
  }

  @Test
  void showsNothingThatIsNotDurable() throws IOException {
    JournalBench bench = new JournalBench(disk, SMALL);

    bench.append(0, "waits");

    assertEquals(List.of(), bench.readFrom(0));
    assertEquals(0, bench.journal.durableSequence(0));
    assertEquals(32, bench.journal.waitingBytes(0));
    assertEquals(List.of(), bench.woken);
  }

  @Test
  void rollsOverManySegmentsAndReopens() throws IOException {
    JournalBench bench = new JournalBench(disk, SMALL);
    List<Seen> expected = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      String text = "record " + i + "-".repeat(i % 300);
      expected.add(record(i % 4, bench.append(i % 4, text), text));
      bench.flush();
      while (i % 3 == 0 && bench.journal.maintain()) {
        continue;
      }
    }
    assertTrue(bench.journal.counters().rolls() > 10, "segments were rolled");
    assertEquals(expected, bench.readFrom(0));
    bench.journal.close();

    JournalBench again = new JournalBench(disk, SMALL);

    assertEquals(expected, again.readFrom(0));
    assertEquals(250, again.journal.durableSequence(3));
    assertEquals(0, again.journal.recovery().droppedBytes());
    assertEquals(251, again.append(3, "goes on"));
    again.flush();
    assertEquals(1001, again.readFrom(0).size());
  }

  @Test
  void splitsAFlushThatIsLargerThanAFrame() throws IOException {
    JournalBench bench = new JournalBench(disk, SMALL);
    List<Seen> expected = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      String text = "x".repeat(1000 + i);
      expected.add(record(0, bench.append(0, text), text));
    }

    bench.flush();

    assertEquals(expected, bench.readFrom(0));
    assertTrue(bench.journal.counters().flushes() > 1, "several frames");
    assertEquals(0, bench.journal.waitingBytes(0));
  }

  @Test
  void everyNextLogPositionIsWhereAReaderGoesOn() throws IOException {
    JournalBench bench = new JournalBench(disk, SMALL);
    for (int i = 0; i < 200; i++) {
      bench.append(i % 4, "text " + "y".repeat(i));
      if (i % 7 == 0) {
        bench.flush();
      }
    }
    bench.mark();
    List<Seen> all = bench.readFrom(0);
    assertEquals(200, all.size());

    try (JournalReader reader = bench.journal.readFrom(0)) {
      assertEquals(0, reader.nextLogPosition());
      for (int i = 0; i < 200; i++) {
        assertTrue(reader.next());
        List<Seen> rest = bench.readFrom(reader.nextLogPosition());
        assertEquals(all.subList(i + 1, 200), rest, "after record " + i);
      }
      assertFalse(reader.next());
      // A follower once waited for ever for the mark at the end of an idle journal.
      assertEquals(bench.journal.durableLogPosition(), reader.nextLogPosition());
    }
  }

  @Test
  void anyPositionMeansTheFirstRecordThatBeginsThereOrLater() throws IOException {
    JournalBench bench = new JournalBench(disk, SMALL);
    for (int i = 0; i < 60; i++) {
      bench.append(0, "text " + i);
      if (i % 4 == 3) {
        bench.flush();
      }
    }
    int last = 60;
    for (long position = 0; position <= bench.journal.durableLogPosition(); position += 8) {
      int count = bench.readFrom(position).size();
      assertTrue(count == last || count == last - 1, "one by one, at " + position);
      last = count;
    }
    assertEquals(0, last);
  }

  @Test
  void aReaderFollowsTheLogWhileItGrows() throws IOException {
    JournalBench bench = new JournalBench(disk, SMALL);
    try (JournalReader reader = bench.journal.readFrom(0)) {
      for (int i = 0; i < 500; i++) {
        assertFalse(reader.next());
        String text = "z".repeat(i);
        bench.append(2, text);
        bench.flush();
        assertTrue(reader.next());
        assertEquals(record(2, i + 1, text), JournalBench.seen(reader));
      }
    }
  }

  @Test
  void refusesToReadBehindTheEnd() throws IOException {
    JournalBench bench = new JournalBench(disk, SMALL);

    assertThrows(IOException.class, () -> bench.journal.readFrom(64));
  }

  @Test
  void refusesASequenceThatIsNotTheNext() throws IOException {
    JournalBench bench = new JournalBench(disk, SMALL);
    bench.append(0, "first");
    bench.appended[0] = 5;

    assertThrows(BrokenInvariantException.class, () -> bench.append(0, "sixth"));
  }

  @Test
  void keepsAReserveInAFullLane() throws IOException {
    JournalBench bench = new JournalBench(disk, SMALL);
    JournalAppender lane = bench.journal.appender(0);
    int count = 0;
    while (lane.hasRoom(100, false)) {
      bench.append(0, "x".repeat(100));
      count++;
    }
    assertEquals((8192 - 1024) / 128, count);
    assertTrue(lane.hasRoom(100, true));
    while (lane.hasRoom(100, true)) {
      bench.append(0, "x".repeat(100));
      count++;
    }
    assertEquals(8192 / 128, count);
    assertThrows(BrokenInvariantException.class, () -> bench.append(0, "x".repeat(100)));
    bench.appended[0]--;

    bench.flush();

    assertTrue(lane.hasRoom(SMALL.payloadBytesMax(), false));
    assertFalse(lane.hasRoom(SMALL.payloadBytesMax() + 1, true));
    assertEquals(count, bench.readFrom(0).size());
  }

  @Test
  void refusesTheDirectoryOfAnother() throws IOException {
    new JournalBench(disk, SMALL).journal.close();
    JournalSettings other =
        JournalSettings.standard(new java.util.UUID(1, 2), 4, 2).withSegmentBytes(16384, 4096);
    JournalSettings fewer =
        JournalSettings.standard(JournalBench.DIRECTORY_ID, 2, 2).withSegmentBytes(16384, 4096);

    assertTrue(
        assertThrows(IOException.class, () -> new JournalBench(disk, other))
            .getMessage()
            .contains("belongs to data directory"));
    assertTrue(
        assertThrows(IOException.class, () -> new JournalBench(disk, fewer))
            .getMessage()
            .contains("4 partitions, not 2"));
  }
}
