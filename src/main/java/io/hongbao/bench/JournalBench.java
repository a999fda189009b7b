// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Benchmarks".
package io.hongbao.bench;

import io.hongbao.disk.FileDisk;
import io.hongbao.engine.journal.JournalAppender;
import io.hongbao.engine.journal.JournalListener;
import io.hongbao.engine.journal.JournalSettings;
import io.hongbao.engine.journal.LocalJournal;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The journal beside the least that a durable batch costs, and beside RocksDB's synced batches.
 *
 * <p>Two batches are under way at a time, as with lanes at work: one is being forced while the next
 * is appended. Each flush carries one batch.
 */
final class JournalBench {

  private static final int[] BATCHES = {1, 64, 256, 1024};
  private static final int PAYLOAD_BYTES = 96;
  private static final int RAW_FILE_BYTES = 64 << 20;
  private static final UUID DIRECTORY_ID = new UUID(1, 2);

  private final BenchOptions options;

  JournalBench(BenchOptions options) {
    this.options = options;
  }

  List<BenchLine> run() throws Exception {
    List<BenchLine> lines = new ArrayList<>();
    int[] batches = options.batch() > 1 ? new int[] {options.batch()} : BATCHES;
    RocksRival rocks = RocksRival.find(options.rivals());
    for (int batch : batches) {
      double[][] rates = new double[3][options.rounds()];
      for (int round = 0; round < options.rounds(); round++) {
        // Each begins once in three rounds.
        for (int i = 0; i < rates.length; i++) {
          int which = (i + round) % rates.length;
          rates[which][round] = measure(which, batch, rocks);
        }
        options
            .progress()
            .accept(
                "journal, batches of %d: %.0f/s, raw %.0f/s, RocksDB %.0f/s"
                    .formatted(batch, rates[0][round], rates[1][round], rates[2][round]));
      }
      lines.add(line(batch, "raw write and force", rates[0], rates[1]));
      if (rocks != null) {
        lines.add(line(batch, "RocksDB sync batches", rates[0], rates[2]));
      }
    }
    return lines;
  }

  private double measure(int which, int batch, @org.jspecify.annotations.Nullable RocksRival rocks)
      throws Exception {
    Path folder = options.directory().resolve("journal");
    Folders.remove(folder);
    Files.createDirectories(folder);
    try {
      return switch (which) {
        case 0 -> journal(folder, batch);
        case 1 -> raw(folder, batch);
        default ->
            rocks == null ? Double.NaN : rocks.perSecond(folder, batch, PAYLOAD_BYTES, seconds());
      };
    } finally {
      Folders.remove(folder);
    }
  }

  private BenchLine line(int batch, String beside, double[] values, double[] bases) {
    double[] ratios = new double[values.length];
    for (int i = 0; i < ratios.length; i++) {
      ratios[i] = values[i] / bases[i];
    }
    return Rounds.of(
        "journal: batches of %d, beside %s".formatted(batch, beside),
        "records/s",
        1,
        values,
        bases,
        ratios);
  }

  private double seconds() {
    return options.seconds() / 4;
  }

  /** Wakes the thread that appends. */
  private static final class Waker implements JournalListener {

    private volatile @org.jspecify.annotations.Nullable Throwable failure;
    private final Thread appender = Thread.currentThread();

    @Override
    public void onDurable(int lane) {
      LockSupport.unpark(appender);
    }

    @Override
    public void onFailure(Throwable cause) {
      failure = cause;
      LockSupport.unpark(appender);
    }
  }

  private double journal(Path folder, int batch) throws IOException {
    Waker waker = new Waker();
    JournalSettings settings =
        JournalSettings.standard(DIRECTORY_ID, 1, 1).withFlush(batch, 200_000, 10_000_000);
    try (FileDisk disk = new FileDisk(folder);
        LocalJournal journal =
            LocalJournal.open(disk, settings, System::nanoTime, waker).startThreads()) {
      JournalAppender appender = journal.appender(0);
      UnsafeBuffer payload = new UnsafeBuffer(new byte[PAYLOAD_BYTES]);
      long appended = 0;
      long begin = System.nanoTime();
      long end = begin + (long) (seconds() * 1e9);
      while (System.nanoTime() < end) {
        appender.beginBatch();
        for (int i = 0; i < batch; i++) {
          appended++;
          payload.putLong(0, appended);
          appender.append(0, appended, appended, payload, 0, PAYLOAD_BYTES);
        }
        appender.endBatch();
        while (journal.durableSequence(0) < appended - batch) {
          if (waker.failure != null) {
            throw new IOException(waker.failure);
          }
          LockSupport.parkNanos(this, 1_000_000);
        }
      }
      return journal.durableSequence(0) / ((System.nanoTime() - begin) / 1e9);
    }
  }

  // Written and forced in a file that is there already, from the front again at its end; what is
  // written is as long as the journal's frame for the same records.
  private double raw(Path folder, int batch) throws IOException {
    try (FileChannel file =
        FileChannel.open(
            folder.resolve("raw"), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      ByteBuffer zeros = ByteBuffer.allocateDirect(1 << 20);
      for (int at = 0; at < RAW_FILE_BYTES; at += zeros.capacity()) {
        file.write(zeros.clear(), at);
      }
      file.force(true);
      int bytes = (64 + batch * (PAYLOAD_BYTES + 24) + 63) / 64 * 64;
      ByteBuffer buffer = ByteBuffer.allocateDirect(bytes);
      long written = 0;
      long at = 0;
      long begin = System.nanoTime();
      long end = begin + (long) (seconds() * 1e9);
      while (System.nanoTime() < end) {
        buffer.clear();
        for (int i = 0; i < batch; i++) {
          buffer.putLong(64 + i * (PAYLOAD_BYTES + 24), written + i);
        }
        if (at + bytes > RAW_FILE_BYTES) {
          at = 0;
        }
        file.write(buffer, at);
        file.force(false);
        at += bytes;
        written += batch;
      }
      return written / ((System.nanoTime() - begin) / 1e9);
    }
  }
}
