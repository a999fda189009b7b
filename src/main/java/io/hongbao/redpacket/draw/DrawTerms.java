// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Red packets".
package io.hongbao.redpacket.draw;

import io.hongbao.model.Check;
import org.jspecify.annotations.Nullable;

/**
 * Everything besides the seed that fixes a packet's shares and its commitment.
 *
 * <p><b>Invariant:</b> the terms can be drawn: {@link #objection} had nothing to say.
 *
 * @param packetId the packet's id, positive
 * @param totalMinor what is split, in the asset's minor unit
 * @param count into how many shares
 * @param minimumMinor no share is smaller
 * @param expiresAtMs from this instant on nobody can take a share any more, ms since 1970 UTC
 */
public record DrawTerms(
    long packetId,
    PacketKind kind,
    long totalMinor,
    int count,
    long minimumMinor,
    long expiresAtMs,
    SenderNonce nonce) {

  /** The number of the rules in this package; part of every hashed tag. */
  public static final int RULE = 1;

  /** Largest integer that every JSON reader keeps exactly: 2^53 - 1. */
  public static final long TOTAL_MINOR_MAX = (1L << 53) - 1;

  /**
   * Limit of the rule, far above what a server configures (500 people in a room): bounds a
   * verifier's work on a hostile document to 200,000 hashes and 0.8 MB.
   */
  public static final int COUNT_MAX = 100_000;

  public DrawTerms {
    String objection = objection(packetId, kind, totalMinor, count, minimumMinor, expiresAtMs);
    Check.that(objection == null, objection == null ? "" : objection);
  }

  /** Says in one sentence why such terms cannot be drawn, or null when they can. */
  public static @Nullable String objection(
      long packetId,
      PacketKind kind,
      long totalMinor,
      long count,
      long minimumMinor,
      long expiresAtMs) {
    if (packetId <= 0) {
      return "packet id " + packetId + " is not positive";
    }
    if (expiresAtMs < 0) {
      return "expiry " + expiresAtMs + " is negative";
    }
    if (count < 1 || count > COUNT_MAX) {
      return "count " + count + " is not within 1 to " + COUNT_MAX;
    }
    if (totalMinor < 1 || totalMinor > TOTAL_MINOR_MAX) {
      return "total " + totalMinor + " is not within 1 to " + TOTAL_MINOR_MAX;
    }
    if (minimumMinor < 1) {
      return "minimum " + minimumMinor + " is below 1";
    }
    // By division, because count times minimum may pass 2^63 where the terms come from outside.
    if (totalMinor / count < minimumMinor) {
      return "total " + totalMinor + " leaves less than " + minimumMinor + " for each of " + count;
    }
    if (kind == PacketKind.EQUAL && totalMinor % count != 0) {
      return "total " + totalMinor + " does not divide into " + count + " equal shares";
    }
    if (kind == PacketKind.EXCLUSIVE && count != 1) {
      return "an exclusive packet has one share, not " + count;
    }
    return null;
  }
}
