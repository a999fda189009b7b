// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Journal".
package io.hongbao.engine.journal;

import io.hongbao.disk.Disk;
import io.hongbao.engine.journal.FrameCursor.Found;
import io.hongbao.model.Check;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.UUID;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Follows the log from a position on, through live and archived segments, up to what is durable.
 *
 * <p>Positions between records are where a record begins; behind the last record of a frame it is
 * the frame's end. Any other position means "the first record that begins later".
 */
final class LogReader implements JournalReader {

  private final Disk disk;
  private final UUID directoryId;
  private final SegmentCatalog catalog;
  private final DurablePositions positions;
  private final long fromPosition;

  private long nextLogPosition;
  private @Nullable FrameCursor cursor;
  private @Nullable SegmentBytes source;
  private @Nullable Segment segment;
  private @Nullable List<Segment> segmentsSeen;
  private long segmentEnd;

  LogReader(
      Disk disk,
      UUID directoryId,
      SegmentCatalog catalog,
      DurablePositions positions,
      long fromPosition) {
    this.disk = disk;
    this.directoryId = directoryId;
    this.catalog = catalog;
    this.positions = positions;
    this.fromPosition = fromPosition;
    this.nextLogPosition = fromPosition;
  }

  @Override
  public boolean next() throws IOException {
    while (true) {
      if (cursor != null && cursor.hasMoreRecords()) {
        cursor.nextRecord();
        if (cursor.recordPosition() >= fromPosition) {
          nextLogPosition = cursor.nextRecordPosition();
          return true;
        }
      } else if (!nextFrame()) {
        // Behind the last record there may be marks, in which there is nothing to see.
        nextLogPosition =
            cursor == null ? nextLogPosition : Math.max(nextLogPosition, cursor.position());
        return false;
      }
    }
  }

  private boolean nextFrame() throws IOException {
    long durablePosition = positions.logPosition();
    if (cursor == null) {
      if (fromPosition >= durablePosition) {
        return false;
      }
      cursor = openAt(fromPosition, durablePosition);
    }
    lookForNewSegments();
    if (cursor.position() >= segmentEnd && cursor.position() < durablePosition) {
      moveTo(cursor, cursor.position());
    }
    Found found = cursor.nextFrame(Math.min(durablePosition, segmentEnd));
    if (found == Found.BAD) {
      throw cursor.damagedAt(cursor.position(), cursor.reason());
    }
    return found == Found.FRAME;
  }

  // The list is replaced as a whole, so one comparison tells whether anything changed.
  @SuppressWarnings("ReferenceEquality")
  private void lookForNewSegments() {
    List<Segment> segments = catalog.segments();
    if (segments != segmentsSeen) {
      segmentsSeen = segments;
      segmentEnd = catalog.endOf(Check.present(segment, "segment being read"));
    }
  }

  private FrameCursor openAt(long position, long durablePosition) throws IOException {
    SegmentHeader header = openSegment(position);
    SegmentBytes bytes = Check.present(source, "segment being read");
    FrameCursor opened = new FrameCursor(header, bytes, position);
    lookForNewSegments();
    long limit = Math.min(durablePosition, segmentEnd);
    boolean atFrame =
        position % JournalLayout.FRAME_ALIGNMENT == 0 && opened.nextFrame(limit) == Found.FRAME;
    if (atFrame) {
      opened.again();
    } else {
      // In the middle of a frame. Archived bytes come in one direction only.
      long near =
          bytes instanceof ArchivedSegment
              ? header.basePosition()
              : new FrameSearch(header, bytes).before(position);
      if (!goTo(opened, header, bytes, near, position, limit)
          && !goTo(opened, header, bytes, header.basePosition(), position, limit)) {
        throw opened.damagedAt(opened.position(), opened.reason());
      }
    }
    return opened;
  }

  // From a frame on to the one that holds the position.
  private static boolean goTo(
      FrameCursor opened,
      SegmentHeader header,
      SegmentBytes bytes,
      long from,
      long position,
      long limit)
      throws IOException {
    opened.moveTo(header, bytes, from);
    while (opened.position() <= position) {
      if (opened.nextFrame(limit) != Found.FRAME) {
        return false;
      }
    }
    opened.again();
    return true;
  }

  private void moveTo(FrameCursor opened, long position) throws IOException {
    SegmentHeader header = openSegment(position);
    opened.moveTo(header, Check.present(source, "segment being read"), position);
    segmentEnd = catalog.endOf(Check.present(segment, "segment being read"));
  }

  private SegmentHeader openSegment(long position) throws IOException {
    close();
    Segment wanted = catalog.at(position);
    if (wanted == null) {
      throw new JournalDamagedException(
          SegmentName.LIVE_DIRECTORY, 0, "no segment holds log position " + position);
    }
    SegmentBytes bytes = open(disk, wanted);
    source = bytes;
    segment = wanted;
    return SegmentHeader.read(bytes, directoryId);
  }

  static SegmentBytes open(Disk disk, Segment segment) throws IOException {
    if (!segment.archived()) {
      try {
        return SegmentBytes.of(disk.openForRead(segment.name().live()));
      } catch (NoSuchFileException e) {
        // Archived since we looked; the copy was durable before the segment was deleted.
      }
    }
    return new ArchivedSegment(disk, segment.name().archived());
  }

  private FrameCursor current() {
    return Check.present(cursor, "record being read");
  }

  @Override
  public int partition() {
    return current().partition();
  }

  @Override
  public long sequence() {
    return current().sequence();
  }

  @Override
  public long timeMs() {
    return current().timeMs();
  }

  @Override
  public long recordLogPosition() {
    return current().recordPosition();
  }

  @Override
  public DirectBuffer buffer() {
    return current().buffer();
  }

  @Override
  public int offset() {
    return current().payloadOffset();
  }

  @Override
  public int lengthBytes() {
    return current().lengthBytes();
  }

  @Override
  public long nextLogPosition() {
    return nextLogPosition;
  }

  @Override
  public void close() throws IOException {
    SegmentBytes open = source;
    source = null;
    if (open != null) {
      open.close();
    }
  }
}
