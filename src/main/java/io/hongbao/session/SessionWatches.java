// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Sessions".
package io.hongbao.session;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/**
 * Who wants to know when a session ends: streams of events, rooms, whatever lives longer than a
 * request.
 *
 * <p><b>Thread:</b> any registers and leaves; listeners are called on the thread of the partition
 * that ended the session, in the moment in which it leaves the directory, and must return at once.
 *
 * <p><b>Limit:</b> one entry per open stream; who opens streams bounds them.
 */
final class SessionWatches {

  /** A login by its id, a minted token by its hash: both are 64 bits of chance. */
  private record Key(long userId, long id) {}

  private final Map<Key, Set<Watch>> watches = new ConcurrentHashMap<>();

  private final class Watch implements SessionWatch {

    private final Key key;
    private final Runnable onEnd;
    private final AtomicBoolean hasFired = new AtomicBoolean();

    private Watch(Key key, Runnable onEnd) {
      this.key = key;
      this.onEnd = onEnd;
    }

    // By the session's end and by who found it ended already, whichever comes first.
    void fire() {
      if (hasFired.compareAndSet(false, true)) {
        onEnd.run();
      }
    }

    @Override
    public void close() {
      watches.computeIfPresent(
          key,
          (same, set) -> {
            set.remove(this);
            return set.isEmpty() ? null : set;
          });
    }
  }

  /**
   * Registers a listener.
   *
   * @param isThere asked after that: a session that ended in between is told of at once
   */
  SessionWatch add(Session session, BooleanSupplier isThere, Runnable onEnd) {
    Watch watch = new Watch(key(session), onEnd);
    watches.compute(
        watch.key,
        (key, set) -> {
          Set<Watch> to = set == null ? ConcurrentHashMap.newKeySet() : set;
          to.add(watch);
          return to;
        });
    if (!isThere.getAsBoolean()) {
      watch.close();
      watch.fire();
    }
    return watch;
  }

  void ended(Session session) {
    Set<Watch> ended = watches.remove(key(session));
    if (ended != null) {
      ended.forEach(Watch::fire);
    }
  }

  int count() {
    return watches.size();
  }

  private static Key key(Session session) {
    return new Key(
        session.userId(), session.sessionId() == 0 ? session.hashHigh() : session.sessionId());
  }
}
