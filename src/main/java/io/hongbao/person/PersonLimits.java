// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "People".
package io.hongbao.person;

import java.time.ZoneId;

/**
 * Limits of people, by configuration.
 *
 * @param failuresPerUserMax failed logins after which a user is blocked until the day's end
 * @param failuresPerAddressMax the same for all logins from one network address
 * @param addressesMax addresses that one partition counts; one more takes the place of the one with
 *     the fewest failures
 * @param zone in which days end
 */
public record PersonLimits(
    int failuresPerUserMax, int failuresPerAddressMax, int addressesMax, ZoneId zone) {

  /** For how long a name, phone or external id is kept while its user's partition decides. */
  public static final long CLAIM_MS = 30_000;

  /** How long after that the partition is asked; what was under way has arrived by then. */
  static final long QUESTION_AFTER_MS = 5_000;

  /** What the documented configuration gives. */
  public static PersonLimits defaults() {
    return new PersonLimits(10, 50, 2_500, ZoneId.of("UTC"));
  }
}
