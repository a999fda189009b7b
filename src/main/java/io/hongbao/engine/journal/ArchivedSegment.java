// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Journal".
package io.hongbao.engine.journal;

import io.hongbao.disk.Disk;
import io.hongbao.disk.DiskFile;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a compressed segment; going back begins from the start again.
 *
 * <p><b>Thread:</b> one at a time.
 */
final class ArchivedSegment implements SegmentBytes {

  private static final int BLOCK_BYTES = 16 << 10;

  private final DiskFile file;
  private final byte[] block = new byte[BLOCK_BYTES];
  private @Nullable InputStream stream;
  private long offset;

  ArchivedSegment(Disk disk, String fileName) throws IOException {
    this.file = disk.openForRead(fileName);
  }

  @Override
  public String name() {
    return file.name();
  }

  @Override
  public int read(long wantedOffset, ByteBuffer target) throws IOException {
    try {
      InputStream bytes = stream;
      if (bytes == null || wantedOffset < offset) {
        bytes = new GZIPInputStream(new FileStream(file), BLOCK_BYTES);
        stream = bytes;
        offset = 0;
      }
      while (offset < wantedOffset) {
        int skipped = bytes.read(block, 0, (int) Math.min(block.length, wantedOffset - offset));
        if (skipped < 0) {
          return 0;
        }
        offset += skipped;
      }
      int count = bytes.read(block, 0, Math.min(block.length, target.remaining()));
      if (count <= 0) {
        return 0;
      }
      offset += count;
      target.put(block, 0, count);
      return count;
    } catch (ZipException | EOFException e) {
      throw new JournalDamagedException(
          name(), offset, "cannot be uncompressed: " + e.getMessage());
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  /** Reads a file from its beginning to its end. */
  private static final class FileStream extends InputStream {

    private final DiskFile file;
    private long offset;

    FileStream(DiskFile file) {
      this.file = file;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int at, int length) throws IOException {
      int count = file.read(offset, ByteBuffer.wrap(target, at, length));
      offset += count;
      return count == 0 && length > 0 ? -1 : count;
    }
  }
}
