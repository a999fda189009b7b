// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Proof".
package io.hongbao.inspect;

import io.hongbao.disk.Disk;
import io.hongbao.engine.EngineShape;
import io.hongbao.engine.Family;
import io.hongbao.engine.PartitionState;
import io.hongbao.engine.journal.JournalDamagedException;
import io.hongbao.engine.journal.JournalFindings;
import io.hongbao.engine.journal.JournalInspector;
import io.hongbao.engine.journal.JournalReader;
import io.hongbao.engine.snapshot.SnapshotStore;
import io.hongbao.model.BrokenInvariantException;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Verifies a stopped data directory from its first byte to its last.
 *
 * <p>Frames and checksums; replay of every record, with the journaled hashes compared on the way;
 * every snapshot against the replayed state at its position; all money.
 *
 * <p><b>Thread:</b> the command's. <b>Failure:</b> what is wrong becomes a finding; an exception
 * means that the directory could not be read at all.
 */
public final class DirectoryCheck {

  private static final long PROGRESS_RECORDS = 1_000_000;

  private final Disk disk;
  private final UUID directoryId;
  private final EngineShape shape;
  private final List<Family.Factory> families;
  private final Consumer<String> progress;
  private final Findings findings = new Findings();

  public DirectoryCheck(
      Disk disk,
      UUID directoryId,
      EngineShape shape,
      List<Family.Factory> families,
      Consumer<String> progress) {
    this.disk = disk;
    this.directoryId = directoryId;
    this.shape = shape;
    this.families = families;
    this.progress = progress;
  }

  /** Runs all checks of journal, snapshots and books. */
  public Findings run() throws IOException {
    progress.accept("reading every frame of the journal");
    JournalInspector inspector = new JournalInspector(disk, directoryId);
    JournalFindings journal = inspector.inspect();
    JournalDamagedException damage = journal.damage();
    if (damage != null) {
      findings.differs(String.valueOf(damage.getMessage()));
      return findings;
    }
    findings.fact(
        "journal: "
            + journal.liveSegments()
            + " live and "
            + journal.archivedSegments()
            + " archived segments, "
            + journal.frames()
            + " frames, "
            + journal.records()
            + " records, durable up to log position "
            + journal.durablePosition()
            + (journal.tornFile() == null
                ? ""
                : "; a torn tail of "
                    + journal.tornBytes()
                    + " bytes in "
                    + journal.tornFile()
                    + " that nobody was told of"));
    PartitionState[] states = new PartitionState[shape.partitionCount()];
    for (int i = 0; i < states.length; i++) {
      states[i] = PartitionState.empty(shape, i, false, families);
    }
    if (replay(inspector, states)) {
      progress.accept("counting all money");
      new BooksCheck(findings).run(states);
    }
    return findings;
  }

  private boolean replay(JournalInspector inspector, PartitionState[] states) throws IOException {
    SnapshotStore snapshots = new SnapshotStore(disk);
    SnapshotStore.@Nullable Head[] heads = new SnapshotStore.Head[states.length];
    for (int i = 0; i < states.length; i++) {
      heads[i] = snapshots.newestHead(i);
    }
    progress.accept("replaying the journal");
    long records = 0;
    int compared = 0;
    try (JournalReader reader = inspector.readFrom(0)) {
      while (reader.next()) {
        PartitionState state = states[reader.partition()];
        try {
          state.replay(
              reader.sequence(),
              reader.timeMs(),
              reader.buffer(),
              reader.offset(),
              reader.lengthBytes());
        } catch (BrokenInvariantException e) {
          findings.differs(
              "replay of partition "
                  + reader.partition()
                  + " stops at its record "
                  + reader.sequence()
                  + ": "
                  + e.getMessage());
          return false;
        }
        SnapshotStore.Head head = heads[reader.partition()];
        if (head != null && head.sequence() == reader.sequence()) {
          compared++;
          findings.expect(
              head.hash(), state.hash(), "hash of the snapshot of partition " + reader.partition());
          checkSnapshot(snapshots, reader.partition(), state);
        }
        records++;
        if (records % PROGRESS_RECORDS == 0) {
          progress.accept("replayed " + records + " records");
        }
      }
    }
    for (int i = 0; i < heads.length; i++) {
      SnapshotStore.Head head = heads[i];
      if (head != null && head.sequence() > states[i].sequence()) {
        findings.differs(
            "partition "
                + i
                + " ends at its record "
                + states[i].sequence()
                + " in the journal, but its snapshot holds "
                + head.sequence());
      }
    }
    for (String file : snapshots.damagedFiles()) {
      findings.differs("snapshot " + file + " is damaged");
    }
    findings.fact("replayed " + records + " records; " + compared + " snapshots agree with them");
    return true;
  }

  private void checkSnapshot(SnapshotStore snapshots, int partition, PartitionState replayed)
      throws IOException {
    SnapshotStore.Loaded loaded =
        snapshots.newest(partition, () -> PartitionState.empty(shape, partition, false, families));
    if (loaded == null || loaded.state().sequence() != replayed.sequence()) {
      findings.differs("the newest snapshot of partition " + partition + " is damaged");
    }
  }
}
