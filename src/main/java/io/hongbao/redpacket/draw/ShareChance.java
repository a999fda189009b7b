// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Red packets".
package io.hongbao.redpacket.draw;

import java.nio.charset.StandardCharsets;
import java.security.DigestException;
import java.security.MessageDigest;

/**
 * Turns a packet's seed and a place into the chance for that place; one SHA-256 each.
 *
 * <p>Hashed are 55 bytes: tag (7, ASCII) ‖ seed (32) ‖ packet id (8) ‖ place (8). With SHA-256's
 * nine bytes of padding that is exactly one block of 64, so an open costs one compression; a longer
 * tag would double it.
 *
 * <p><b>Thread:</b> one owner at a time, normally a partition's loop: the digest and both buffers
 * are reused, so that nothing is allocated.
 */
public final class ShareChance {

  /**
   * What the chance is for; tags of one length, so that no two inputs can ever be the same bytes.
   */
  enum Use {
    LIVE_SHARE("hb1live"),
    FAIR_SHARE("hb1fair"),
    FAIR_SHUFFLE("hb1shuf");

    /** The tag's seven bytes and a zero, as they lie in the input. */
    private final long tagWord;

    Use(String tag) {
      this.tagWord = Words.get((tag + '\0').getBytes(StandardCharsets.US_ASCII), 0);
    }
  }

  private static final int TAG_BYTES = 7;
  private static final int SEED_AT = TAG_BYTES;
  private static final int PACKET_ID_AT = SEED_AT + DrawSeed.SIZE_BYTES;
  private static final int PLACE_AT = PACKET_ID_AT + 8;
  private static final int INPUT_BYTES = PLACE_AT + 8;

  private final MessageDigest sha256 = Words.newSha256();

  private final byte[] input = new byte[INPUT_BYTES];
  private final byte[] output = new byte[Words.HASH_BYTES];

  /** Takes the chance for one place; {@link #lotWord} and {@link #rangeWord} then belong to it. */
  void take(Use use, DrawSeed seed, long packetId, long place) {
    // Writes eight bytes; the zero after the tag gives way to the seed's first.
    Words.put(input, 0, use.tagWord);
    seed.writeTo(input, SEED_AT);
    Words.put(input, PACKET_ID_AT, packetId);
    Words.put(input, PLACE_AT, place);
    try {
      sha256.update(input);
      sha256.digest(output, 0, output.length);
    } catch (DigestException impossible) {
      throw new AssertionError("the buffer has room for a SHA-256", impossible);
    }
  }

  /** Bytes 0 to 7 of the hash: the lot that rounds the upper bound, and the index of a shuffle. */
  long lotWord() {
    return Words.get(output, 0);
  }

  /** Bytes 8 to 15 of the hash: where in its range the share lies. Bytes 16 to 31 are not used. */
  long rangeWord() {
    return Words.get(output, 8);
  }

  /**
   * Maps a uniform 64-bit word onto 0 to bound - 1, as ⌊word · bound / 2^64⌋.
   *
   * <p>No rejection and no remainder: every value keeps its probability 1 / bound to within 2^-64,
   * and the values that get one word more lie evenly spread over the range instead of at its low
   * end. The mean is short of (bound - 1) / 2 by at most bound / 2^65, which for the largest packet
   * of all is below 1/4096 of a minor unit, and for 100.00 below 10^-15.
   */
  static long below(long word, long bound) {
    return Math.unsignedMultiplyHigh(word, bound);
  }
}
