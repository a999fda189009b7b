// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Journal".
package io.hongbao.engine.journal;

import io.hongbao.disk.Disk;
import io.hongbao.disk.DiskFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Compresses segments that nobody needs quickly any more.
 *
 * <p>Order of steps, so that a crash never leaves a segment in neither place: write and force the
 * copy under another name; read it back and compare; rename; force the archive; only then delete
 * the segment.
 *
 * <p><b>Thread:</b> {@link #archiveOne} for the background thread, {@link #allowBelow} for any.
 */
final class SegmentArchiver {

  private static final int BLOCK_BYTES = 16 << 10;

  private final Disk disk;
  private final SegmentCatalog catalog;
  private final DurablePositions positions;
  private final JournalCounters counters;
  private final AtomicLong allowedPosition = new AtomicLong();
  private boolean damageFound;

  SegmentArchiver(
      Disk disk, SegmentCatalog catalog, DurablePositions positions, JournalCounters counters) {
    this.disk = disk;
    this.catalog = catalog;
    this.positions = positions;
    this.counters = counters;
  }

  void allowBelow(long logPosition) {
    allowedPosition.accumulateAndGet(logPosition, Math::max);
  }

  /** Archives the oldest live segment if that is allowed; false if there is none. */
  boolean archiveOne() throws IOException {
    Segment segment = oldestLive();
    if (segment == null || damageFound) {
      return false;
    }
    long endPosition = catalog.endOf(segment);
    if (endPosition > Math.min(allowedPosition.get(), positions.logPosition())) {
      return false;
    }
    try {
      archive(segment, endPosition);
    } catch (JournalDamagedException e) {
      // Trying again cannot help; the segment stays as it is, for somebody with a backup.
      damageFound = true;
      throw e;
    }
    return true;
  }

  private void archive(Segment segment, long endPosition) throws IOException {
    SegmentName name = segment.name();
    String unfinished = name.archived() + SegmentName.UNFINISHED_SUFFIX;
    if (disk.exists(unfinished)) {
      disk.delete(unfinished);
    }
    try (SegmentBytes source = SegmentBytes.of(disk.openForRead(name.live()))) {
      SegmentHeader header = SegmentHeader.read(source, null);
      long usedBytes = header.offsetOf(endPosition);
      check(source, header, endPosition);
      compress(source, usedBytes, unfinished);
      compare(source, usedBytes, unfinished);
    }
    disk.rename(unfinished, name.archived());
    disk.forceDirectory(SegmentName.ARCHIVE_DIRECTORY);
    // First the word to readers, then the deed.
    catalog.markArchived(name);
    disk.delete(name.live());
    disk.forceDirectory(SegmentName.LIVE_DIRECTORY);
    counters.segmentArchived();
  }

  // The last time that anybody looks at the original.
  private static void check(SegmentBytes source, SegmentHeader header, long endPosition)
      throws IOException {
    LogScan scan = new LogScan();
    scan.enter(header);
    FrameCursor cursor = new FrameCursor(header, source, header.basePosition());
    if (scan.scan(cursor, endPosition) == FrameCursor.Found.BAD) {
      throw cursor.damagedAt(cursor.position(), cursor.reason());
    }
  }

  private @Nullable Segment oldestLive() {
    for (Segment segment : catalog.segments()) {
      if (!segment.archived()) {
        return segment;
      }
    }
    return null;
  }

  private void compress(SegmentBytes source, long usedBytes, String target) throws IOException {
    try (DiskFile file = disk.create(target, 0)) {
      try (OutputStream stream = new FastGzip(new FileStream(file))) {
        byte[] block = new byte[BLOCK_BYTES];
        for (long offset = 0; offset < usedBytes; ) {
          int count = readBlock(source, offset, block, usedBytes - offset);
          stream.write(block, 0, count);
          offset += count;
        }
      }
      file.force();
    }
  }

  private void compare(SegmentBytes source, long usedBytes, String copyName) throws IOException {
    try (ArchivedSegment copy = new ArchivedSegment(disk, copyName)) {
      byte[] expected = new byte[BLOCK_BYTES];
      byte[] actual = new byte[BLOCK_BYTES];
      for (long offset = 0; offset < usedBytes; ) {
        int count = readBlock(source, offset, expected, usedBytes - offset);
        readBlock(copy, offset, actual, count);
        if (Arrays.mismatch(expected, 0, count, actual, 0, count) >= 0) {
          throw new IOException("the copy " + copyName + " differs from its segment");
        }
        offset += count;
      }
      if (copy.read(usedBytes, ByteBuffer.allocate(1)) > 0) {
        throw new IOException("the copy " + copyName + " is longer than its segment");
      }
    }
  }

  private static int readBlock(SegmentBytes source, long offset, byte[] block, long maxBytes)
      throws IOException {
    ByteBuffer target = ByteBuffer.wrap(block, 0, (int) Math.min(block.length, maxBytes));
    while (target.hasRemaining()) {
      if (source.read(offset + target.position(), target) <= 0) {
        throw new JournalDamagedException(
            source.name(), offset + target.position(), "ends before its last frame");
      }
    }
    return target.position();
  }

  /** Speed before size: it shares two cores with those who serve clients. */
  private static final class FastGzip extends GZIPOutputStream {
    FastGzip(OutputStream target) throws IOException {
      super(target, BLOCK_BYTES);
      def.setLevel(Deflater.BEST_SPEED);
    }
  }

  /** Writes a file from its beginning on. */
  private static final class FileStream extends OutputStream {

    private final DiskFile file;
    private long offset;

    FileStream(DiskFile file) {
      this.file = file;
    }

    @Override
    public void write(int value) throws IOException {
      write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] source, int at, int length) throws IOException {
      file.write(offset, ByteBuffer.wrap(source, at, length));
      offset += length;
    }
  }
}
