// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Snapshots".
package io.hongbao.engine.snapshot;

import io.hongbao.disk.Disk;
import io.hongbao.disk.DiskFile;
import io.hongbao.engine.PartitionState;
import io.hongbao.engine.StateStorage;
import io.hongbao.model.Check;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The snapshot files of a data directory: finds the newest good one of a partition, writes the
 * next.
 *
 * <p>File: magic, format, partition, sequence, time, log position from which the journal continues,
 * hash, the state's sections, checksum over all of it.
 *
 * <p><b>Thread:</b> one at a time per partition.
 *
 * <p><b>Durability:</b> when {@link #write} returns, the new file and its name are on stable
 * storage; older files of the partition go only then, and one older is kept.
 */
public final class SnapshotStore {

  private static final long MAGIC = 0x31504E534F424748L; // "HGBOSNP1"
  private static final int FORMAT = 1;
  private static final int KEPT = 2;

  private final Disk disk;

  public SnapshotStore(Disk disk) {
    this.disk = disk;
  }

  /**
   * A state that was read, and where the journal goes on.
   *
   * @param nextLogPosition a reader that starts there sees every record after the snapshot
   */
  public record Loaded(PartitionState state, long nextLogPosition, String file) {}

  /**
   * Reads the newest snapshot that is whole and whose state has the hash it claims.
   *
   * @param emptyStates makes an empty state of that partition, once per try
   * @return null when there is none
   */
  public @Nullable Loaded newest(int partition, Supplier<PartitionState> emptyStates)
      throws IOException {
    for (SnapshotName name : names(partition)) {
      Loaded loaded = tryLoad(name, emptyStates.get());
      if (loaded != null) {
        return loaded;
      }
      System.getLogger(SnapshotStore.class.getName())
          .log(System.Logger.Level.WARNING, "snapshot {0} is damaged and not used", name.path());
    }
    return null;
  }

  /** Sequence and log position of the newest snapshot's head, unchecked; null if there is none. */
  public @Nullable Head newestHead(int partition) throws IOException {
    for (SnapshotName name : names(partition)) {
      try (DiskFile file = disk.openForRead(name.path())) {
        return readHead(new SnapshotFileInput(file));
      } catch (UncheckedIOException | IllegalStateException damaged) {
        continue;
      }
    }
    return null;
  }

  /** Size of the newest snapshot's file, looked at no further; 0 if there is none. */
  public long newestSizeBytes(int partition) throws IOException {
    for (SnapshotName name : names(partition)) {
      try (DiskFile file = disk.openForRead(name.path())) {
        return file.sizeBytes();
      }
    }
    return 0;
  }

  /** Every snapshot whose checksum is wrong, whether it would be used or not. */
  public List<String> damagedFiles() throws IOException {
    List<String> damaged = new ArrayList<>();
    for (String path : disk.list(SnapshotName.DIRECTORY)) {
      if (SnapshotName.parse(path) != null) {
        try (DiskFile file = disk.openForRead(path)) {
          if (!SnapshotFileInput.isWhole(file)) {
            damaged.add(path);
          }
        }
      }
    }
    return damaged;
  }

  /** What stands at the beginning of a snapshot. */
  public record Head(int partition, long sequence, long timeMs, long nextLogPosition, long hash) {}

  /** Writes the state as the partition's newest snapshot. */
  public void write(PartitionState state, long nextLogPosition) throws IOException {
    SnapshotName name = new SnapshotName(state.parts().partition(), state.sequence());
    String unfinished = name.path() + SnapshotName.UNFINISHED;
    if (disk.exists(unfinished)) {
      disk.delete(unfinished);
    }
    try (DiskFile file = disk.create(unfinished, 0)) {
      SnapshotFileOutput out = new SnapshotFileOutput(file);
      out.putLong(MAGIC);
      out.putInt(FORMAT);
      out.putInt(state.parts().partition());
      out.putLong(state.sequence());
      out.putLong(state.timeMs());
      out.putLong(nextLogPosition);
      out.putLong(state.hash());
      StateStorage.save(state, out);
      out.finish();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    disk.rename(unfinished, name.path());
    disk.forceDirectory(SnapshotName.DIRECTORY);
    List<SnapshotName> all = names(name.partition());
    for (SnapshotName old : all.subList(Math.min(KEPT, all.size()), all.size())) {
      disk.delete(old.path());
    }
  }

  private @Nullable Loaded tryLoad(SnapshotName name, PartitionState state) throws IOException {
    try (DiskFile file = disk.openForRead(name.path())) {
      if (!SnapshotFileInput.isWhole(file)) {
        return null;
      }
      SnapshotFileInput in = new SnapshotFileInput(file);
      Head head = readHead(in);
      Check.equal(head.partition(), state.parts().partition(), "partition of the snapshot");
      StateStorage.load(state, in);
      state.restorePosition(head.sequence(), head.timeMs());
      return state.hash() == head.hash()
          ? new Loaded(state, head.nextLogPosition(), name.path())
          : null;
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static Head readHead(SnapshotFileInput in) {
    Check.equal(in.getLong(), MAGIC, "magic of the snapshot");
    int format = in.getInt();
    if (format != FORMAT) {
      throw new IllegalStateException(
          "the snapshot has format " + format + "; this version reads " + FORMAT);
    }
    return new Head(in.getInt(), in.getLong(), in.getLong(), in.getLong(), in.getLong());
  }

  // Newest first.
  private List<SnapshotName> names(int partition) throws IOException {
    List<SnapshotName> names = new ArrayList<>();
    for (String file : disk.list(SnapshotName.DIRECTORY)) {
      SnapshotName name = SnapshotName.parse(file);
      if (name != null && name.partition() == partition) {
        names.add(name);
      }
    }
    names.sort(Comparator.comparingLong(SnapshotName::sequence).reversed());
    return names;
  }
}
