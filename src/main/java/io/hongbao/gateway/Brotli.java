// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The gateway".
package io.hongbao.gateway;

import java.io.ByteArrayOutputStream;

/**
 * Writes brotli streams, RFC 7932, of blocks that are stored as they are: what readers of version 3
 * must be able to read, without a native library in the jar.
 *
 * <p><b>Thread:</b> any; keeps nothing.
 */
final class Brotli {

  private static final int BLOCK_BYTES_MAX = 1 << 16;

  // Window of 2^22 bytes: a one bit, then 22 - 17 in three bits.
  private static final int WINDOW_BITS = 4;
  private static final int WINDOW = 1 | 5 << 1;

  // The last block, and empty: two one bits.
  private static final int END = 3;

  private Brotli() {}

  static byte[] pack(byte[] data, int sizeBytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(sizeBytes + 16);
    int at = 0;
    while (at < sizeBytes) {
      int block = Math.min(BLOCK_BYTES_MAX, sizeBytes - at);
      // Not the last (0), length in four nibbles (00), length - 1, stored (1); then whole bytes.
      int header = block - 1 << 3 | 1 << 19;
      int bits = at == 0 ? header << WINDOW_BITS | WINDOW : header;
      out.write(bits);
      out.write(bits >>> 8);
      out.write(bits >>> 16);
      out.write(data, at, block);
      at += block;
    }
    out.write(sizeBytes == 0 ? WINDOW | END << WINDOW_BITS : END);
    return out.toByteArray();
  }
}
