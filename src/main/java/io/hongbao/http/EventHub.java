// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Events".
package io.hongbao.http;

import io.hongbao.feed.Feed;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Everybody on one loop who waits for events: woken together, looked after together.
 *
 * <p><b>Thread:</b> the loop's; the feed wakes it from its own.
 *
 * <p><b>Limit:</b> {@code events.streams_max} for all loops.
 */
final class EventHub {

  /** Deadlines and heart-beats are looked at this often. */
  private static final long SWEEP_MS = 100;

  /** A key that was taken back ends what it opened within a second. */
  private static final int SWEEPS_PER_CHECK = 4;

  private final Edge edge;
  private final Feed feed;
  private final EventMeters meters;
  private final int streamsMax;
  private final Set<EventWaiter> waiters = new LinkedHashSet<>();
  private final AtomicBoolean isWoken = new AtomicBoolean();
  private final Runnable listener = this::wake;
  private long timer;
  private int sweeps;

  EventHub(Edge edge) {
    this.edge = edge;
    EventParts events = edge.parts().events();
    this.feed = events.feed();
    this.meters = events.meters();
    this.streamsMax = events.settings().streamsMax();
  }

  void start(Vertx vertx) {
    feed.listen(listener);
    timer = vertx.setPeriodic(SWEEP_MS, ignored -> sweep());
  }

  /** Ends everybody; on any thread, as the server stops. */
  void stop(Vertx vertx) {
    feed.forget(listener);
    vertx.cancelTimer(timer);
    edge.onLoop(() -> all().forEach(EventWaiter::end));
  }

  Edge edge() {
    return edge;
  }

  Feed feed() {
    return feed;
  }

  EventMeters meters() {
    return meters;
  }

  /** Lets somebody wait here; false when too many do. */
  boolean enter(EventWaiter waiter) {
    return meters.enter(streamsMax) && waiters.add(waiter);
  }

  void leave(EventWaiter waiter) {
    if (waiters.remove(waiter)) {
      meters.leave();
    }
  }

  // One step on the loop, however often the feed calls before it runs.
  private void wake() {
    if (!isWoken.get() && isWoken.compareAndSet(false, true)) {
      edge.onLoop(
          () -> {
            isWoken.set(false);
            all().forEach(EventWaiter::look);
          });
    }
  }

  private void sweep() {
    boolean isCheck = ++sweeps % SWEEPS_PER_CHECK == 0;
    long nowMs = edge.monotonicMs();
    for (EventWaiter waiter : all()) {
      if (isCheck && !edge.isStillGood(waiter.principal())) {
        meters.countRevoked();
        waiter.revoked();
      } else if (edge.isDraining()) {
        waiter.end();
      } else {
        waiter.tick(nowMs);
      }
    }
  }

  // Who is called may leave.
  private List<EventWaiter> all() {
    return new ArrayList<>(waiters);
  }
}
