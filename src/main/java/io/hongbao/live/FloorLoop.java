// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Live rooms".
package io.hongbao.live;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.agrona.collections.Long2ObjectHashMap;

/**
 * The floors of all rooms of one owner loop.
 *
 * <p><b>Thread:</b> that loop's, after loading.
 */
final class FloorLoop {

  /** What wants to be said in the seconds in which a disk may stand, of a loud process. */
  private static final int HELD_MAX = 16_384;

  final Long2ObjectHashMap<Floor> floors = new Long2ObjectHashMap<>();
  final Set<Floor> full = new LinkedHashSet<>();
  final KeyMemory keys;
  private final Deque<Held> held = new ArrayDeque<>();

  /** Something to be said as soon as the database keeps up, or what is told when it does not. */
  private record Held(Runnable say, Runnable refuse) {}

  FloorLoop(int keysMax) {
    this.keys = new KeyMemory(keysMax);
  }

  /** Whether somebody waits for the database; who comes now must not overtake him. */
  boolean isHolding() {
    return !held.isEmpty();
  }

  /** Keeps something until the database keeps up; false when too much is kept. */
  boolean hold(Runnable say, Runnable refuse) {
    return held.size() < HELD_MAX && held.add(new Held(say, refuse));
  }

  /** Goes on with what was held, as long as the database keeps up. */
  void release(BooleanSupplier isInTime) {
    while (!held.isEmpty() && isInTime.getAsBoolean()) {
      held.remove().say().run();
    }
  }

  /** Refuses what was held. */
  void refuseHeld() {
    while (!held.isEmpty()) {
      held.remove().refuse().run();
    }
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
