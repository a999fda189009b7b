// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Red packets".
package io.hongbao.redpacket.draw;

import io.hongbao.redpacket.draw.DrawDifference.Kind;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Draws a closed packet again and says in what its proof differs, if in anything.
 *
 * <p><b>Failure:</b> a false proof is a value, never an exception, however hostile its numbers.
 *
 * <p><b>Limit:</b> work and memory grow with the packet's count and the listed shares only; the
 * count is bounded by {@link DrawTerms#COUNT_MAX}.
 *
 * <p><b>Thread:</b> any; each call has its own state.
 */
public final class DrawVerifier {

  private final List<DrawDifference> differences = new ArrayList<>();
  private final DrawProof proof;

  private DrawVerifier(DrawProof proof) {
    this.proof = proof;
  }

  /**
   * Verifies a proof.
   *
   * @param noted the commitment that the reader noted when the packet arrived; without it the proof
   *     is only checked against itself, which a server that changed its mind could arrange
   */
  public static DrawVerdict verify(DrawProof proof, @Nullable DrawCommitment noted) {
    return new DrawVerifier(proof).verdict(noted);
  }

  private DrawVerdict verdict(@Nullable DrawCommitment noted) {
    if (noted != null && !noted.equals(proof.commitment())) {
      differs(
          Kind.NOTED_COMMITMENT,
          "commitment is " + proof.commitment().hex() + ", noted on arrival was " + noted.hex());
    }
    if (proof.rule() != DrawTerms.RULE) {
      differs(
          Kind.RULE, "rule is " + proof.rule() + ", this verifier knows rule " + DrawTerms.RULE);
      return new DrawVerdict(null, differences);
    }
    String objection =
        DrawTerms.objection(
            proof.packetId(),
            proof.kind(),
            proof.totalMinor(),
            proof.count(),
            proof.minimumMinor(),
            proof.expiresAtMs());
    if (objection != null) {
      differs(Kind.TERMS, objection);
      return new DrawVerdict(null, differences);
    }

    DrawTerms terms =
        new DrawTerms(
            proof.packetId(),
            proof.kind(),
            proof.totalMinor(),
            (int) proof.count(),
            proof.minimumMinor(),
            proof.expiresAtMs(),
            proof.nonce());
    checkCommitment(terms);
    // Shares are compared even when the commitment differs: the reader wants to see how far it
    // goes.
    ShareTable table = ShareTable.draw(new ShareChance(), terms, proof.seed());
    checkPlaces();
    checkAmounts(table);
    checkSum();
    return new DrawVerdict(table, differences);
  }

  private void checkCommitment(DrawTerms terms) {
    DrawCommitment computed = new DrawCommitter().commit(terms, proof.seed());
    if (!computed.equals(proof.commitment())) {
      differs(
          Kind.COMMITMENT,
          "commitment does not match: it is "
              + proof.commitment().hex()
              + ", terms and seed give "
              + computed.hex());
    }
  }

  private void checkPlaces() {
    if (proof.shares().size() > proof.count()) {
      differs(
          Kind.COUNT,
          proof.shares().size() + " shares are listed, the packet has " + proof.count());
    }
    BitSet listed = new BitSet();
    long previous = 0;
    for (OpenedShare share : proof.shares()) {
      long place = share.place();
      if (!hasPlace(place)) {
        differs(Kind.PLACE, "place " + place + " is not within 1 to " + proof.count());
        continue;
      }
      if (listed.get((int) place)) {
        differs(Kind.DUPLICATE, "place " + place + " is listed twice");
      } else if (place < previous) {
        differs(Kind.ORDER, "place " + place + " is listed after place " + previous);
      }
      listed.set((int) place);
      previous = place;
    }
    int missing = listed.nextClearBit(1);
    while (missing < listed.length()) {
      int next = listed.nextSetBit(missing);
      differs(
          Kind.GAP,
          next - missing == 1
              ? "place " + missing + " is missing"
              : "places " + missing + " to " + (next - 1) + " are missing");
      missing = listed.nextClearBit(next);
    }
  }

  private void checkAmounts(ShareTable table) {
    for (OpenedShare share : proof.shares()) {
      if (!hasPlace(share.place())) {
        continue;
      }
      long drawnMinor = table.amountMinor((int) share.place());
      if (share.amountMinor() != drawnMinor) {
        differs(
            Kind.AMOUNT,
            "share at place "
                + share.place()
                + " is "
                + share.amountMinor()
                + ", drawn "
                + drawnMinor);
      }
    }
  }

  private void checkSum() {
    long leftMinor = proof.totalMinor();
    for (OpenedShare share : proof.shares()) {
      // Subtraction from a non-negative rest cannot overflow for any amount above it. A negative
      // amount is reported with its place; it may not make room for others here.
      if (share.amountMinor() > leftMinor) {
        differs(Kind.SUM, "the listed amounts sum to more than the total " + proof.totalMinor());
        return;
      }
      leftMinor -= Math.max(0, share.amountMinor());
    }
    if (proof.shares().size() == proof.count() && leftMinor != 0) {
      differs(
          Kind.SUM,
          "all shares are listed, but they sum to "
              + (proof.totalMinor() - leftMinor)
              + ", total "
              + proof.totalMinor());
    }
  }

  private boolean hasPlace(long place) {
    return place >= 1 && place <= proof.count();
  }

  private void differs(Kind kind, String sentence) {
    differences.add(new DrawDifference(kind, sentence));
  }
}
