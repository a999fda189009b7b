// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Journal".
package io.hongbao.engine.journal;

import io.hongbao.disk.Disk;
import io.hongbao.disk.DiskFile;
import io.hongbao.engine.journal.FrameCursor.Found;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Brings the journal's files from whatever a crash left into order, before anything is appended.
 *
 * <ol>
 *   <li>Unfinished files are deleted, then the segments that a later one replaced.
 *   <li>Every frame of the live segments is checked; a bad one that was durable once stops the
 *       start, the torn tail is left behind.
 *   <li>The whole frames above the highest durable position may never have been forced, although
 *       they can be read now; they are copied into a fresh segment, which begins at that position
 *       and is forced before it gets its name. Readers leave the old segment there.
 * </ol>
 *
 * <p>A crash in between repeats the same steps on the same frames: until the fresh segment has its
 * name nothing is lost but unfinished files, and from then on it is the newest segment.
 */
final class JournalRecovery {

  /** The newest segment, open and durable up to {@code position}. */
  @SuppressWarnings("ArrayRecordComponent") // Handed over, not kept.
  record Result(
      SegmentCatalog catalog,
      SegmentHeader header,
      DiskFile file,
      long position,
      long[] sequences,
      RecoveryReport report) {}

  private final Disk disk;
  private final JournalSettings settings;
  private final SegmentFiles files;
  private final LogScan scan = new LogScan();

  JournalRecovery(Disk disk, JournalSettings settings, SegmentFiles files) {
    this.disk = disk;
    this.settings = settings;
    this.files = files;
  }

  Result run() throws IOException {
    deleteUnfinished(SegmentName.LIVE_DIRECTORY);
    deleteUnfinished(SegmentName.ARCHIVE_DIRECTORY);
    SegmentListing listing = SegmentListing.of(disk);
    delete(listing.replaced());
    if (listing.live().isEmpty()) {
      return first(listing);
    }
    return recover(listing);
  }

  private void deleteUnfinished(String directory) throws IOException {
    for (String name : disk.list(directory)) {
      if (name.endsWith(SegmentName.UNFINISHED_SUFFIX)) {
        disk.delete(name);
      }
    }
  }

  private void delete(List<SegmentName> names) throws IOException {
    for (SegmentName name : names) {
      disk.delete(name.live());
    }
    if (!names.isEmpty()) {
      disk.forceDirectory(SegmentName.LIVE_DIRECTORY);
    }
  }

  private Result first(SegmentListing listing) throws IOException {
    if (!listing.archived().isEmpty()) {
      throw new JournalDamagedException(
          SegmentName.LIVE_DIRECTORY, 0, "no segment, although the archive holds some");
    }
    long[] sequences = new long[settings.partitionCount()];
    SegmentFiles.Spare spare = files.create(settings.segmentBytes());
    SegmentHeader header =
        new SegmentHeader(settings.directoryId(), 1, 0, 0, settings.segmentBytes(), sequences);
    files.name(spare, header);
    SegmentCatalog catalog = new SegmentCatalog(List.of(new Segment(header.name(), false)));
    RecoveryReport report = new RecoveryReport(0, 0, 0, 0, 0);
    return new Result(catalog, header, spare.file(), 0, sequences, report);
  }

  private Result recover(SegmentListing listing) throws IOException {
    List<SegmentName> live = listing.live();
    for (int i = 0; i < live.size() - 1; i++) {
      scanSealed(live.get(i), live.get(i + 1));
    }
    SegmentName newest = live.get(live.size() - 1);
    try (SegmentBytes source = SegmentBytes.of(disk.openForRead(newest.live()))) {
      SegmentHeader header = enter(source);
      FrameCursor cursor = new FrameCursor(header, source, header.basePosition());
      long droppedBytes = scanNewest(cursor, source);
      Result result = copyUnmarked(listing, source, header, cursor.position(), droppedBytes);
      delete(SegmentListing.of(disk).replaced());
      return result;
    }
  }

