// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Snapshots".
package io.hongbao.engine.snapshot;

/**
 * Where state is written, field by field; little endian, no padding.
 *
 * <p>A family writes a version first and reads all its old versions for ever.
 */
public interface SnapshotOutput {

  void putByte(int value);

  void putInt(int value);

  void putLong(long value);

  /** Length as an int, then the bytes. */
  void putBytes(byte[] value);

  /** Length as an int, then UTF-8. */
  void putText(String value);
}
