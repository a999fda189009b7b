// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Red packets".
package io.hongbao.redpacket.draw;

/**
 * The 32 secret bytes from which all shares of one packet follow.
 *
 * <p>Held as four words, because a node keeps millions of packets and an array would cost each of
 * them a second object. Comes from outside; nothing here makes one.
 *
 * <p><b>Invariant:</b> {@link #toString()} does not show it, so that no log line gives a packet
 * away; {@link #hex()} does and is for closed packets only.
 */
public record DrawSeed(long word0, long word1, long word2, long word3) {

  public static final int SIZE_BYTES = Words.HASH_BYTES;

  public static DrawSeed ofBytes(byte[] source, int offset) {
    Words.checkRoom(source, offset);
    return new DrawSeed(
        Words.get(source, offset),
        Words.get(source, offset + 8),
        Words.get(source, offset + 16),
        Words.get(source, offset + 24));
  }

  /**
   * Reads 64 hexadecimal digits.
   *
   * @throws IllegalArgumentException when the text is anything else
   */
  public static DrawSeed ofHex(String hex) {
    return ofBytes(Words.parseHex(hex), 0);
  }

  public void writeTo(byte[] target, int offset) {
    Words.checkRoom(target, offset);
    Words.put(target, offset, word0, word1, word2, word3);
  }

  /** The secret itself, readable. */
  public String hex() {
    return Words.hex(word0, word1, word2, word3);
  }

  @Override
  public String toString() {
    return "DrawSeed[secret]";
  }
}
