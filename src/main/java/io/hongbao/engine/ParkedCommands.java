// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The engine".
package io.hongbao.engine;

import java.util.ArrayList;
import java.util.List;
import org.agrona.collections.Long2ObjectHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Commands that wait until something happens to an entity.
 *
 * <p><b>Thread:</b> the partition's.
 */
final class ParkedCommands {

  /** One that waits. */
  record Parked(Command command, ReplyPort port) {}

  private final Long2ObjectHashMap<List<Parked>> parked = new Long2ObjectHashMap<>();
  private final List<Parked> woken = new ArrayList<>();
  private int count;

  /** How many wait; those that have been woken are counted no more. */
  int count() {
    return count;
  }

  void park(long entityId, Command command, ReplyPort port) {
    parked.computeIfAbsent(entityId, id -> new ArrayList<>()).add(new Parked(command, port));
    count++;
  }

  void wake(long entityId) {
    List<Parked> waiting = parked.remove(entityId);
    if (waiting != null) {
      count -= waiting.size();
      woken.addAll(waiting);
    }
  }

  /** One that is to run again; null when there is none. */
  @Nullable Parked nextWoken() {
    return woken.isEmpty() ? null : woken.removeLast();
  }

  @SuppressWarnings("ReferenceEquality") // A port is a caller that waits; no two are equal.
  void forget(long entityId, ReplyPort port) {
    List<Parked> waiting = parked.get(entityId);
    if (waiting != null && waiting.removeIf(one -> one.port() == port)) {
      count--;
      if (waiting.isEmpty()) {
        parked.remove(entityId);
      }
    }
  }
}
