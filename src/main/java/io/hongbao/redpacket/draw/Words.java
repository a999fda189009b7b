// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Red packets".
package io.hongbao.redpacket.draw;

import io.hongbao.model.Check;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The one place that knows how numbers lie in hashed bytes: 64 bits each, the high byte first. */
final class Words {

  /** Bytes of a seed, of a commitment, and of every hash here. */
  static final int HASH_BYTES = 32;

  private static final VarHandle BIG_ENDIAN =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final HexFormat HEX = HexFormat.of();

  private Words() {}

  static long get(byte[] source, int offset) {
    return (long) BIG_ENDIAN.get(source, offset);
  }

  static void put(byte[] target, int offset, long word) {
    BIG_ENDIAN.set(target, offset, word);
  }

  static void put(byte[] target, int offset, long word0, long word1, long word2, long word3) {
    put(target, offset, word0);
    put(target, offset + 8, word1);
    put(target, offset + 16, word2);
    put(target, offset + 24, word3);
  }

  static String hex(long word0, long word1, long word2, long word3) {
    byte[] bytes = new byte[HASH_BYTES];
    put(bytes, 0, word0, word1, word2, word3);
    return HEX.formatHex(bytes);
  }

  /** Reads 64 hexadecimal digits of either case. */
  static byte[] parseHex(String hex) {
    if (hex.length() != 2 * HASH_BYTES) {
      throw new IllegalArgumentException("64 hexadecimal digits expected");
    }
    return HEX.parseHex(hex);
  }

  static MessageDigest newSha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new AssertionError("every JDK has SHA-256", impossible);
    }
  }

  static void checkRoom(byte[] bytes, int offset) {
    Check.that(offset >= 0 && offset <= bytes.length - HASH_BYTES, "32 bytes expected");
  }
}
