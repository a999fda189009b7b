// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Journal".
package io.hongbao.engine.journal;

import io.hongbao.disk.DiskFile;
import io.hongbao.disk.FileDisk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Compares the journal, threads and all, with bare write and force of as many bytes.
 *
 * <p>A program to be started by hand, with a directory on the disk in question. Rounds are
 * interleaved; the ratio printed is the median of the rounds' ratios.
 */
final class JournalThroughput {

  private static final int RECORD_BYTES = 100;
  private static final int ROUNDS = 7;
  private static final long ROUND_NS = 700_000_000L;

  private static JournalCounters lastCounters = new JournalCounters();

  private JournalThroughput() {}

  public static void main(String[] args) throws Exception {
    Path directory = Files.createTempDirectory(Path.of(args[0]), "journal-throughput");
    try (FileDisk disk = new FileDisk(directory)) {
      for (int batch : new int[] {1, 64, 1024}) {
        compare(disk, batch);
      }
    } finally {
      try (Stream<Path> files = Files.walk(directory)) {
        for (Path each : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(each);
        }
      }
    }
  }

  private static void compare(FileDisk disk, int batch) throws Exception {
    double[] ratios = new double[ROUNDS];
    double[] rates = new double[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      double raw = raw(disk, batch);
      double journal = journal(disk, batch);
      rates[round] = journal;
      ratios[round] = journal / raw;
    }
    Arrays.sort(ratios);
    Arrays.sort(rates);
    System.out.printf(
        Locale.ROOT,
        "batch %5d: %,12.0f records/s, %.2f of bare write+force (%.2f to %.2f), flush p50 <= %d us,"
            + " p99 <= %d us, %.2f flushes a batch%n",
        batch,
        rates[ROUNDS / 2],
        ratios[ROUNDS / 2],
        ratios[0],
        ratios[ROUNDS - 1],
        lastCounters.flushNsQuantile(0.5) / 1000,
        lastCounters.flushNsQuantile(0.99) / 1000,
        (double) lastCounters.flushes() * batch / lastCounters.records());
  }

  private static double raw(FileDisk disk, int batch) throws IOException {
    int bytes = JournalLayout.frameBytes(batch * JournalLayout.recordBytes(RECORD_BYTES));
    ByteBuffer buffer = ByteBuffer.allocateDirect(bytes);
    try (DiskFile file = disk.create("raw", 64 << 20)) {
      file.force();
      long begin = System.nanoTime();
      long records = 0;
      long offset = 0;
      while (System.nanoTime() - begin < ROUND_NS) {
        file.write(offset, buffer.clear());
        file.force();
        offset = (offset + bytes) % ((64 << 20) - bytes) / 64 * 64;
        records += batch;
      }
      return records * 1e9 / (System.nanoTime() - begin);
    } finally {
      disk.delete("raw");
    }
  }

  private static double journal(FileDisk disk, int batch) throws Exception {
    Semaphore durable = new Semaphore(0);
    JournalListener listener =
        new JournalListener() {
          @Override
          public void onDurable(int lane) {
            durable.release();
          }

          @Override
          public void onFailure(Throwable cause) {
            durable.release();
          }
        };
    JournalSettings settings = JournalSettings.standard(new UUID(1, 2), 40, 1);
    LocalJournal journal =
        LocalJournal.open(disk, settings, System::nanoTime, listener).startThreads();
    UnsafeBuffer payload = new UnsafeBuffer(new byte[RECORD_BYTES]);
    JournalAppender lane = journal.appender(0);
    long sequence = journal.durableSequence(0);
    long first = sequence;
    long begin = System.nanoTime();
    // A closed loop, as clients are: the next batch comes when the last one is durable.
    while (System.nanoTime() - begin < ROUND_NS) {
      lane.beginBatch();
      for (int i = 0; i < batch; i++) {
        lane.append(0, ++sequence, 0, payload, 0, RECORD_BYTES);
      }
      lane.endBatch();
      while (journal.durableSequence(0) < sequence && journal.failure() == null) {
        durable.acquire();
      }
    }
    double rate = (sequence - first) * 1e9 / (System.nanoTime() - begin);
    lastCounters = journal.counters();
    journal.close();
    return rate;
  }
}
