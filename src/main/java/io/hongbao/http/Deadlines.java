// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The edge".
package io.hongbao.http;

import io.hongbao.model.Check;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Waiting things that all have the same time to wait, so that the first to come is the first due.
 *
 * <p>A linked list through its entries: entering and leaving cost a few writes, where a timer of
 * the event loop for each request would cost a place in a heap.
 *
 * <p><b>Thread:</b> one event loop's.
 */
final class Deadlines<T> {

  /** Something that waits; in at most one list at a time. */
  static final class Entry<T> {

    private final T owner;
    private long dueMs;
    private @Nullable Deadlines<T> list;
    private @Nullable Entry<T> before;
    private @Nullable Entry<T> after;

    Entry(T owner) {
      this.owner = owner;
    }
  }

  private final long timeoutMs;
  private @Nullable Entry<T> first;
  private @Nullable Entry<T> last;
  private int count;

  Deadlines(long timeoutMs) {
    this.timeoutMs = timeoutMs;
  }

  int count() {
    return count;
  }

  /**
   * Lets an entry wait from now on.
   *
   * @param nowMs monotonic
   */
  void add(Entry<T> entry, long nowMs) {
    Check.that(entry.list == null, "an entry waits once");
    entry.list = this;
    entry.dueMs = nowMs + timeoutMs;
    entry.before = last;
    entry.after = null;
    if (last == null) {
      first = entry;
    } else {
      last.after = entry;
    }
    last = entry;
    count++;
  }

  /** Takes an entry out; no harm if it is not in this list. */
  void remove(Entry<T> entry) {
    if (entry.list != this) {
      return;
    }
    entry.list = null;
    if (entry.before == null) {
      first = entry.after;
    } else {
      entry.before.after = entry.after;
    }
    if (entry.after == null) {
      last = entry.before;
    } else {
      entry.after.before = entry.before;
    }
    entry.before = null;
    entry.after = null;
    count--;
  }

  /** Takes out everything that is due and hands it over. */
  void expire(long nowMs, Consumer<T> due) {
    for (Entry<T> entry = first; entry != null && entry.dueMs <= nowMs; entry = first) {
      remove(entry);
      due.accept(entry.owner);
    }
  }
}
