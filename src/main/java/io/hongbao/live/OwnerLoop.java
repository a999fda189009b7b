// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Live rooms".
package io.hongbao.live;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
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
 * <p><b>Thread:</b> any posts; the rest is the loop's.
 */
final class OwnerLoop {

  private static final Logger LOG = System.getLogger(OwnerLoop.class.getName());

  /** So that a loop with many entries also reads its sockets. */
  private static final int DRAIN_MAX = 1_024;

  private final Executor loop;
  private final ManyToOneConcurrentArrayQueue<Runnable> tasks;
  private final AtomicBoolean isAwake = new AtomicBoolean();
  private final RoomLogs.AllFollower everybody;
  private final OwnedRooms rooms;
  private List<LiveRoom> changed = new ArrayList<>();
  private boolean isDraining;
  private volatile long threadId = -1;

  OwnerLoop(Executor loop, int tasksMax, RoomLogs.AllFollower everybody, OwnedRooms rooms) {
    this.rooms = rooms;
    this.loop = loop;
    this.tasks = new ManyToOneConcurrentArrayQueue<>(tasksMax);
    this.everybody = everybody;
    loop.execute(() -> threadId = Thread.currentThread().threadId());
  }

  /** Runs a task behind those that were posted before; false when too many wait. */
  boolean post(Runnable task) {
    if (!tasks.offer(task)) {
      return false;
    }
    wake();
    return true;
  }

  /** Leaves a task there; false when too many wait. Whoever leaves some wakes the loop after. */
  boolean leave(Runnable task) {
    return tasks.offer(task);
  }

  void wakeForWhatWaits() {
    if (!tasks.isEmpty()) {
      wake();
    }
  }

  /** Runs a task on the loop; at once when this is the loop. */
  void call(Runnable task) {
    if (isHere()) {
      task.run();
    } else {
      loop.execute(task);
    }
  }

  boolean isHere() {
    return Thread.currentThread().threadId() == threadId;
  }

  /** The loop's rooms; called on the loop. */
  OwnedRooms rooms() {
    return rooms;
  }

  int waiting() {
    return tasks.size();
  }

  /** Tells the room's followers at the end of this turn; called on the loop. */
  void changed(LiveRoom room) {
    changed.add(room);
    if (!isDraining) {
      wake();
    }
  }

  private void wake() {
    if (isAwake.compareAndSet(false, true)) {
      loop.execute(this::drain);
    }
  }

  private void drain() {
    isAwake.set(false);
    isDraining = true;
    tasks.drain(OwnerLoop::run, DRAIN_MAX);
    isDraining = false;
    List<LiveRoom> rooms = changed;
    changed = new ArrayList<>();
    rooms.forEach(room -> run(() -> room.tell(everybody)));
    if (!tasks.isEmpty()) {
      wake();
    }
  }

  // A bug in one room's task must not take the others' with it.
  private static void run(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException bug) {
      LOG.log(Level.ERROR, "a task of a live room failed", bug);
    }
  }
}
