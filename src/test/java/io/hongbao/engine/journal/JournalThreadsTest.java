// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Journal".
package io.hongbao.engine.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hongbao.disk.FileDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The journal as in production: own threads, real files, several loops, a reader beside them. */
@Timeout(60)
class JournalThreadsTest {

  private static final int LANES = 2;
  private static final int RECORDS = 40_000;

  @TempDir Path directory;

  private final Semaphore[] durable = {new Semaphore(0), new Semaphore(0)};
  private final AtomicReference<Throwable> failure = new AtomicReference<>();

  private final JournalListener listener =
      new JournalListener() {
        @Override
        public void onDurable(int lane) {
          durable[lane].release();
        }

        @Override
        public void onFailure(Throwable cause) {
          failure.set(cause);
        }
      };

  private LocalJournal open(FileDisk disk) throws IOException {
    JournalSettings settings =
        JournalSettings.standard(JournalBench.DIRECTORY_ID, LANES, LANES)
            .withSegmentBytes(1 << 20, 128 << 10)
            .withLaneBytesMax(64 << 10);
    return LocalJournal.open(disk, settings, System::nanoTime, listener).startThreads();
  }

  @Test
  void twoLoopsAppendWhileAReaderFollowsAndSegmentsAreArchived() throws Exception {
    try (FileDisk disk = new FileDisk(directory);
        ExecutorService pool = Executors.newFixedThreadPool(LANES + 1)) {
      LocalJournal journal = open(disk);
      Future<?> left = pool.submit(() -> appendAll(journal, 0));
      Future<?> right = pool.submit(() -> appendAll(journal, 1));
      Future<long[]> read = pool.submit(() -> follow(journal));
      left.get();
      right.get();

      assertEquals(RECORDS, journal.durableSequence(0));
      assertEquals(RECORDS, journal.durableSequence(1));
      long[] counts = read.get();
      assertEquals(RECORDS, counts[0]);
      assertEquals(RECORDS, counts[1]);
      journal.close();
      assertNull(failure.get());
      assertTrue(journal.counters().segmentsArchived() > 0, "segments were archived");

      LocalJournal again = open(disk);
      assertEquals(RECORDS, again.durableSequence(0));
      assertEquals(RECORDS, again.durableSequence(1));
      assertEquals(2 * RECORDS, follow(again)[2]);
      again.close();
    }
  }

  @Test
  void aLonelyRecordBecomesDurableWithoutMore() throws Exception {
    try (FileDisk disk = new FileDisk(directory)) {
      LocalJournal journal = open(disk);
      for (int i = 1; i <= 200; i++) {
        journal.appender(1).append(1, i, i, new UnsafeBuffer(new byte[8]), 0, 8);
        assertTrue(durable[1].tryAcquire(10, TimeUnit.SECONDS), "woken for record " + i);
        assertEquals(i, journal.durableSequence(1));
      }
      journal.close();
      assertFalse(journal.appender(1).hasRoom(1, true));
    }
  }

  @Test
  void aBatchThatNeverEndsBecomesDurableAllTheSame() throws Exception {
    try (FileDisk disk = new FileDisk(directory)) {
      LocalJournal journal = open(disk);
      UnsafeBuffer payload = new UnsafeBuffer(new byte[8]);
      for (int i = 1; i <= 100; i += 2) {
        // Each round leaves the writer in another state: asleep, waiting for company, marking.
        journal.appender(0).beginBatch();
        journal.appender(0).append(0, i, i, payload, 0, 8);
        journal.appender(0).append(0, i + 1, i, payload, 0, 8);
        while (journal.durableSequence(0) <= i) {
          assertTrue(durable[0].tryAcquire(10, TimeUnit.SECONDS), "woken for record " + i);
        }
      }
      journal.close();
    }
  }

  private Void appendAll(LocalJournal journal, int lane) throws InterruptedException {
    UnsafeBuffer payload = new UnsafeBuffer(new byte[200]);
    JournalAppender appender = journal.appender(lane);
    for (int done = 0; done < RECORDS; ) {
      appender.beginBatch();
      for (int i = 0; i < 50 && done < RECORDS && appender.hasRoom(200, false); i++) {
        done++;
        payload.putLong(0, done);
        appender.append(lane, done, done, payload, 0, 8 + done % 190);
      }
      appender.endBatch();
      while (!appender.hasRoom(200, false)) {
        durable[lane].acquire();
      }
    }
    while (journal.durableSequence(lane) < RECORDS) {
      durable[lane].acquire();
    }
    return null;
  }

  private static long[] follow(LocalJournal journal) throws IOException {
    long[] counts = new long[LANES + 1];
    try (JournalReader reader = journal.readFrom(0)) {
      while (counts[LANES] < 2 * RECORDS) {
        if (!reader.next()) {
          Thread.onSpinWait();
          Thread.yield();
          continue;
        }
        int partition = reader.partition();
        assertEquals(++counts[partition], reader.sequence());
        assertEquals(8 + reader.sequence() % 190, reader.lengthBytes());
        assertEquals(reader.sequence(), reader.buffer().getLong(reader.offset()));
        if (++counts[LANES] % 10_000 == 0) {
          journal.archiveBelow(reader.nextLogPosition());
        }
      }
    }
    return counts;
  }
}
