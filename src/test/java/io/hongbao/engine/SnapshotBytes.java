// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Proof".
package io.hongbao.engine;

import io.hongbao.engine.snapshot.SnapshotInput;
import io.hongbao.engine.snapshot.SnapshotOutput;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.agrona.ExpandableArrayBuffer;

/** A snapshot in memory: written first, then read from its start. */
public final class SnapshotBytes implements SnapshotOutput, SnapshotInput {

  private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;

  private final ExpandableArrayBuffer bytes = new ExpandableArrayBuffer();
  private int written;
  private int read;

  /** Whether everything that was written has been read. */
  public boolean isUsedUp() {
    return read == written;
  }

  public int sizeBytes() {
    return written;
  }

  @Override
  public void putByte(int value) {
    bytes.putByte(written, (byte) value);
    written += Byte.BYTES;
  }

  @Override
  public void putInt(int value) {
    bytes.putInt(written, value, ORDER);
    written += Integer.BYTES;
  }

  @Override
  public void putLong(long value) {
    bytes.putLong(written, value, ORDER);
    written += Long.BYTES;
  }

  @Override
  public void putBytes(byte[] value) {
    putInt(value.length);
    bytes.putBytes(written, value);
    written += value.length;
  }

  @Override
  public void putText(String value) {
    putBytes(value.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public int getByte() {
    read += Byte.BYTES;
    return bytes.getByte(read - Byte.BYTES);
  }

  @Override
  public int getInt() {
    read += Integer.BYTES;
    return bytes.getInt(read - Integer.BYTES, ORDER);
  }

  @Override
  public long getLong() {
    read += Long.BYTES;
    return bytes.getLong(read - Long.BYTES, ORDER);
  }

  @Override
  public byte[] getBytes() {
    byte[] value = new byte[getInt()];
    bytes.getBytes(read, value);
    read += value.length;
    return value;
  }

  @Override
  public String getText() {
    return new String(getBytes(), StandardCharsets.UTF_8);
  }
}
