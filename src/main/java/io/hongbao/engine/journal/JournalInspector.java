// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Journal".
package io.hongbao.engine.journal;

import io.hongbao.disk.Disk;
import io.hongbao.engine.journal.FrameCursor.Found;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Checks every byte of a stopped journal, archive included, and reads it, without changing
 * anything.
 *
 * <p><b>Thread:</b> one.
 */
public final class JournalInspector {

  private final Disk disk;
  private final @Nullable UUID directoryId;
  private final LogScan scan = new LogScan();
  private List<Segment> segments = List.of();
  private @Nullable UUID seenId;
  private int partitionCount;
  private long endPosition;
  private @Nullable String tornFile;
  private long tornOffset;
  private long tornBytes;

  /**
   * Looks at the journal on that disk.
   *
   * @param directoryId identity that all segments must carry; null to take that of the first
   */
  public JournalInspector(Disk disk, @Nullable UUID directoryId) {
    this.disk = disk;
    this.directoryId = directoryId;
  }

  /** Reads all of it once. Other exceptions than damage: the disk, or a newer format. */
  public JournalFindings inspect() throws IOException {
    JournalDamagedException damage = null;
    try {
      SegmentListing listing = SegmentListing.of(disk);
      segments = listing.segments();
      for (int i = 0; i < segments.size(); i++) {
        inspect(segments.get(i), i + 1 < segments.size() ? segments.get(i + 1) : null);
      }
    } catch (JournalDamagedException e) {
      damage = e;
    }
    int archived = (int) segments.stream().filter(Segment::archived).count();
    return new JournalFindings(
        segments.size() - archived,
        archived,
        scan.frames(),
        scan.marks(),
        scan.records(),
        scan.bytes(),
        segments.isEmpty() ? 0 : segments.get(0).basePosition(),
        scan.durablePosition(),
        endPosition,
        tornFile,
        tornOffset,
        tornBytes,
        damage);
  }

  private void inspect(Segment segment, @Nullable Segment next) throws IOException {
    try (SegmentBytes source = LogReader.open(disk, segment)) {
      SegmentHeader header = SegmentHeader.read(source, seenId == null ? directoryId : seenId);
      seenId = header.directoryId();
      partitionCount = header.sequences().length;
      scan.enter(header);
      FrameCursor cursor = new FrameCursor(header, source, header.basePosition());
      long limit = next == null ? Long.MAX_VALUE : next.basePosition();
      Found found = scan.scan(cursor, limit);
      endPosition = cursor.position();
      if (next == null) {
        judgeTail(cursor, source);
      } else if (found == Found.BAD) {
        throw cursor.damagedAt(
            endPosition, cursor.reason() + ", but the log goes on in " + next.name().live());
      } else if (segment.archived()) {
        // Reading on to the end lets the archive's own checksum speak.
        source.read(header.offsetOf(endPosition), ByteBuffer.allocate(1));
      }
    } catch (NoSuchFileException e) {
      throw new JournalDamagedException(segment.name().live(), 0, "the segment is missing");
    }
  }

  private void judgeTail(FrameCursor cursor, SegmentBytes source) throws IOException {
    scan.checkTail(cursor);
    TailSearch tail = new TailSearch(source, cursor.header(), cursor.position());
    tail.run(cursor.reason());
    tornBytes = tail.dirtyBytes();
    if (tornBytes > 0) {
      tornFile = source.name();
      tornOffset = cursor.header().offsetOf(cursor.position());
    }
  }

  /** Last sequence of each partition; empty before {@link #inspect} or without a journal. */
  public long[] sequences() {
    return scan.sequences().clone();
  }

  /** Identity that the segments carry; null before {@link #inspect} or without a journal. */
  public @Nullable UUID directoryId() {
    return seenId;
  }

  /** Reads records up to the end that {@link #inspect} found, those above the last mark too. */
  public JournalReader readFrom(long logPosition) throws IOException {
    if (seenId == null) {
      throw new IOException("there is no journal to read");
    }
    DurablePositions positions = new DurablePositions(new long[partitionCount], endPosition);
    return new LogReader(disk, seenId, new SegmentCatalog(segments), positions, logPosition);
  }
}
