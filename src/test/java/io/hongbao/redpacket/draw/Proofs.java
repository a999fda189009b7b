// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Red packets".
package io.hongbao.redpacket.draw;

import java.util.ArrayList;
import java.util.List;

/** Makes honest proofs for tests to bend. */
final class Proofs {

  private Proofs() {}

  /** The proof of a packet of which the first {@code openedCount} shares were opened. */
  static DrawProof of(DrawTerms terms, DrawCommitment commitment, DrawSeed seed, int openedCount) {
    ShareTable table = ShareTable.draw(new ShareChance(), terms, seed);
    List<OpenedShare> shares = new ArrayList<>();
    for (int place = 1; place <= openedCount; place++) {
      shares.add(new OpenedShare(place, table.amountMinor(place)));
    }
    return DrawProof.of(terms, "CNY", commitment, seed, shares);
  }

  static DrawProof withShares(DrawProof proof, List<OpenedShare> shares) {
    return new DrawProof(
        proof.rule(),
        proof.packetId(),
        proof.asset(),
        proof.kind(),
        proof.totalMinor(),
        proof.count(),
        proof.minimumMinor(),
        proof.expiresAtMs(),
        proof.nonce(),
        proof.commitment(),
        proof.seed(),
        shares);
  }

  static DrawProof withNumbers(
      DrawProof proof, long rule, long totalMinor, long count, long minimum) {
    return new DrawProof(
        rule,
        proof.packetId(),
        proof.asset(),
        proof.kind(),
        totalMinor,
        count,
        minimum,
        proof.expiresAtMs(),
        proof.nonce(),
        proof.commitment(),
        proof.seed(),
        proof.shares());
  }
}
