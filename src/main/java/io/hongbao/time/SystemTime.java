// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Time and chance".
package io.hongbao.time;

import io.hongbao.model.Check;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The server's time: the wall clock at start, advanced by the monotonic clock, led slowly back to
 * the wall clock.
 *
 * <p>Once per {@link #WINDOW_NANOS} the reader who notices compares with the wall clock and sets
 * the rate for the next window. So there is no thread and no timer behind it.
 *
 * <p><b>Thread:</b> any; reads take no lock.
 *
 * <p><b>Invariant:</b> {@link #nowMs} never goes backwards, even between threads.
 *
 * <p><b>Limit:</b> time runs at most {@link #SLEW_PPM_MAX} fast or slow. A wall clock that is more
 * than {@link #STEP_NANOS_MAX} away was stepped (or the machine slept): the listener hears of it
 * once and time goes its own way until the wall clock is back or {@link #acceptWallClock} is
 * called.
 */
public final class SystemTime implements TimeSource {

  /** How long a rate holds: often enough for any real drift, rare enough to cost nothing. */
  static final long WINDOW_NANOS = 1_000_000_000L;

  /** The rate at which time servers correct a clock; deadlines err by 0.05 % at the very worst. */
  static final long SLEW_PPM_MAX = 500;

  /** After an operator accepted a wall clock that went back, time runs a tenth slower. */
  static final long ACCEPTED_SLEW_PPM_MAX = 100_000;

  static final long STEP_NANOS_MAX = 5_000_000_000L;

  /** The wall clock is read in whole milliseconds; twice that is noise. */
  static final long NOISE_NANOS = 2_000_000L;

  /** A comparison that was interrupted this long says nothing and is made again. */
  static final long READING_NANOS_MAX = 10_000_000L;

  private static final long NANOS_PER_MS = 1_000_000L;

  /**
   * One window: a straight line from the last comparison on.
   *
   * @param startNanos monotonic reading at the comparison
   * @param timeNanos our time then, nanoseconds since the epoch
   * @param ratePpm correction while the window lasts
   * @param offsetNanos wall clock minus our time then
   * @param accepted an operator told us to follow however far it is
   */
  private record Window(
      long startNanos, long timeNanos, long ratePpm, long offsetNanos, boolean accepted) {

    // The correction ends with its window even when nobody reads for hours: it was meant for the
    // offset that was seen, and would overshoot.
    long timeNanosAt(long monotonicNanos) {
      long passedNanos = monotonicNanos - startNanos;
      long correctedNanos = Math.min(passedNanos, WINDOW_NANOS);
      return timeNanos + passedNanos + correctedNanos / 1_000 * ratePpm / 1_000;
    }

    boolean isStepped() {
      return !accepted && Math.abs(offsetNanos) > STEP_NANOS_MAX;
    }
  }

  private final LongSupplier wallMs;
  private final LongSupplier monotonicNanos;
  private final AtomicReference<Window> window;
  private final AtomicLong highestMs = new AtomicLong(Long.MIN_VALUE);
  private volatile @Nullable WallClockListener listener;

  public SystemTime() {
    this(System::currentTimeMillis, System::nanoTime);
  }

  /**
   * @param wallMs the machine's time of day, milliseconds; may jump
   * @param monotonicNanos a clock that never goes backwards
   */
  public SystemTime(LongSupplier wallMs, LongSupplier monotonicNanos) {
    this.wallMs = wallMs;
    this.monotonicNanos = monotonicNanos;
    this.window =
        new AtomicReference<>(
            new Window(monotonicNanos.getAsLong(), wallMs.getAsLong() * NANOS_PER_MS, 0, 0, false));
  }

  /** Sets who hears of steps; there is one listener, set before the server opens. */
  public void listen(WallClockListener listener) {
    this.listener = listener;
  }

  @Override
  public long nowMs() {
    long nanos = monotonicNanos.getAsLong();
    Window current = window();
    if (nanos - current.startNanos >= WINDOW_NANOS) {
      current = compare(current, nanos);
    }
    return neverBackwards(Math.floorDiv(current.timeNanosAt(nanos), NANOS_PER_MS));
  }

  @Override
  public long nanos() {
    return monotonicNanos.getAsLong();
  }

  /** Wall clock minus our time when they were last compared, milliseconds. */
  public long wallOffsetMs() {
    return window().offsetNanos / NANOS_PER_MS;
  }

  /** Whether the wall clock is too far away and therefore not followed. */
  public boolean isWallClockStepped() {
    return window().isStepped();
  }

  /**
   * The operator's word that the wall clock is right. If it is ahead, time jumps to it; if it is
   * behind, time runs a tenth slower until they meet, since it may not go back.
   *
   * @return wall clock minus our time before the call, milliseconds
   */
  public long acceptWallClock() {
    while (true) {
      Window before = window();
      long nanos = monotonicNanos.getAsLong();
      long timeNanos = before.timeNanosAt(nanos);
      long wallNanos = wallMs.getAsLong() * NANOS_PER_MS;
      long offsetNanos = wallNanos - timeNanos;
      Window after =
          offsetNanos >= 0
              ? new Window(nanos, wallNanos, 0, 0, false)
              : new Window(nanos, timeNanos, -ACCEPTED_SLEW_PPM_MAX, offsetNanos, true);
      if (window.compareAndSet(before, after)) {
        tell(before, after);
        return offsetNanos / NANOS_PER_MS;
      }
    }
  }

  private Window window() {
    return Check.present(window.get(), "window");
  }

  private Window compare(Window before, long nanos) {
    long wallNanos = wallMs.getAsLong() * NANOS_PER_MS;
    if (monotonicNanos.getAsLong() - nanos > READING_NANOS_MAX) {
      return before;
    }
    long timeNanos = before.timeNanosAt(nanos);
    Window after = next(before, nanos, timeNanos, wallNanos - timeNanos);
    if (!window.compareAndSet(before, after)) {
      return window();
    }
    tell(before, after);
    return after;
  }

  private static Window next(Window before, long nanos, long timeNanos, long offsetNanos) {
    boolean near = Math.abs(offsetNanos) <= NOISE_NANOS;
    // An accepted step lasts until the clocks have met; a step on top of it needs a new word.
    boolean accepted = before.accepted && offsetNanos < 0 && !near;
    accepted &= offsetNanos > before.offsetNanos - STEP_NANOS_MAX;
    if (near || (!accepted && Math.abs(offsetNanos) > STEP_NANOS_MAX)) {
      return new Window(nanos, timeNanos, 0, offsetNanos, accepted);
    }
    long limitPpm = accepted ? ACCEPTED_SLEW_PPM_MAX : SLEW_PPM_MAX;
    long wishPpm = offsetNanos / (WINDOW_NANOS / 1_000_000);
    return new Window(
        nanos, timeNanos, Math.clamp(wishPpm, -limitPpm, limitPpm), offsetNanos, accepted);
  }

  private void tell(Window before, Window after) {
    WallClockListener told = listener;
    if (told == null || before.isStepped() == after.isStepped()) {
      return;
    }
    if (after.isStepped()) {
      told.onWallClockStepped(after.offsetNanos / NANOS_PER_MS);
    } else {
      told.onWallClockFollowed();
    }
  }

  // Two threads may read from two windows that meet at a kink; without this mark the slower one
  // could hand out a millisecond that another thread has already left behind.
  private long neverBackwards(long timeMs) {
    long highest = highestMs.get();
    while (timeMs > highest) {
      if (highestMs.compareAndSet(highest, timeMs)) {
        return timeMs;
      }
      highest = highestMs.get();
    }
    return highest;
  }
}
