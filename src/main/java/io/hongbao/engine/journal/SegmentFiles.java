// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Journal".
package io.hongbao.engine.journal;

import io.hongbao.disk.Disk;
import io.hongbao.disk.DiskFile;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Makes segment files: zeroed and forced in advance, named when they are needed.
 *
 * <p>A file gets its name in three steps, so that every file with a segment's name has a whole,
 * durable header: write header (and content, if any) and force; rename; force the directory.
 *
 * <p><b>Thread:</b> {@link #prepare} for the background thread, {@link #take} for the writer; one
 * may overtake the other.
 */
final class SegmentFiles {

  /** A zeroed, forced, open file without a segment's name. */
  record Spare(String fileName, DiskFile file) {}

  private final Disk disk;
  private final int segmentBytes;
  private final JournalCounters counters;
  private final AtomicLong spareNumber = new AtomicLong();
  private final AtomicReference<@Nullable Spare> ready = new AtomicReference<>();

  SegmentFiles(Disk disk, int segmentBytes, JournalCounters counters) {
    this.disk = disk;
    this.segmentBytes = segmentBytes;
    this.counters = counters;
  }

  /** Makes the next file ready; false if it is already. */
  boolean prepare() throws IOException {
    if (ready.get() != null) {
      return false;
    }
    Spare spare = create(segmentBytes);
    if (!ready.compareAndSet(null, spare)) {
      discard(spare);
    }
    return true;
  }

  /** The prepared file, or a new one of at least that size when there is none. */
  Spare take(long bytesMin) throws IOException {
    Spare spare = ready.getAndSet(null);
    if (spare != null && segmentBytes >= bytesMin) {
      return spare;
    }
    counters.segmentMadeByWriter();
    return create(Math.max(segmentBytes, bytesMin));
  }

  Spare create(long bytes) throws IOException {
    String name =
        SegmentName.LIVE_DIRECTORY
            + "/spare-"
            + spareNumber.incrementAndGet()
            + SegmentName.UNFINISHED_SUFFIX;
    DiskFile file = disk.create(name, bytes);
    try {
      file.force();
    } catch (IOException e) {
      file.close();
      disk.delete(name);
      throw e;
    }
    return new Spare(name, file);
  }

  /** Turns the file into the segment of that header; durable when it returns. */
  void name(Spare spare, SegmentHeader header) throws IOException {
    header.writeTo(spare.file());
    spare.file().force();
    disk.rename(spare.fileName(), header.name().live());
    disk.forceDirectory(SegmentName.LIVE_DIRECTORY);
  }

  private void discard(Spare spare) throws IOException {
    spare.file().close();
    disk.delete(spare.fileName());
  }

  void close() throws IOException {
    Spare spare = ready.getAndSet(null);
    if (spare != null) {
      discard(spare);
    }
  }
}
