// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Rate limits".
package io.hongbao.http.rate;

import io.hongbao.config.RateSettings;
import io.hongbao.config.RateSettings.Rate;
import io.hongbao.model.Check;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Quotas counted in this process, by the time at which a caller's quota is whole again.
 *
 * <p>A request moves that time forward by one request's share of the window; when it would lie more
 * than the window ahead, the request is refused and nothing moves. So a caller may use its quota at
 * once, gets it back evenly, and one number per caller is all that is kept. A caller whose time has
 * passed is as good as unknown, so its place is free.
 *
 * <p><b>Thread:</b> any, without a lock. Two loops that meet a new caller in the same moment may
 * count it in two places, or count one request too few: a limit is no account.
 *
 * <p><b>Limit:</b> {@code http.rate_callers_max} places of 16 bytes; a caller looks at {@link
 * #PROBES} of them.
 */
public final class LocalRates implements RateLimiter {

  /** Four cache lines of callers; most are found in the first. */
  private static final int PROBES = 16;

  /** A caller and its time lie together: one look at memory for both. */
  private static final int LONGS = 2;

  private static final int CLASSES = RateClass.values().length;

  // A multiplier with well spread bits (2^64 divided by the golden ratio), so that classes of one
  // caller lie apart.
  private static final long SPREAD = 0x9E3779B97F4A7C15L;

  private final long[] shareNanos = new long[CLASSES];
  private final long[] windowNanos = new long[CLASSES];
  private final String[] policies = new String[CLASSES];
  // Of each place who it is, and the time until which its quota is used.
  private final AtomicLongArray places;
  private final int mask;
  private final AtomicLongArray refused = new AtomicLongArray(CLASSES);
  private final AtomicLong forgotten = new AtomicLong();

  public LocalRates(RateSettings settings) {
    int count = Math.max(PROBES, settings.callersMax());
    Check.that(Integer.bitCount(count) == 1, "places for callers are a power of two");
    places = new AtomicLongArray(LONGS * count);
    mask = count - 1;
    for (RateClass rateClass : RateClass.values()) {
      Rate rate = settings.rates().get(rateClass.wireName());
      int index = rateClass.index();
      policies[index] = "";
      if (rate != null) {
        windowNanos[index] = TimeUnit.MILLISECONDS.toNanos(rate.windowMs());
        shareNanos[index] = windowNanos[index] / rate.count();
        policies[index] =
            "\"%s\";q=%d;w=%d"
                .formatted(rateClass.wireName(), rate.count(), rate.windowMs() / 1000);
      }
    }
  }

  @Override
  public String policy(RateClass rateClass) {
    return policies[rateClass.index()];
  }

  @Override
  public long take(RateClass rateClass, long caller, long nowNanos) {
    int index = rateClass.index();
    if (shareNanos[index] == 0) {
      return UNLIMITED;
    }
    int place = place((caller + index + 1) * SPREAD, nowNanos);
    while (true) {
      long wholeAt = wholeAt(place);
      // Differences, since the clock's numbers have no beginning.
      long aheadNanos = Math.max(wholeAt - nowNanos, 0) + shareNanos[index];
      if (aheadNanos > windowNanos[index]) {
        refused.incrementAndGet(index);
        return Verdict.refused(
            Math.max(
                1,
                Math.ceilDiv(aheadNanos - windowNanos[index], TimeUnit.MILLISECONDS.toNanos(1))));
      }
      if (places.compareAndSet(LONGS * place + 1, wholeAt, nowNanos + aheadNanos)) {
        return Verdict.allowed(
            (windowNanos[index] - aheadNanos) / shareNanos[index],
            Math.ceilDiv(aheadNanos, TimeUnit.SECONDS.toNanos(1)));
      }
    }
  }

  private long caller(int place) {
    return places.get(LONGS * place);
  }

  private long wholeAt(int place) {
    return places.get(LONGS * place + 1);
  }

  private int place(long hash, long nowNanos) {
    // 0 marks a place that was never used.
    long caller = hash == 0 ? 1 : hash;
    int first = (int) (hash >>> 32) & mask & -PROBES;
    for (int i = first; i < first + PROBES; i++) {
      if (caller(i) == caller) {
        return i;
      }
    }
    return newPlace(first, caller, nowNanos);
  }

  private int newPlace(int first, long caller, long nowNanos) {
    int weakest = first;
    for (int i = first; i < first + PROBES; i++) {
      if (caller(i) == 0 || wholeAt(i) - nowNanos <= 0) {
        return take(i, caller, nowNanos);
      }
      if (wholeAt(i) - wholeAt(weakest) < 0) {
        weakest = i;
      }
    }
    forgotten.incrementAndGet();
    return take(weakest, caller, nowNanos);
  }

  private int take(int place, long caller, long nowNanos) {
    places.set(LONGS * place, caller);
    places.set(LONGS * place + 1, nowNanos);
    return place;
  }

  /** Requests refused because their caller asked too much. */
  public long refused(RateClass rateClass) {
    return refused.get(rateClass.index());
  }

  /** Callers forgotten before their time because the table was full. */
  public long forgotten() {
    return forgotten.get();
  }

  /** Callers who have used some of their quota; walks over the table. */
  public int callers(long nowNanos) {
    int count = 0;
    for (int i = 0; i <= mask; i++) {
      if (caller(i) != 0 && wholeAt(i) - nowNanos > 0) {
        count++;
      }
    }
    return count;
  }
}
