// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The gateway".
package io.hongbao.gateway;

import java.util.Arrays;
import java.util.zip.Deflater;

/**
 * Deflates whole messages, each by itself, so that the bytes are good for every reader.
 *
 * <p><b>Thread:</b> one loop's.
 */
final class SharedDeflater {

  /** Fast: the loop waits for it; level 6 takes three times as long for a tenth less. */
  private static final int LEVEL = 3;

  private static final int START_BYTES = 4 * 1024;
  private static final int SYNC_TAIL_BYTES = 4;

  private final Deflater raw = new Deflater(LEVEL, true);
  private final Deflater zlib = new Deflater(LEVEL, false);
  private byte[] out = new byte[START_BYTES];
  private long count;

  /** As permessage-deflate wants it: without the four bytes of the flush. */
  int deflate(byte[] data, int sizeBytes) {
    raw.reset();
    raw.setInput(data, 0, sizeBytes);
    return run(raw, Deflater.SYNC_FLUSH) - SYNC_TAIL_BYTES;
  }

  /** A zlib stream. */
  int zlib(byte[] data, int sizeBytes) {
    zlib.reset();
    zlib.setInput(data, 0, sizeBytes);
    zlib.finish();
    return run(zlib, Deflater.NO_FLUSH);
  }

  /** Where the result stands, until the next call. */
  byte[] out() {
    return out;
  }

  /** Messages so far. */
  long count() {
    return count;
  }

  private int run(Deflater deflater, int flush) {
    count++;
    int size = 0;
    while (true) {
      size += deflater.deflate(out, size, out.length - size, flush);
      // A buffer that is exactly full may hide more.
      if (size < out.length) {
        return size;
      }
      out = Arrays.copyOf(out, 2 * out.length);
    }
  }
}
