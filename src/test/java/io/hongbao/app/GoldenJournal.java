// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Proof".
package io.hongbao.app;

import io.hongbao.disk.FileDisk;
import io.hongbao.engine.EngineShape;
import io.hongbao.engine.MemoryJournal.Kept;
import io.hongbao.engine.PartitionState;
import io.hongbao.engine.journal.JournalAppender;
import io.hongbao.engine.journal.JournalListener;
import io.hongbao.engine.journal.JournalSettings;
import io.hongbao.engine.journal.LocalJournal;
import io.hongbao.engine.snapshot.SnapshotStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * A directory with a small journal, snapshots from its middle, and the hashes that every later
 * version must find when it replays it.
 */
final class GoldenJournal {

  static final String HASHES = "hashes.txt";

  /** Small segments, so that the archive has some. */
  private static final int SEGMENT_BYTES = 32 << 10;

  private static final int FRAME_BYTES_MAX = 4 << 10;
  private static final UUID DIRECTORY_ID = UUID.fromString("68626f67-6f6c-4d65-8e00-000000000001");

  private GoldenJournal() {}

  /** What stands in the hashes file: one line for each partition. */
  record Hashes(List<String> lines) {

    static Hashes of(PartitionState[] states) {
      List<String> lines = new ArrayList<>();
      for (PartitionState state : states) {
        lines.add(
            "partition %d sequence %d time_ms %d hash %016x"
                .formatted(
                    state.parts().partition(), state.sequence(), state.timeMs(), state.hash()));
      }
      return new Hashes(List.copyOf(lines));
    }

    static Hashes read(Path golden) throws IOException {
      return new Hashes(
          Files.readAllLines(golden.resolve(HASHES), StandardCharsets.UTF_8).stream()
              .filter(line -> !line.startsWith("#"))
              .toList());
    }
  }

  static JournalSettings settings() {
    return JournalSettings.standard(DIRECTORY_ID, GoldenScenario.PARTITIONS, 1)
        .withSegmentBytes(SEGMENT_BYTES, FRAME_BYTES_MAX)
        .withLaneBytesMax(1 << 20);
  }

  static UUID directoryId() {
    return DIRECTORY_ID;
  }

  static EngineShape shape() {
    return new EngineShape(GoldenScenario.SITE, GoldenScenario.PARTITIONS);
  }

  static LocalJournal open(FileDisk disk, long[] nanos) throws IOException {
    return LocalJournal.open(disk, settings(), () -> nanos[0], new Silent());
  }

  /** Plays the scenario and writes what came of it into a new directory. */
  static void write(Path target) throws IOException {
    Files.createDirectories(target);
    GoldenScenario scenario = new GoldenScenario();
    long[] nanos = {0};
    int[] written = new int[GoldenScenario.PARTITIONS];
    PartitionState[] states = new PartitionState[GoldenScenario.PARTITIONS];
    try (FileDisk disk = new FileDisk(target);
        LocalJournal journal = open(disk, nanos)) {
      scenario.live(120);
      scenario.leaveTransfersUnderWay();
      append(scenario, journal, written);
      for (int i = 0; i < states.length; i++) {
        states[i] = scenario.harness().state(i);
        new SnapshotStore(disk).write(states[i], journal.durableLogPosition());
      }
      scenario.rareThings();
      append(scenario, journal, written);
      scenario.live(80);
      append(scenario, journal, written);
      journal.archiveBelow(journal.durableLogPosition());
      while (journal.maintain()) {
        nanos[0]++;
      }
      for (int i = 0; i < states.length; i++) {
        states[i] = scenario.harness().state(i);
      }
      List<String> lines = new ArrayList<>();
      lines.add("# State of each partition after the last record; see docs/JOURNAL-FORMAT.md.");
      lines.addAll(Hashes.of(states).lines());
      Files.write(target.resolve(HASHES), lines, StandardCharsets.UTF_8);
    }
    Files.deleteIfExists(target.resolve("journal/spare-1.tmp"));
    Files.deleteIfExists(target.resolve("journal/spare-2.tmp"));
  }

  // In turns, so that partitions alternate within a frame as they do in service.
  private static void append(GoldenScenario scenario, LocalJournal journal, int[] written)
      throws IOException {
    JournalAppender appender = journal.appender(0);
    boolean hasMore = true;
    while (hasMore) {
      hasMore = false;
      for (int partition = 0; partition < written.length; partition++) {
        List<Kept> records = scenario.harness().journal(partition).records();
        if (written[partition] < records.size()) {
          hasMore = true;
          Kept kept = records.get(written[partition]++);
          appender.append(
              partition, kept.sequence(), kept.timeMs(), kept.bytes(), 0, kept.bytes().capacity());
        }
      }
      while (journal.waitingBytes(0) > 0) {
        journal.step();
        journal.maintain();
      }
    }
  }

  private static final class Silent implements JournalListener {

    @Override
    public void onDurable(int lane) {}

    @Override
    public void onFailure(Throwable cause) {
      throw new AssertionError("the journal failed", cause);
    }
  }
}
