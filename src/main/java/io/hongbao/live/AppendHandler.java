// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Live rooms".
package io.hongbao.live;

/** Hears of the place that an entry got. */
@FunctionalInterface
public interface AppendHandler {

  /** For whom nobody waits. */
  AppendHandler NOBODY = entry -> {};

  /** The entry stands in the log; called on the room's owner loop. */
  void appended(LogEntry entry);
}
