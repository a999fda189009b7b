// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Journal".
package io.hongbao.engine.journal;

import io.hongbao.disk.DiskFile;
import io.hongbao.model.Check;
import java.io.IOException;

/**
 * The end of the log: writes one frame after the other and rolls to the next segment.
 *
 * <p>A frame is forced before the next one is written. So only the last frame of the log can be
 * torn, and whatever precedes a frame was durable when that frame was written.
 *
 * <p><b>Thread:</b> the journal's writer.
 *
 * <p><b>Failure:</b> after an exception the state of the disk is unknown; call nothing more than
 * {@link #close}.
 */
final class LogWriter {

  private final SegmentFiles files;
  private final SegmentCatalog catalog;
  private final JournalSettings settings;
  private SegmentHeader header;
  private DiskFile file;
  private long position;

  LogWriter(
      SegmentFiles files,
      SegmentCatalog catalog,
      JournalSettings settings,
      SegmentHeader header,
      DiskFile file,
      long position) {
    this.files = files;
    this.catalog = catalog;
    this.settings = settings;
    this.header = header;
    this.file = file;
    this.position = position;
  }

  /** Log position of the next frame; everything before it is durable. */
  long position() {
    return position;
  }

  /** Size of the largest frame that the segment has room for; may be 0. */
  int roomBytes() {
    long left = header.segmentBytes() - header.offsetOf(position);
    return (int) Math.min(settings.frameBytesMax(), left);
  }

  /** Writes the frame and forces it. */
  int write(FrameBuilder frame) throws IOException {
    var bytes = frame.finish(header.segmentId(), position, position);
    int lengthBytes = bytes.remaining();
    Check.atMost(lengthBytes, roomBytes(), "journal frame");
    file.write(header.offsetOf(position), bytes);
    file.force();
    position += lengthBytes;
    return lengthBytes;
  }

  /**
   * Goes on in a new segment.
   *
   * @param sequences last durable sequence of each partition
   */
  void roll(long[] sequences) throws IOException {
    SegmentHeader next =
        new SegmentHeader(
            settings.directoryId(),
            header.segmentId() + 1,
            position,
            position,
            settings.segmentBytes(),
            sequences);
    SegmentFiles.Spare spare = files.take(settings.segmentBytes());
    files.name(spare, next);
    // Before anything in the new segment is published, so that readers find it.
    catalog.add(new Segment(next.name(), false));
    DiskFile full = file;
    file = spare.file();
    header = next;
    full.close();
  }

  void close() throws IOException {
    file.close();
  }
}
