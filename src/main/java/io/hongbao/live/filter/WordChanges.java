// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Live rooms".
package io.hongbao.live.filter;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * Brings changes into the {@link WordFilter} on a thread of their own: 100,000 words take it some
 * 100 ms, in which nobody who writes or speaks waits. Changes that came meanwhile are made at once.
 *
 * <p><b>Thread:</b> any.
 *
 * <p><b>Invariant:</b> changes are made in the order in which they came.
 */
public final class WordChanges {

  private record Change(WordFilter.Step step, CompletableFuture<Integer> made) {}

  private final WordFilter filter;
  private final Executor worker;
  private List<Change> waiting = new ArrayList<>();
  private boolean isWorking;

  /**
   * Begins with what the filter has.
   *
   * @param worker runs one task at a time, elsewhere
   */
  public WordChanges(WordFilter filter, Executor worker) {
    this.filter = filter;
    this.worker = worker;
  }

  /**
   * Takes folded words in and out.
   *
   * @return completes on the worker, with the number of words, when every text is seen with them
   */
  public CompletableFuture<Integer> make(List<String> added, List<String> removed) {
    CompletableFuture<Integer> made = new CompletableFuture<>();
    boolean isFirst;
    synchronized (this) {
      waiting.add(new Change(new WordFilter.Step(added, removed), made));
      isFirst = !isWorking;
      isWorking = true;
    }
    if (isFirst) {
      worker.execute(this::work);
    }
    return made;
  }

  /** Words that are in the list, or on their way. */
  public synchronized int sizeMax() {
    return filter.size() + waiting.stream().mapToInt(change -> change.step().added().size()).sum();
  }

  private void work() {
    for (List<Change> next = next(); !next.isEmpty(); next = next()) {
      try {
        filter.change(next.stream().map(Change::step).toList());
        int size = filter.size();
        next.forEach(change -> change.made().complete(size));
      } catch (RuntimeException bug) {
        next.forEach(change -> change.made().completeExceptionally(bug));
      }
    }
  }

  private synchronized List<Change> next() {
    List<Change> next = waiting;
    waiting = new ArrayList<>();
    isWorking = !next.isEmpty();
    return next;
  }
}
