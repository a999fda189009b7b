// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Live rooms".
package io.hongbao.live;

import java.util.ArrayDeque;
import java.util.Deque;
import org.agrona.collections.Long2LongHashMap;

/**
 * Who said how much in a room in the last 60 seconds.
 *
 * <p><b>Thread:</b> the owner loop's.
 *
 * <p><b>Limit:</b> what the room's budget lets through in that time.
 */
final class SpokenCounts {

  static final long WINDOW_MS = 60_000;

  private record Spoken(long atMs, long userId) {}

  private final Deque<Spoken> newest = new ArrayDeque<>();
  private final Long2LongHashMap counts = new Long2LongHashMap(0);

  void add(long userId, long nowMs) {
    forget(nowMs);
    newest.add(new Spoken(nowMs, userId));
    counts.put(userId, counts.get(userId) + 1);
  }

  long of(long userId, long nowMs) {
    forget(nowMs);
    return counts.get(userId);
  }

  boolean isEmpty(long nowMs) {
    forget(nowMs);
    return newest.isEmpty();
  }

  private void forget(long nowMs) {
    for (Spoken oldest = newest.peek();
        oldest != null && nowMs - oldest.atMs() >= WINDOW_MS;
        oldest = newest.peek()) {
      newest.remove();
      long left = counts.get(oldest.userId()) - 1;
      if (left == 0) {
        counts.remove(oldest.userId());
      } else {
        counts.put(oldest.userId(), left);
      }
    }
  }
}
