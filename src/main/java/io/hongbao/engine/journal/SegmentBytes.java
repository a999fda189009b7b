// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Journal".
package io.hongbao.engine.journal;

import io.hongbao.disk.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The bytes of a segment, live or archived.
 *
 * <p><b>Thread:</b> one at a time.
 */
interface SegmentBytes extends AutoCloseable {

  /** The file's name, for messages. */
  String name();

  /**
   * Reads up to {@code target.remaining()} bytes at an offset of the (uncompressed) segment; going
   * back may be slow.
   *
   * @return bytes read, 0 at or after the end
   */
  int read(long offset, ByteBuffer target) throws IOException;

  @Override
  void close() throws IOException;

  /** A live segment: the file as it is. */
  static SegmentBytes of(DiskFile file) {
    return new SegmentBytes() {
      @Override
      public String name() {
        return file.name();
      }

      @Override
      public int read(long offset, ByteBuffer target) throws IOException {
        return file.read(offset, target);
      }

      @Override
      public void close() throws IOException {
        file.close();
      }
    };
  }
}
