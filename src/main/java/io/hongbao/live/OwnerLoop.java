// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Live rooms".
package io.hongbao.live;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.agrona.concurrent.ManyToOneConcurrentArrayQueue;

/**
 * The way to the event loop that owns a room: one bounded queue, one wake-up per drain.
 *
 * <p>All that came together is appended first and told then, so that followers get batches.
 *
 * <p><b>Thread:</b> any posts; the loop drains.
 */
final class OwnerLoop {

  /** So that a loop with many entries also reads its sockets. */
  private static final int DRAIN_MAX = 1_024;

  private record Letter(LiveRoom room, Runnable task) {}

  private final Executor loop;
  private final ManyToOneConcurrentArrayQueue<Letter> letters;
  private final AtomicBoolean isAwake = new AtomicBoolean();
  private volatile long threadId = -1;

  OwnerLoop(Executor loop, int lettersMax) {
    this.loop = loop;
    this.letters = new ManyToOneConcurrentArrayQueue<>(lettersMax);
  }

  /** Runs something that changes the room; false when the queue is full. */
  boolean post(LiveRoom room, Runnable task) {
    if (!letters.offer(new Letter(room, task))) {
      return false;
    }
    wake();
    return true;
  }

  /** Runs a task on the loop; at once when this is the loop. */
  void call(Runnable task) {
    if (Thread.currentThread().threadId() == threadId) {
      task.run();
    } else {
      loop.execute(task);
    }
  }

  private void wake() {
    if (isAwake.compareAndSet(false, true)) {
      loop.execute(this::drain);
    }
  }

  private void drain() {
    threadId = Thread.currentThread().threadId();
    isAwake.set(false);
    List<LiveRoom> changed = new ArrayList<>();
    letters.drain(
        letter -> {
          letter.task().run();
          if (!changed.contains(letter.room())) {
            changed.add(letter.room());
          }
        },
        DRAIN_MAX);
    changed.forEach(LiveRoom::tell);
    if (!letters.isEmpty()) {
      wake();
    }
  }
}
