// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The gateway".
package io.hongbao.gateway;

import io.hongbao.model.Rfc3339;
import java.util.Arrays;

/**
 * Bytes of JSON, put together by hand: a room's entries are written once and read by thousands, but
 * written on the loop that serves them.
 *
 * <p><b>Thread:</b> one; each loop keeps its own.
 *
 * <p><b>Limit:</b> grows to the largest frame; over {@link #KEEP_BYTES_MAX} the memory is given
 * back.
 */
final class JsonBytes {

  static final int KEEP_BYTES_MAX = 256 * 1024;
  private static final int START_BYTES = 4 * 1024;
  private static final int LONG_BYTES_MAX = 20;
  private static final int COLOUR_DIGITS = 6;
  private static final byte[] HEX = {
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'
  };

  private byte[] bytes = new byte[START_BYTES];
  private int sizeBytes;

  JsonBytes reset() {
    if (bytes.length > KEEP_BYTES_MAX) {
      bytes = new byte[START_BYTES];
    }
    sizeBytes = 0;
    return this;
  }

  int sizeBytes() {
    return sizeBytes;
  }

  /** What was written stands at the beginning of it; good until the next write. */
  byte[] array() {
    return bytes;
  }

  byte[] copy() {
    return Arrays.copyOf(bytes, sizeBytes);
  }

  /** Forgets the end of what was written. */
  void cutTo(int size) {
    sizeBytes = size;
  }

  /** Plain ASCII without anything to escape. */
  JsonBytes raw(String ascii) {
    int length = ascii.length();
    ensure(length);
    for (int i = 0; i < length; i++) {
      bytes[sizeBytes++] = (byte) ascii.charAt(i);
    }
    return this;
  }

  JsonBytes raw(char c) {
    ensure(1);
    bytes[sizeBytes++] = (byte) c;
    return this;
  }

  JsonBytes raw(byte[] data, int from, int to) {
    ensure(to - from);
    System.arraycopy(data, from, bytes, sizeBytes, to - from);
    sizeBytes += to - from;
    return this;
  }

  /** A whole number. */
  JsonBytes number(long number) {
    ensure(LONG_BYTES_MAX);
    long rest = number < 0 ? number : -number;
    int digits = 1;
    for (long r = rest / 10; r != 0; r /= 10) {
      digits++;
    }
    if (number < 0) {
      bytes[sizeBytes++] = '-';
    }
    for (int i = sizeBytes + digits - 1; i >= sizeBytes; i--) {
      bytes[i] = (byte) ('0' - rest % 10);
      rest /= 10;
    }
    sizeBytes += digits;
    return this;
  }

  /** An id: digits in quotes. */
  JsonBytes id(long id) {
    return raw('"').number(id).raw('"');
  }

  /** A time in the form of the contract, in quotes. */
  JsonBytes time(long epochMs) {
    ensure(Rfc3339.SIZE_BYTES + 2);
    bytes[sizeBytes++] = '"';
    Rfc3339.write(bytes, sizeBytes, epochMs);
    sizeBytes += Rfc3339.SIZE_BYTES;
    bytes[sizeBytes++] = '"';
    return this;
  }

  /** A colour as web pages write it, in quotes. */
  JsonBytes colour(int rgb) {
    ensure(COLOUR_DIGITS + 3);
    bytes[sizeBytes++] = '"';
    bytes[sizeBytes++] = '#';
    for (int shift = 4 * (COLOUR_DIGITS - 1); shift >= 0; shift -= 4) {
      bytes[sizeBytes++] = HEX[rgb >> shift & 0xf];
    }
    bytes[sizeBytes++] = '"';
    return this;
  }

  /** A text in quotes; half of a surrogate pair becomes U+FFFD. */
  JsonBytes text(String text) {
    int length = text.length();
    ensure(Math.addExact(Math.multiplyExact(length, 6), 2));
    bytes[sizeBytes++] = '"';
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c >= 0x80) {
        i += wide(text, i, c);
      } else if (c >= 0x20 && c != '"' && c != '\\') {
        bytes[sizeBytes++] = (byte) c;
      } else {
        escaped(c);
      }
    }
    bytes[sizeBytes++] = '"';
    return this;
  }

  private void escaped(char c) {
    bytes[sizeBytes++] = '\\';
    if (c == '"' || c == '\\') {
      bytes[sizeBytes++] = (byte) c;
      return;
    }
    bytes[sizeBytes++] = 'u';
    bytes[sizeBytes++] = '0';
    bytes[sizeBytes++] = '0';
    bytes[sizeBytes++] = HEX[c >> 4];
    bytes[sizeBytes++] = HEX[c & 0xf];
  }

  // Returns how many further chars belong to this character.
  private int wide(String text, int index, char c) {
    if (c < 0x800) {
      bytes[sizeBytes++] = (byte) (0xc0 | c >> 6);
      bytes[sizeBytes++] = (byte) (0x80 | (c & 0x3f));
      return 0;
    }
    boolean isPair =
        Character.isHighSurrogate(c)
            && index + 1 < text.length()
            && Character.isLowSurrogate(text.charAt(index + 1));
    if (isPair) {
      int point = Character.toCodePoint(c, text.charAt(index + 1));
      bytes[sizeBytes++] = (byte) (0xf0 | point >> 18);
      bytes[sizeBytes++] = (byte) (0x80 | (point >> 12 & 0x3f));
      bytes[sizeBytes++] = (byte) (0x80 | (point >> 6 & 0x3f));
      bytes[sizeBytes++] = (byte) (0x80 | (point & 0x3f));
      return 1;
    }
    char shown = Character.isSurrogate(c) ? '\ufffd' : c;
    bytes[sizeBytes++] = (byte) (0xe0 | shown >> 12);
    bytes[sizeBytes++] = (byte) (0x80 | (shown >> 6 & 0x3f));
    bytes[sizeBytes++] = (byte) (0x80 | (shown & 0x3f));
    return 0;
  }

  private void ensure(int more) {
    int needed = Math.addExact(sizeBytes, more);
    if (needed > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(needed, 2 * bytes.length));
    }
  }
}
