// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Journal".
package io.hongbao.disk;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * One open file, addressed by absolute offset.
 *
 * <p><b>Thread:</b> one writer; readers on other threads may read what was written before.
 */
public interface DiskFile extends AutoCloseable {

  String name();

  long sizeBytes() throws IOException;

  /** Writes all remaining bytes of {@code source} at {@code offset}; the file grows as needed. */
  void write(long offset, ByteBuffer source) throws IOException;

  /**
   * Reads up to {@code target.remaining()} bytes at {@code offset}.
   *
   * @return bytes read, 0 at or after the end
   */
  int read(long offset, ByteBuffer target) throws IOException;

  /** Returns once everything written before is on stable storage. */
  void force() throws IOException;

  @Override
  void close() throws IOException;
}
