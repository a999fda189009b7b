// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Read model".
package io.hongbao.export.sql;

/**
 * The place after which the next page of a list begins: the sort key of the last entry shown.
 *
 * <p>For packets and shares (time, packet id), for statements (sequence, event index). It names an
 * entry and not a distance, so entries that arrive in between shift nothing.
 */
public record ListPlace(long first, long second) {

  /** Before the newest entry. */
  static final ListPlace NEWEST = new ListPlace(Long.MAX_VALUE, Long.MAX_VALUE);
}
