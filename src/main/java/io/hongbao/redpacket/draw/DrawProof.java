// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Red packets".
package io.hongbao.redpacket.draw;

import java.util.List;

/**
 * What a closed packet reveals, so that anyone can draw it again.
 *
 * <p>Carries numbers as they were stated, impossible ones included: judging them is {@link
 * DrawVerifier}'s work. The asset is for the reader; the commitment does not cover it.
 *
 * @param shares the opened ones in the order of their opening; fewer than count when it expired
 */
public record DrawProof(
    long rule,
    long packetId,
    String asset,
    PacketKind kind,
    long totalMinor,
    long count,
    long minimumMinor,
    long expiresAtMs,
    SenderNonce nonce,
    DrawCommitment commitment,
    DrawSeed seed,
    List<OpenedShare> shares) {

  public DrawProof {
    shares = List.copyOf(shares);
  }

  /** The proof of a packet that this server has drawn. */
  public static DrawProof of(
      DrawTerms terms,
      String asset,
      DrawCommitment commitment,
      DrawSeed seed,
      List<OpenedShare> shares) {
    return new DrawProof(
        DrawTerms.RULE,
        terms.packetId(),
        asset,
        terms.kind(),
        terms.totalMinor(),
        terms.count(),
        terms.minimumMinor(),
        terms.expiresAtMs(),
        terms.nonce(),
        commitment,
        seed,
        shares);
  }
}
