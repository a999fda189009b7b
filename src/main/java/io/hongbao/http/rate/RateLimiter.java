// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Rate limits".
package io.hongbao.http.rate;

/**
 * Says whether a caller may go on.
 *
 * <p><b>Thread:</b> any; it does not block.
 */
public interface RateLimiter {

  /** What {@link #take} gives for classes without a quota. */
  long UNLIMITED = Long.MAX_VALUE;

  /**
   * Takes one request from a caller's quota.
   *
   * @param caller a number that is the caller's own, and as good as chance: part of a hash
   * @param nowNanos of a clock that never goes back
   * @return {@link #UNLIMITED}, or what {@link Verdict} reads
   */
  long take(RateClass rateClass, long caller, long nowNanos);

  /** The quota of a class in the form of the header RateLimit-Policy; empty when there is none. */
  String policy(RateClass rateClass);

  /** Reads what {@link #take} gave; a number, so that no object is made for a request. */
  final class Verdict {

    private static final int SECONDS_BITS = 24;
    private static final long SECONDS_MAX = (1L << SECONDS_BITS) - 1;

    private Verdict() {}

    static long allowed(long left, long fullAfterSeconds) {
      return left << SECONDS_BITS | Math.min(fullAfterSeconds, SECONDS_MAX);
    }

    static long refused(long waitMs) {
      return -waitMs;
    }

    public static boolean isRefused(long verdict) {
      return verdict < 0;
    }

    /** How long a refused caller has to wait. */
    public static long waitMs(long verdict) {
      return -verdict;
    }

    /** Requests that the caller has left now. */
    public static long left(long verdict) {
      return verdict < 0 ? 0 : verdict >> SECONDS_BITS;
    }

    /** After this time without a request the whole quota is there again. */
    public static long fullAfterSeconds(long verdict) {
      return verdict < 0 ? Math.ceilDiv(-verdict, 1000L) : verdict & SECONDS_MAX;
    }
  }
}