  private void scanSealed(SegmentName name, SegmentName next) throws IOException {
    try (SegmentBytes source = SegmentBytes.of(disk.openForRead(name.live()))) {
      SegmentHeader header = enter(source);
      FrameCursor cursor = new FrameCursor(header, source, header.basePosition());
      if (scan.scan(cursor, next.basePosition()) == Found.BAD) {
        throw cursor.damagedAt(
            cursor.position(), cursor.reason() + ", but the log goes on in " + next.live());
      }
    }
  }

  private SegmentHeader enter(SegmentBytes source) throws IOException {
    SegmentHeader header = SegmentHeader.read(source, settings.directoryId());
    if (header.sequences().length != settings.partitionCount()) {
      throw new IOException(
          "the journal has "
              + header.sequences().length
              + " partitions, not "
              + settings.partitionCount());
    }
    scan.enter(header);
    return header;
  }

  /** Stops at the end of the whole frames; tells how many bytes of garbage follow. */
  private long scanNewest(FrameCursor cursor, SegmentBytes source) throws IOException {
    scan.scan(cursor, Long.MAX_VALUE);
    long endPosition = cursor.position();
    scan.checkTail(cursor);
    TailSearch tail = new TailSearch(source, cursor.header(), endPosition);
    tail.run(cursor.reason());
    return tail.dirtyBytes();
  }

  private Result copyUnmarked(
      SegmentListing listing,
      SegmentBytes source,
      SegmentHeader old,
      long endPosition,
      long droppedBytes)
      throws IOException {
    long basePosition = scan.durablePosition();
    long[] sequences = scan.sequences().clone();
    long[] sequencesAtBase = sequencesAt(basePosition, endPosition, old, source);
    int headerBytes = JournalLayout.headerBytes(settings.partitionCount());
    long segmentBytes =
        Math.max(
            settings.segmentBytes(),
            headerBytes + (endPosition - basePosition) + settings.frameBytesMax());
    SegmentHeader header =
        new SegmentHeader(
            settings.directoryId(),
            old.segmentId() + 1,
            basePosition,
            endPosition,
            segmentBytes,
            sequencesAtBase);
    SegmentFiles.Spare spare = files.create(segmentBytes);
    copyFrames(source, old, endPosition, header, spare.file());
    files.name(spare, header);
    SegmentCatalog catalog = new SegmentCatalog(listing.segmentsWith(header.name()));
    RecoveryReport report =
        new RecoveryReport(basePosition, endPosition, scan.frames(), scan.records(), droppedBytes);
    return new Result(catalog, header, spare.file(), endPosition, sequences, report);
  }

  /** Sequences are consecutive, so the first one after the base tells the last one before it. */
  private long[] sequencesAt(
      long basePosition, long endPosition, SegmentHeader old, SegmentBytes source)
      throws IOException {
    long[] sequences = scan.sequences().clone();
    boolean[] seen = new boolean[sequences.length];
    FrameCursor cursor = new FrameCursor(old, source, basePosition);
    while (cursor.nextFrame(endPosition) == Found.FRAME) {
      while (cursor.nextRecord()) {
        if (!seen[cursor.partition()]) {
          seen[cursor.partition()] = true;
          sequences[cursor.partition()] = cursor.sequence() - 1;
        }
      }
    }
    return sequences;
  }

  private static void copyFrames(
      SegmentBytes source,
      SegmentHeader old,
      long endPosition,
      SegmentHeader header,
      DiskFile target)
      throws IOException {
    FrameCursor cursor = new FrameCursor(old, source, header.basePosition());
    while (cursor.nextFrame(endPosition) == Found.FRAME) {
      FrameBuilder frame = new FrameBuilder(header.directoryId(), cursor.frameBytes());
      frame.begin(cursor.frameBytes());
      frame.add(
          cursor.buffer(),
          cursor.frameOffset() + JournalLayout.FRAME_HEADER_BYTES,
          cursor.frameBodyBytes(),
          cursor.frameRecordCount());
      ByteBuffer bytes =
          frame.finish(header.segmentId(), cursor.framePosition(), cursor.frameDurablePosition());
      target.write(header.offsetOf(cursor.framePosition()), bytes);
    }
  }
}
