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
 * Streams a snapshot into a file and keeps a checksum over all of it.
 *
 * <p><b>Failure:</b> {@link UncheckedIOException}; the file is then worthless.
 */
final class SnapshotFileOutput implements SnapshotOutput {

  private static final int BUFFER_BYTES = 1 << 16;

  private final DiskFile file;
  private final CRC32C crc = new CRC32C();
  private final ByteBuffer buffer =
      ByteBuffer.allocate(BUFFER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
  private long offset;

  SnapshotFileOutput(DiskFile file) {
    this.file = file;
  }

  @Override
  public void putByte(int value) {
    room(1).put((byte) value);
  }

  @Override
  public void putInt(int value) {
    room(Integer.BYTES).putInt(value);
  }

  @Override
  public void putLong(long value) {
    room(Long.BYTES).putLong(value);
  }

  @Override
  public void putBytes(byte[] value) {
    putInt(value.length);
    int from = 0;
    while (from < value.length) {
      int part = Math.min(value.length - from, BUFFER_BYTES);
      room(part).put(value, from, part);
      from += part;
    }
  }

  @Override
  public void putText(String value) {
    putBytes(value.getBytes(StandardCharsets.UTF_8));
  }

  /** Writes the checksum over everything before it and forces the file. */
  void finish() throws IOException {
    flush();
    int sum = (int) crc.getValue();
    putInt(sum);
    flush();
    file.force();
  }

  private ByteBuffer room(int bytes) {
    if (buffer.remaining() < bytes) {
      flush();
    }
    return buffer;
  }

  private void flush() {
    buffer.flip();
    crc.update(buffer.duplicate());
    long at = offset;
    offset += buffer.remaining();
    try {
      file.write(at, buffer);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    buffer.clear();
  }
}
