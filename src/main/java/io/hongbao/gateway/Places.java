// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The gateway".
package io.hongbao.gateway;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * How many connections there may be: in all, of one address, of one user.
 *
 * <p><b>Thread:</b> any.
 */
final class Places {

  private final int all;
  private final int perAddress;
  private final int perUser;
  private final AtomicInteger open = new AtomicInteger();
  private final ConcurrentHashMap<Object, Integer> taken = new ConcurrentHashMap<>();

  private record User(long userId) {}

  Places(GatewayLimits limits) {
    this.all = limits.connectionsMax();
    this.perAddress = limits.perAddressMax();
    this.perUser = limits.perUserMax();
  }

  /** Connections that are open. */
  int open() {
    return open.get();
  }

  int max() {
    return all;
  }

  /** A place for a connection from an address; null when there is none. */
  @Nullable Place enter(String address) {
    if (open.incrementAndGet() > all) {
      open.decrementAndGet();
      return null;
    }
    Place place = take(address, perAddress, open::decrementAndGet);
    if (place == null) {
      open.decrementAndGet();
    }
    return place;
  }

  /** A place for a connection of a user; null when there is none. */
  @Nullable Place enter(long userId) {
    return take(new User(userId), perUser, () -> {});
  }

  private @Nullable Place take(Object who, int max, Runnable onLeave) {
    boolean[] isIn = new boolean[1];
    taken.compute(
        who,
        (same, count) -> {
          int now = count == null ? 0 : count;
          isIn[0] = now < max;
          return isIn[0] ? Integer.valueOf(now + 1) : count;
        });
    return isIn[0] ? new Taken(who, onLeave) : null;
  }

  private final class Taken implements Place {

    private final Object who;
    private final Runnable onLeave;
    private final AtomicBoolean isLeft = new AtomicBoolean();

    Taken(Object who, Runnable onLeave) {
      this.who = who;
      this.onLeave = onLeave;
    }

    @Override
    public void close() {
      if (isLeft.compareAndSet(false, true)) {
        taken.computeIfPresent(who, (same, count) -> count == 1 ? null : count - 1);
        onLeave.run();
      }
    }
  }
}
