// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The engine".
package io.hongbao.engine;

import org.jspecify.annotations.Nullable;

/**
 * Deadlines of one partition: a binary heap in three primitive columns, 24 bytes a timer.
 *
 * <p>Derived state: appliers and snapshot loading set timers, nothing journals them. A timer is
 * never cancelled; when it is due its family looks whether it still means anything.
 *
 * <p><b>Thread:</b> the partition's.
 */
public final class Timers {

  private long[] dues = new long[64];
  private long[] ids = new long[64];
  private int[] kinds = new int[64];
  private int count;

  // Aside until somebody has looked at the clock; a heap too, for its room only.
  private @Nullable Timers held;

  /**
   * @param schemaId family that is called
   * @param kind what the family set it for, 0 to 255
   */
  public void set(long dueMs, int schemaId, int kind, long id) {
    if (count == dues.length) {
      dues = java.util.Arrays.copyOf(dues, count * 2);
      ids = java.util.Arrays.copyOf(ids, count * 2);
      kinds = java.util.Arrays.copyOf(kinds, count * 2);
    }
    int at = count++;
    while (at > 0 && dues[(at - 1) >>> 1] > dueMs) {
      copy((at - 1) >>> 1, at);
      at = (at - 1) >>> 1;
    }
    dues[at] = dueMs;
    ids[at] = id;
    kinds[at] = schemaId << 8 | kind;
  }

  public int count() {
    return count;
  }

  /** Puts aside what is due by then; what is set later on runs. */
  void hold(long untilMs) {
    Timers aside = held == null ? new Timers() : held;
    while (nextDueMs() <= untilMs) {
      aside.set(dues[0], kinds[0] >>> 8, kinds[0] & 0xFF, ids[0]);
      removeFirst();
    }
    held = aside;
  }

  boolean isHolding() {
    return held != null;
  }

  /** Takes back what was put aside. */
  void letGo() {
    Timers aside = held;
    held = null;
    for (int i = 0; aside != null && i < aside.count; i++) {
      set(aside.dues[i], aside.kinds[i] >>> 8, aside.kinds[i] & 0xFF, aside.ids[i]);
    }
  }

  /** Due time of the earliest timer; {@link Long#MAX_VALUE} when there is none. */
  public long nextDueMs() {
    return count == 0 ? Long.MAX_VALUE : dues[0];
  }

  int firstSchemaId() {
    return kinds[0] >>> 8;
  }

  int firstKind() {
    return kinds[0] & 0xFF;
  }

  long firstId() {
    return ids[0];
  }

  void removeFirst() {
    int last = --count;
    long due = dues[last];
    int at = 0;
    while (true) {
      int child = 2 * at + 1;
      if (child >= last) {
        break;
      }
      if (child + 1 < last && dues[child + 1] < dues[child]) {
        child++;
      }
      if (dues[child] >= due) {
        break;
      }
      copy(child, at);
      at = child;
    }
    copy(last, at);
  }

  private void copy(int from, int to) {
    dues[to] = dues[from];
    ids[to] = ids[from];
    kinds[to] = kinds[from];
  }
}
