// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Providers".
package io.hongbao.provider;

import java.util.Comparator;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** Clock and timers that move only when a test says so; everything runs on the test's thread. */
public final class FakeTime implements Timers, LongSupplier {

  /** 2026-01-31T08:00:00Z. */
  public static final long START_MS = 1_769_846_400_000L;

  private record Key(long atMs, long id) {}

  private final TreeMap<Key, Runnable> pending =
      new TreeMap<>(Comparator.comparingLong(Key::atMs).thenComparingLong(Key::id));
  private final AtomicLong ids = new AtomicLong();
  private long nowMs = START_MS;

  @Override
  public long getAsLong() {
    return nowMs;
  }

  @Override
  public long set(long delayMs, Runnable task) {
    long id = ids.incrementAndGet();
    pending.put(new Key(nowMs + Math.max(1, delayMs), id), task);
    return id;
  }

  @Override
  public boolean cancel(long timerId) {
    return pending.keySet().removeIf(key -> key.id() == timerId);
  }

  /** Lets the time pass, ringing each timer at its time. */
  public void advance(long byMs) {
    long untilMs = nowMs + byMs;
    while (!pending.isEmpty() && pending.firstKey().atMs() <= untilMs) {
      var next = pending.pollFirstEntry();
      nowMs = Math.max(nowMs, next.getKey().atMs());
      next.getValue().run();
    }
    nowMs = untilMs;
  }

  /** Moves the clock as an operator would: no timer notices. */
  public void jump(long byMs) {
    nowMs += byMs;
  }

  public int pendingCount() {
    return pending.size();
  }
}
