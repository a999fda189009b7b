// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Webhooks".
package io.hongbao.webhook;

/**
 * A place between two events of the log, as the feed's cursor names it; this family only keeps it.
 *
 * @param passed events of the record at this position that lie before the place
 * @param check tells that record from another at the same position
 */
public record HookPlace(long logPosition, int passed, long check) {

  public static final HookPlace START = new HookPlace(0, 0, 0);

  boolean isAfter(HookPlace other) {
    return logPosition > other.logPosition
        || (logPosition == other.logPosition && passed > other.passed);
  }
}
