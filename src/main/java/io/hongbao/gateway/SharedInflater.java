// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The gateway".
package io.hongbao.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Inflates whole messages of all connections of a loop: none of them keeps a window, since both
 * sides agreed on "no context takeover".
 *
 * <p><b>Thread:</b> one loop's.
 *
 * <p><b>Limit:</b> the inflated message; a bomb is refused at that size.
 */
final class SharedInflater {

  private static final byte[] TAIL = {0, 0, (byte) 0xff, (byte) 0xff};
  private static final int CHUNK_BYTES = 1_024;

  private final Inflater inflater = new Inflater(true);
  private final byte[] chunk = new byte[CHUNK_BYTES];

  /** Inflates a message of permessage-deflate; the caller releases what it gets. */
  ByteBuf inflate(ByteBuf deflated, int bytesMax, ByteBufAllocator alloc) throws ProtocolException {
    byte[] input = new byte[deflated.readableBytes() + TAIL.length];
    deflated.getBytes(deflated.readerIndex(), input, 0, deflated.readableBytes());
    System.arraycopy(TAIL, 0, input, deflated.readableBytes(), TAIL.length);
    inflater.reset();
    inflater.setInput(input);
    ByteBuf out = alloc.heapBuffer(CHUNK_BYTES);
    boolean isGood = false;
    try {
      while (true) {
        int count = inflater.inflate(chunk);
        if (count == 0) {
          if (inflater.needsDictionary()) {
            throw new ProtocolException(CloseCode.NOT_UTF8, "not deflated");
          }
          break;
        }
        if (out.readableBytes() + count > bytesMax) {
          throw new ProtocolException(
              CloseCode.TOO_LONG, "a message has at most " + bytesMax + " bytes");
        }
        out.writeBytes(chunk, 0, count);
      }
      isGood = true;
      return out;
    } catch (DataFormatException e) {
      throw new ProtocolException(CloseCode.NOT_UTF8, "not deflated");
    } finally {
      if (!isGood) {
        out.release();
      }
    }
  }
}
