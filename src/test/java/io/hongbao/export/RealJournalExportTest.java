// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Read model".
package io.hongbao.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hongbao.disk.FaultyDisk;
import io.hongbao.engine.journal.JournalListener;
import io.hongbao.engine.journal.JournalSettings;
import io.hongbao.engine.journal.LocalJournal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The loop on the journal of production: marks, segments, archive, restarts. */
class RealJournalExportTest implements JournalListener {

  private static final JournalSettings SETTINGS =
      JournalSettings.standard(new UUID(3, 4), 2, 1)
          .withSegmentBytes(4 * 4096, 4096)
          .withLaneBytesMax(8192);

  private final FaultyDisk disk = new FaultyDisk(1);
  private final ManualTime time = new ManualTime();
  private final ScriptedExporter exporter = new ScriptedExporter(2);
  private final List<String> appended = new ArrayList<>();
  private final long[] sequences = new long[2];
  private @Nullable Throwable failure;
  private long nowNs = 1;
  private LocalJournal journal;

  @Override
  public void onDurable(int lane) {}

  @Override
  public void onFailure(Throwable cause) {
    failure = cause;
  }

  private void open() throws IOException {
    journal = LocalJournal.open(disk, SETTINGS, () -> nowNs, this);
  }

  private void append(int partition) {
    UnsafeBuffer payload = new UnsafeBuffer(new byte[100]);
    long sequence = ++sequences[partition];
    journal.appender(0).append(partition, sequence, time.nowMs(), payload, 0, payload.capacity());
    appended.add(partition + ":" + sequence);
  }

  /** Lets the writer flush, and then fall idle so that it adds its mark. */
  private void settle() {
    for (int i = 0; i < 100; i++) {
      journal.step();
      nowNs += SETTINGS.markAfterNs();
    }
    assertNull(failure);
  }

  private ExportLoop loop() {
    return new ExportLoop(
        RecordSource.of(journal, 2, journal::firstLogPosition),
        exporter,
        new ExportLimits(7, 0, 0, 0, 0, 1, 1),
        time);
  }

  private void drain(ExportLoop loop) {
    for (int i = 0; i < 2_000 && !loop.isDrained(); i++) {
      loop.step();
      time.advanceMs(2);
    }
    assertTrue(loop.isDrained(), () -> "not drained: " + loop.status());
  }

  @Test
  void isCompleteWhenTheJournalFallsIdle() throws IOException {
    open();
    append(0);
    append(1);
    settle();
    ExportLoop loop = loop();

    drain(loop);

    assertEquals(appended, exporter.stored);
    assertTrue(loop.progress().isWhole());
    assertTrue(loop.progress().isCaughtUp());
  }

  @Test
  void goesOnOverSegmentsArchiveAndRestarts() throws IOException {
    for (int life = 0; life < 4; life++) {
      open();
      ExportLoop loop = loop();
      for (int i = 0; i < 200; i++) {
        append(i % 2);
        journal.step();
        nowNs += SETTINGS.markAfterNs() / 3;
        if (i % 10 == 0) {
          loop.step();
          time.advanceMs(2);
          journal.archiveBelow(loop.progress().confirmedLogPosition());
          journal.maintain();
        }
      }
      settle();
      // In the last life the target is lost, and all of it comes from archived segments.
      if (life == 3) {
        loop.suspect();
      }
      drain(loop);
      loop.finish();
      journal.close();

      assertEquals(appended, exporter.stored, "life " + life);
    }
    assertEquals(1, exporter.discarded);
  }
}
