// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The simulator".
package io.hongbao.sim;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The draw as docs/VERIFIABLE-DRAW.md words it, written a second time. */
final class AuditedDraw {

  private final MessageDigest sha256;

  AuditedDraw() {
    try {
      sha256 = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }

  private ByteBuffer chance(String tag, byte[] seed, long packetId, long place) {
    ByteBuffer input = ByteBuffer.allocate(7 + 32 + 8 + 8);
    input.put(tag.getBytes(StandardCharsets.US_ASCII)).put(seed).putLong(packetId).putLong(place);
    return ByteBuffer.wrap(sha256.digest(input.array()));
  }

  private static long below(long word, long bound) {
    return Math.unsignedMultiplyHigh(word, bound);
  }

  /** The share of one place of a lucky packet, from what is left then. */
  long live(byte[] seed, long packetId, int place, long leftMinor, int leftCount) {
    return share("hb1live", seed, packetId, place, leftMinor, leftCount);
  }

  private long share(String tag, byte[] seed, long packetId, int place, long leftMinor, int n) {
    if (n == 1) {
      return leftMinor;
    }
    ByteBuffer words = chance(tag, seed, packetId, place);
    long spareMinor = leftMinor - n;
    long upper = 2 * spareMinor / n;
    if (below(words.getLong(0), n) < 2 * spareMinor % n) {
      upper++;
    }
    return 1 + below(words.getLong(8), upper + 1);
  }

  /** All shares of a position-fair packet. */
  long[] fair(byte[] seed, long packetId, long totalMinor, int count) {
    long[] shares = new long[count];
    long leftMinor = totalMinor;
    for (int place = 1; place <= count; place++) {
      shares[place - 1] = share("hb1fair", seed, packetId, place, leftMinor, count - place + 1);
      leftMinor -= shares[place - 1];
    }
    for (int i = count; i >= 2; i--) {
      int other = (int) below(chance("hb1shuf", seed, packetId, i).getLong(0), i);
      long kept = shares[i - 1];
      shares[i - 1] = shares[other];
      shares[other] = kept;
    }
    return shares;
  }
}
