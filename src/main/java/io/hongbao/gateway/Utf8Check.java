// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The gateway".
package io.hongbao.gateway;

import io.netty.buffer.ByteBuf;

/**
 * Checks UTF-8 byte by byte, so that a text is refused at its first wrong byte, wherever frames and
 * packets cut it.
 *
 * <p>The state is one int: how many bytes the character still needs, and between which bounds the
 * next one lies (which keeps out overlong forms, surrogates, and what is above U+10FFFF).
 *
 * <p><b>Thread:</b> any; keeps nothing.
 */
final class Utf8Check {

  /** Between two characters. */
  static final int START = 0;

  /** No continuation makes this a text. */
  static final int WRONG = -1;

  private static final long HIGH_BITS = 0x8080808080808080L;

  private Utf8Check() {}

  /** Goes over bytes of a text. */
  static int go(int state, ByteBuf bytes, int from, int to) {
    int at = from;
    int now = state;
    while (at < to) {
      if (now == START) {
        while (at + 8 <= to && (bytes.getLong(at) & HIGH_BITS) == 0) {
          at += 8;
        }
        if (at == to) {
          return START;
        }
      }
      now = step(now, bytes.getByte(at++) & 0xff);
      if (now == WRONG) {
        return WRONG;
      }
    }
    return now;
  }

  private static int step(int state, int b) {
    if (state != START) {
      int more = state & 0xff;
      if (b < (state >>> 8 & 0xff) || b > (state >>> 16 & 0xff)) {
        return WRONG;
      }
      return more == 1 ? START : waits(more - 1, 0x80, 0xbf);
    }
    if (b < 0x80) {
      return START;
    }
    if (b < 0xc2 || b > 0xf4) {
      return WRONG;
    }
    if (b < 0xe0) {
      return waits(1, 0x80, 0xbf);
    }
    if (b < 0xf0) {
      return waits(2, b == 0xe0 ? 0xa0 : 0x80, b == 0xed ? 0x9f : 0xbf);
    }
    return waits(3, b == 0xf0 ? 0x90 : 0x80, b == 0xf4 ? 0x8f : 0xbf);
  }

  private static int waits(int more, int least, int most) {
    return more | least << 8 | most << 16;
  }
}
