// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Limits".
package io.hongbao.account;

/**
 * Limits of accounts, by configuration.
 *
 * @param textCharsMax longest reason, receipt or operator's name, in Unicode code points
 * @param holdMsMax how far ahead the deadline of a hold may lie
 * @param queryAfterMs distance of the first two questions about an external hold; it grows from
 *     there
 * @param evictAfterMs transactions and closed holds leave memory after this; not below the
 *     idempotency window, since repeats are answered from them
 * @param legsInFlightMax legs of transfers on their way to other partitions, per partition
 * @param profilesMax owners with metadata, per partition
 */
public record AccountLimits(
    int textCharsMax,
    long holdMsMax,
    long queryAfterMs,
    long evictAfterMs,
    int legsInFlightMax,
    int profilesMax) {

  /** Half of what may be unacknowledged toward one partition: word about legs comes back there. */
  public static final int LEGS_IN_FLIGHT_MAX = 50_000;

  /** Ten million over 40 partitions; at 100 bytes of metadata each that is a gigabyte. */
  public static final int PROFILES_MAX = 250_000;

  /** The client's own name for a transfer. */
  public static final int REFERENCE_CHARS_MAX = 64;

  /** What the documented configuration gives. */
  public static AccountLimits defaults() {
    return new AccountLimits(
        200, 366L * 24 * 3_600_000, 30_000, 72L * 3_600_000, LEGS_IN_FLIGHT_MAX, PROFILES_MAX);
  }

  boolean isText(String text) {
    return text.codePointCount(0, text.length()) <= textCharsMax;
  }

  boolean isNote(AccountCommand.Note note) {
    return note.reference().length() <= REFERENCE_CHARS_MAX
        && isText(note.reason())
        && isText(note.operator())
        && note.metadata().fits();
  }
}
