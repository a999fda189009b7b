// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Live rooms".
package io.hongbao.live;

import java.util.LinkedHashSet;
import java.util.Set;
import org.agrona.collections.Long2ObjectHashMap;

/**
 * The floors of all rooms of one owner loop.
 *
 * <p><b>Thread:</b> that loop's, after loading.
 */
final class FloorLoop {

  final Long2ObjectHashMap<Floor> floors = new Long2ObjectHashMap<>();
  final Set<Floor> full = new LinkedHashSet<>();
  final KeyMemory keys;

  FloorLoop(int keysMax) {
    this.keys = new KeyMemory(keysMax);
  }

  /** Lets the next ones speak in rooms where messages wait. */
  void pump(long nowMs) {
    full.removeIf(
        floor -> {
          floor.pump(nowMs);
          return !floor.isBusy();
        });
  }

  /** Forgets rooms in which nothing is going on, and old keys. */
  void sweep(long nowMs) {
    keys.sweep(nowMs);
    floors.values().removeIf(floor -> floor.isIdle(nowMs));
  }
}
