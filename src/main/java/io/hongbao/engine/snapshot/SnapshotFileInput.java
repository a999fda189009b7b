// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Snapshots".
package io.hongbao.engine.snapshot;

import io.hongbao.disk.DiskFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/**
 * Reads a snapshot from a file, after its checksum was found right.
 *
 * <p><b>Failure:</b> {@link UncheckedIOException}.
 */
final class SnapshotFileInput implements SnapshotInput {

  private static final int BUFFER_BYTES = 1 << 16;

  private final DiskFile file;
  private final ByteBuffer buffer =
      ByteBuffer.allocate(BUFFER_BYTES).order(ByteOrder.LITTLE_ENDIAN).flip();
  private long offset;

  SnapshotFileInput(DiskFile file) {
    this.file = file;
  }

  /** Whether the last four bytes are the checksum of those before. */
  static boolean isWhole(DiskFile file) throws IOException {
    long size = file.sizeBytes();
    if (size < Integer.BYTES) {
      return false;
    }
    CRC32C crc = new CRC32C();
    ByteBuffer part = ByteBuffer.allocate(BUFFER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    long at = 0;
    long end = size - Integer.BYTES;
    while (at < end) {
      part.clear().limit((int) Math.min(BUFFER_BYTES, end - at));
      int read = file.read(at, part);
      if (read <= 0) {
        return false;
      }
      crc.update(part.flip());
      at += read;
    }
    part.clear().limit(Integer.BYTES);
    return file.read(end, part) == Integer.BYTES && part.flip().getInt() == (int) crc.getValue();
  }

  @Override
  public int getByte() {
    return available(1).get();
  }

  @Override
  public int getInt() {
    return available(Integer.BYTES).getInt();
  }

  @Override
  public long getLong() {
    return available(Long.BYTES).getLong();
  }

  @Override
  public byte[] getBytes() {
    byte[] bytes = new byte[getInt()];
    int to = 0;
    while (to < bytes.length) {
      int part = Math.min(bytes.length - to, BUFFER_BYTES);
      available(part).get(bytes, to, part);
      to += part;
    }
    return bytes;
  }

  @Override
  public String getText() {
    return new String(getBytes(), StandardCharsets.UTF_8);
  }

  private ByteBuffer available(int bytes) {
    if (buffer.remaining() >= bytes) {
      return buffer;
    }
    buffer.compact();
    try {
      while (buffer.position() < bytes) {
        int read = file.read(offset, buffer);
        if (read <= 0) {
          throw new IOException("snapshot " + file.name() + " ends too early");
        }
        offset += read;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return buffer.flip();
  }
}
