// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Live rooms".
package io.hongbao.live;

import java.util.List;

/**
 * Is told what is appended to a room's log.
 *
 * <p><b>Thread:</b> always the room's owner loop; must be quick.
 *
 * <ul>
 *   <li>{@link #started} comes first and once;
 *   <li>then every entry behind that tail comes once and in order, in batches;
 *   <li>after the registration was closed on the owner loop nothing comes; closed elsewhere, a
 *       batch that is under way may still come.
 * </ul>
 */
public interface Follower {

  /** Following begins: whatever is behind this tail will be told. */
  default void started(Tail tail) {}

  /** New entries, in order and without a gap. The list is shared and immutable. */
  void entries(List<LogEntry> batch);
}
