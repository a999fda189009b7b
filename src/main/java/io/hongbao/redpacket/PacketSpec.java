// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Red packets".
package io.hongbao.redpacket;

import io.hongbao.model.Digest;
import io.hongbao.redpacket.draw.DrawSeed;
import io.hongbao.redpacket.draw.DrawTerms;

/**
 * Everything that is fixed when a packet is sent; never changes afterwards.
 *
 * @param claimHigh first half of the random code in the packet's message
 * @param seed the secret that decides every share; shown to nobody before the packet is closed
 */
public record PacketSpec(
    long packetId,
    long senderId,
    PacketTerms terms,
    long sentAtMs,
    long expiresAtMs,
    long claimHigh,
    long claimLow,
    DrawSeed seed) {

  /** Nobody who is let in leaves with an empty hand. */
  public static final long SHARE_MINOR_MIN = 1;

  /** A packet lives exactly this long, sandbox or not. */
  public static final long LIFETIME_MS = 24 * 3_600_000L;

  /** Of everything that is fixed here, for the state hash. */
  long digest(int tag) {
    long digest = Digest.mix(Digest.start(tag), packetId);
    digest = Digest.mix(digest, senderId);
    digest = Digest.mix(digest, terms.digest());
    digest = Digest.mix(digest, sentAtMs);
    digest = Digest.mix(digest, expiresAtMs);
    digest = Digest.mix(Digest.mix(digest, claimHigh), claimLow);
    digest = Digest.mix(Digest.mix(digest, seed.word0()), seed.word1());
    return Digest.mix(Digest.mix(digest, seed.word2()), seed.word3());
  }

  /** What the commitment covers. */
  public DrawTerms drawTerms() {
    return new DrawTerms(
        packetId,
        terms.kind(),
        terms.totalMinor(),
        terms.count(),
        SHARE_MINOR_MIN,
        expiresAtMs,
        terms.nonce());
  }
}
