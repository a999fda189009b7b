// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Crash and soak".
package io.hongbao.drill;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Requests at a steady rate, whether or not the server keeps up; what is begun is also ended, so
 * that a server at rest holds as much after an hour as after a minute.
 *
 * <p>Each request has its moment. A late answer delays nobody's moment but counts from it, so that
 * a server that stands still for a second is charged for all who came meanwhile.
 *
 * <p><b>Limit:</b> {@link #CONNECTIONS} requests at once.
 */
final class SteadyLoad {

  static final int CONNECTIONS = 64;

  /** Windows of one part; the part's quantile is their median, which one hiccup does not move. */
  private static final int WINDOWS = 10;

  private static final int SHARES = 5;
  private static final double P99 = 0.99;
  private static final long NANOS = 1_000_000_000L;

  private final Notebook people;
  private final List<Long> users;
  private final IntSupplier port;
  private final String operatorKey;
  private final Queue<Ask> begun = new ConcurrentLinkedQueue<>();
  private final AtomicLong keys = new AtomicLong();
  private final String keyPrefix;

  /**
   * What one stretch of load came to.
   *
   * @param p99Ns median of the windows' 99th percentiles, from each request's moment
   * @param lateNs the same of how late the machine woke those who waited for their moment: what a
   *     request can lose before it is even sent
   * @param answeredPerS what the server really did
   */
  record Stretch(long p99Ns, long lateNs, double answeredPerS, int refused, int lost) {}

  SteadyLoad(Notebook people, IntSupplier port, String operatorKey, long seed) {
    this.people = people;
    this.users = people.users();
    this.port = port;
    this.operatorKey = operatorKey;
    this.keyPrefix = "soak-" + Long.toHexString(seed) + "-";
  }

  /** Runs so many requests a second for so long. */
  Stretch run(double perS, double seconds, long seed) throws Exception {
    int count = (int) Math.max(WINDOWS, perS * seconds);
    long[] tookNs = new long[count];
    long[] lateNs = new long[count];
    AtomicInteger next = new AtomicInteger();
    AtomicInteger refused = new AtomicInteger();
    AtomicInteger lost = new AtomicInteger();
    long begunNanos = System.nanoTime();
    List<Future<Boolean>> workers = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < CONNECTIONS; i++) {
        SplittableRandom random = new SplittableRandom(seed * CONNECTIONS + i);
        workers.add(
            threads.submit(
                () -> {
                  try (Wire wire = new Wire(port)) {
                    for (int at = next.getAndIncrement(); at < count; at = next.getAndIncrement()) {
                      long dueNanos = begunNanos + (long) (at * (NANOS / perS));
                      lateNs[at] = awaitNanos(dueNanos);
                      one(wire, random, refused, lost);
                      tookNs[at] = System.nanoTime() - dueNanos;
                    }
                  }
                  return true;
                }));
      }
    }
    for (Future<Boolean> worker : workers) {
      worker.get();
    }
    double tookS = (System.nanoTime() - begunNanos) / (double) NANOS;
    return new Stretch(p99(tookNs), p99(lateNs), count / tookS, refused.get(), lost.get());
  }

  /** Ends all that was begun. */
  void settle() {
    try (Wire wire = new Wire(port)) {
      for (Ask ask = begun.poll(); ask != null; ask = begun.poll()) {
        wire.ask(ask, token(ask));
      }
    } catch (IOException lost) {
      begun.clear();
    }
  }

  // Returns how late the machine woke us; nothing when the moment had passed before.
  private static long awaitNanos(long dueNanos) {
    if (dueNanos - System.nanoTime() <= 0) {
      return 0;
    }
    for (long left = dueNanos - System.nanoTime(); left > 0; left = dueNanos - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
    return System.nanoTime() - dueNanos;
  }

  private void one(Wire wire, SplittableRandom random, AtomicInteger refused, AtomicInteger lost) {
    Ask due = begun.poll();
    Ask ask = due == null ? fresh(random) : due;
    try {
      Answer answer = wire.ask(ask, token(ask));
      if (answer.isOk()) {
        goOn(ask, answer, random);
      } else {
        refused.incrementAndGet();
      }
    } catch (IOException gone) {
      lost.incrementAndGet();
    }
  }

  private Ask fresh(SplittableRandom random) {
    long user = user(random);
    String key = keyPrefix + keys.incrementAndGet();
    return switch (random.nextInt(6)) {
      case 0 -> new Ask.TopUp(user, key, 500);
      case 1 -> new Ask.Move(user, key, List.of(new Ask.Leg(other(user), 100)));
      case 2 -> new Ask.Hold(user, key, 100, people.heldUntil());
      default -> new Ask.Send(user, key, "lucky", SHARES * 100L, SHARES);
    };
  }

  // A packet is opened to the last share, a hold is given back.
  private void goOn(Ask ask, Answer answer, SplittableRandom random) {
    @Nullable String id = answer.body().getString("id");
    if (id == null) {
      return;
    }
    if (ask instanceof Ask.Send) {
      int first = random.nextInt(users.size());
      for (int i = 0; i < SHARES; i++) {
        begun.add(new Ask.Open(users.get((first + i) % users.size()), id));
      }
    } else if (ask instanceof Ask.Hold hold) {
      begun.add(new Ask.Free(hold.userId(), keyPrefix + keys.incrementAndGet(), id));
    }
  }

  private long user(SplittableRandom random) {
    return users.get(random.nextInt(users.size()));
  }

  private long other(long user) {
    return users.get((users.indexOf(user) + 1) % users.size());
  }

  private String token(Ask ask) {
    return ask.isOperators() ? operatorKey : people.token(ask.userId());
  }

  private static long p99(long[] tookNs) {
    long[] windows = new long[WINDOWS];
    for (int i = 0; i < WINDOWS; i++) {
      int from = (int) ((long) tookNs.length * i / WINDOWS);
      int to = (int) ((long) tookNs.length * (i + 1) / WINDOWS);
      long[] sorted = Arrays.copyOfRange(tookNs, from, to);
      Arrays.sort(sorted);
      windows[i] = sorted[Math.min(sorted.length - 1, (int) (sorted.length * P99))];
    }
    Arrays.sort(windows);
    return windows[WINDOWS / 2];
  }
}
