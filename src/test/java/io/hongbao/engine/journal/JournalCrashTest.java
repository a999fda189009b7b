// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Journal".
package io.hongbao.engine.journal;

import static io.hongbao.engine.journal.JournalBench.SMALL;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.hongbao.disk.FaultyDisk;
import io.hongbao.engine.journal.JournalBench.Seen;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Takes the power away at seeded moments, also during recovery, and compares what is left with what
 * was published as durable.
 */
class JournalCrashTest {

  private static final int SEEDS = Integer.getInteger("hongbao.journal.seeds", 150);
  private static final int CRASHES = 6;

  @Test
  void nothingPublishedIsEverLostAndNothingElseAppears() {
    for (long seed = 1; seed <= SEEDS; seed++) {
      try {
        new Run(seed).play();
      } catch (Throwable e) {
        fail("seed " + seed + ": " + e, e);
      }
    }
  }

  @Test
  void recoveryMayCrashAtEveryStep() throws IOException {
    for (long count = 0; ; count++) {
      Run run = new Run(count);
      for (int i = 0; i < 100; i++) {
        run.appendSome();
        run.flushAndNote();
      }
      run.disk.crash();
      run.disk.crashAfter(count);
      boolean crashed;
      try {
        run.open();
        crashed = false;
      } catch (IOException e) {
        crashed = true;
      }
      run.disk.crash();
      run.open();
      run.check();
      if (!crashed) {
        assertTrue(count > 5, "recovery has several steps");
        return;
      }
    }
  }

  /** One life of a disk, with the truth beside it. */
  private static final class Run {

    final FaultyDisk disk;
    final SplittableRandom chance;
    final Map<Integer, List<Seen>> appended = new HashMap<>();
    final Map<Seen, Long> positions = new HashMap<>();
    final long[] published = new long[JournalBench.PARTITIONS];
    JournalBench bench;
    int life;

    Run(long seed) throws IOException {
      disk = new FaultyDisk(seed);
      chance = new SplittableRandom(seed);
      for (int i = 0; i < JournalBench.PARTITIONS; i++) {
        appended.put(i, new ArrayList<>());
      }
      open();
    }

    void open() throws IOException {
      bench = new JournalBench(disk, SMALL);
    }

    void play() throws IOException {
      for (int crash = 0; crash < CRASHES; crash++) {
        boolean early = chance.nextBoolean();
        if (early) {
          disk.crashAfter(chance.nextInt(120));
        }
        if (chance.nextInt(4) == 0) {
          FaultyDisk.Operation[] all = FaultyDisk.Operation.values();
          disk.fail(all[chance.nextInt(all.length)], chance.nextInt(60));
        }
        int actions = chance.nextInt(200);
        for (int i = 0; i < actions && bench.failure == null; i++) {
          act();
        }
        disk.crash();
        recover();
        check();
        inspect();
      }
    }

    private void act() {
      try {
        switch (chance.nextInt(12)) {
          case 0, 1, 2, 3, 4 -> appendSome();
          case 5, 6, 7 -> flushAndNote();
          case 8 -> bench.nowNs += chance.nextLong(20_000_000);
          case 9 -> bench.journal.maintain();
          case 10 -> bench.journal.archiveBelow(chance.nextLong(published() + 1));
          default -> look();
        }
      } catch (IOException e) {
        assertExpected(e);
      }
    }

    private static void assertExpected(IOException e) {
      String message = String.valueOf(e.getMessage());
      assertTrue(message.contains("no power") || message.contains("input/output"), e.toString());
    }

    private long published() {
      return bench.journal.durableLogPosition();
    }

    void appendSome() {
      int count = 1 + chance.nextInt(5);
      for (int i = 0; i < count; i++) {
        int partition = chance.nextInt(JournalBench.PARTITIONS);
        String text = life + ":" + "x".repeat(chance.nextInt(chance.nextInt(10) == 0 ? 1500 : 90));
        if (bench.hasRoom(partition, text.length())) {
          long sequence = bench.append(partition, text);
          appended.get(partition).add(JournalBench.record(partition, sequence, text));
        }
      }
    }

    void flushAndNote() {
      bench.flush();
      for (int i = 0; i < published.length; i++) {
        assertTrue(bench.journal.durableSequence(i) >= published[i], "published only grows");
        published[i] = bench.journal.durableSequence(i);
      }
    }

    private void look() throws IOException {
      try (JournalReader reader = bench.journal.readFrom(chance.nextLong(published() + 1))) {
        for (int i = 0; i < 40 && reader.next(); i++) {
          Long before = positions.put(JournalBench.seen(reader), reader.nextLogPosition());
          assertTrue(before == null || before == reader.nextLogPosition(), "positions stay");
        }
      }
    }

    private void recover() throws IOException {
      life++;
      while (true) {
        boolean disturbed = chance.nextInt(3) == 0;
        if (disturbed) {
          disk.crashAfter(chance.nextInt(12));
        }
        try {
          open();
          if (!disturbed) {
            return;
          }
        } catch (IOException e) {
          assertExpected(e);
        }
        disk.crash();
      }
    }

    private void inspect() throws IOException {
      JournalInspector inspector = new JournalInspector(disk, null);
      JournalFindings findings = inspector.inspect();
      assertNull(findings.damage());
      assertEquals(bench.journal.durableLogPosition(), findings.endPosition());
      for (int i = 0; i < published.length; i++) {
        assertEquals(published[i], inspector.sequences()[i]);
      }
    }

    void check() throws IOException {
      disk.fail(FaultyDisk.Operation.READ, Integer.MAX_VALUE);
      disk.fail(FaultyDisk.Operation.OPEN, Integer.MAX_VALUE);
      long[] count = new long[JournalBench.PARTITIONS];
      for (Seen seen : bench.readFrom(0)) {
        List<Seen> truth = appended.get(seen.partition());
        assertEquals(truth.get((int) count[seen.partition()]++), seen);
      }
      for (int i = 0; i < count.length; i++) {
        assertTrue(count[i] >= published[i], "partition " + i + " lost published records");
        assertEquals(count[i], bench.journal.durableSequence(i));
        List<Seen> truth = appended.get(i);
        truth.subList((int) count[i], truth.size()).clear();
        published[i] = count[i];
      }
      positions.keySet().removeIf(seen -> seen.sequence() > count[seen.partition()]);
      look();
    }
  }
}
