// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Read model".
package io.hongbao.export;

/**
 * How two values for one column of one row meet.
 *
 * <p><b>Invariant:</b> every rule is commutative, associative and idempotent, so rows come out the
 * same whichever way and however often their parts arrive.
 */
public enum Merge {
  /** Part of the row's key. */
  KEY,
  /** The larger number stays; unknown is 0. Serves what is fixed once, and what only grows. */
  MAX,
  /** The smaller number stays; unknown is the largest {@code long}. */
  MIN,
  /** A text that is fixed once; unknown is empty. */
  TEXT
}
