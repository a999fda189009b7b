// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Live rooms".
package io.hongbao.live.filter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class WordChangesTest {

  private final WordFilter filter = new WordFilter();
  private final Queue<Runnable> worker = new ArrayDeque<>();
  private final WordChanges changes = new WordChanges(filter, worker::add);

  /** Whoever asks for a change goes on at once; texts are read with the old words meanwhile. */
  @Test
  void aChangeIsMadeByTheWorkerAndToldThen() {
    CompletableFuture<Integer> made = changes.make(List.of(WordFilter.folded("viagra")), List.of());

    assertFalse(made.isDone());
    assertFalse(filter.matches("viagra"));
    assertEquals(1, changes.sizeMax());
    worker.remove().run();
    assertEquals(1, made.join());
    assertTrue(filter.matches("viagra"));
  }

  @Test
  void changesThatWaitAreMadeAtOnceAndInTheirOrder() {
    CompletableFuture<Integer> first = changes.make(List.of("one", "two"), List.of());
    CompletableFuture<Integer> second = changes.make(List.of("three"), List.of("two"));
    CompletableFuture<Integer> third = changes.make(List.of("two"), List.of("three"));

    assertEquals(1, worker.size());
    worker.remove().run();
    assertEquals(List.of("one", "two"), filter.words());
    assertEquals(List.of(2, 2, 2), List.of(first.getNow(0), second.getNow(0), third.getNow(0)));
    var later = changes.make(List.of(), List.of("one"));
    worker.remove().run();
    assertEquals(1, later.join());
  }
}
