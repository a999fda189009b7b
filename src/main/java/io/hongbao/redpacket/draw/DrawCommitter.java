// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Red packets".
package io.hongbao.redpacket.draw;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * Computes the commitment that a packet's message carries.
 *
 * <pre>
 * "hb1seal" | packet id | total | count | kind | minimum | expiry ms | nonce size | nonce | seed
 *     7           8         8       8      8        8          8           8        0-64    32
 * </pre>
 *
 * <p><b>Thread:</b> one owner at a time; the digest and the buffer are reused.
 */
public final class DrawCommitter {

  private static final byte[] TAG = "hb1seal".getBytes(StandardCharsets.US_ASCII);
  private static final int NUMBERS = 7;
  private static final int SIZE_BYTES_MAX =
      TAG.length + NUMBERS * 8 + SenderNonce.SIZE_BYTES_MAX + DrawSeed.SIZE_BYTES;

  private final MessageDigest sha256 = Words.newSha256();
  private final byte[] input = new byte[SIZE_BYTES_MAX];

  public DrawCommitter() {
    System.arraycopy(TAG, 0, input, 0, TAG.length);
  }

  public DrawCommitment commit(DrawTerms terms, DrawSeed seed) {
    int at = TAG.length;
    at = put(at, terms.packetId());
    at = put(at, terms.totalMinor());
    at = put(at, terms.count());
    at = put(at, terms.kind().number());
    at = put(at, terms.minimumMinor());
    at = put(at, terms.expiresAtMs());
    at = put(at, terms.nonce().sizeBytes());
    terms.nonce().writeTo(input, at);
    at += terms.nonce().sizeBytes();
    seed.writeTo(input, at);
    at += DrawSeed.SIZE_BYTES;
    sha256.update(input, 0, at);
    return DrawCommitment.ofBytes(sha256.digest(), 0);
  }

  private int put(int at, long number) {
    Words.put(input, at, number);
    return at + 8;
  }
}
