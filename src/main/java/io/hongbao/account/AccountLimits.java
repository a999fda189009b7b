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
 */
public record AccountLimits(
    int textCharsMax, long holdMsMax, long queryAfterMs, long evictAfterMs) {

  /** What the documented configuration gives. */
  public static AccountLimits defaults() {
    return new AccountLimits(200, 366L * 24 * 3_600_000, 30_000, 72L * 3_600_000);
  }
}
