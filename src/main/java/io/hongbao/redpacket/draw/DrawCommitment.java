// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Red packets".
package io.hongbao.redpacket.draw;

/**
 * The 32 bytes that bind a packet's terms and its secret seed; public from the moment of sending.
 */
public record DrawCommitment(long word0, long word1, long word2, long word3) {

  public static final int SIZE_BYTES = Words.HASH_BYTES;

  public static DrawCommitment ofBytes(byte[] source, int offset) {
    Words.checkRoom(source, offset);
    return new DrawCommitment(
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
  public static DrawCommitment ofHex(String hex) {
    return ofBytes(Words.parseHex(hex), 0);
  }

  public void writeTo(byte[] target, int offset) {
    Words.checkRoom(target, offset);
    Words.put(target, offset, word0, word1, word2, word3);
  }

  public String hex() {
    return Words.hex(word0, word1, word2, word3);
  }

  @Override
  public String toString() {
    return hex();
  }
}
