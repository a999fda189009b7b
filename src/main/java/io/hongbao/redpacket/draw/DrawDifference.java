// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Red packets".
package io.hongbao.redpacket.draw;

/**
 * One thing in which a proof differs from what its seed draws.
 *
 * @param sentence for people, with the numbers
 */
public record DrawDifference(Kind kind, String sentence) {

  /** What differs; in the order in which a verifier looks. */
  public enum Kind {
    /** The proof follows rules that this verifier does not know. */
    RULE,
    /** No packet can have such terms, so nothing can be drawn. */
    TERMS,
    /**
     * Terms and seed do not hash to the proof's commitment: one of them was changed after sending.
     */
    COMMITMENT,
    /** The proof's commitment is not the one the reader noted when the packet arrived. */
    NOTED_COMMITMENT,
    /** More shares are listed than the packet has. */
    COUNT,
    /** A place that the packet does not have. */
    PLACE,
    /** A place is listed twice. */
    DUPLICATE,
    /** The shares are not listed in the order of their places. */
    ORDER,
    /** A place is missing below the highest one listed. */
    GAP,
    /** An amount is not the one that was drawn for its place. */
    AMOUNT,
    /** The listed amounts exceed the total, or all are listed and fall short of it. */
    SUM
  }
}
