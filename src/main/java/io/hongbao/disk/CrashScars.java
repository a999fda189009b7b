// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The simulator".
package io.hongbao.disk;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * What crashes of a {@link FaultyDisk} did, so that a test can ask whether they really did it, and
 * the pages of files that are gone, which turn up again where nothing was ever forced.
 */
public final class CrashScars {

  /** One way in which a crash leaves something else than what was written. */
  public enum Kind {
    /** A page is new up to some byte, and old behind it. */
    TORN_PAGE,
    /** A page reached the disk although one before it in the same batch did not. */
    PAGES_OUT_OF_ORDER,
    /** Power failed at one of the first writes to a file after it got its name. */
    CRASH_AFTER_ROLL,
    /** A page holds what a deleted file held. */
    STALE_PAGE,
    /** A write ended in its middle, with an error. */
    SHORT_WRITE,
    /** A file that was made, renamed or deleted was not. */
    NAME_LOST
  }

  private static final int BIN_PAGES_MAX = 64;
  private static final int STALE_ONE_IN = 3;

  private final Map<Kind, Long> counts = new EnumMap<>(Kind.class);
  private final List<byte[]> bin = new ArrayList<>();

  void count(Kind kind) {
    counts.merge(kind, 1L, Long::sum);
  }

  /** How often each has happened. */
  public Map<Kind, Long> counts() {
    return Map.copyOf(counts);
  }

  /** Keeps a page of a file that is deleted. */
  void discard(byte[] page) {
    if (bin.size() < BIN_PAGES_MAX) {
      bin.add(page.clone());
    } else {
      bin.set((int) (counts.getOrDefault(Kind.STALE_PAGE, 0L) % BIN_PAGES_MAX), page.clone());
    }
  }

  /**
   * What lies where nothing was forced yet: zeros mostly, or a page of a deleted file.
   *
   * @param zeros what must be there at best; a page that holds anything else is kept
   */
  byte[] beneath(byte[] zeros, RandomGenerator chance) {
    if (bin.isEmpty()
        || chance.nextInt(STALE_ONE_IN) != 0
        || !Arrays.equals(zeros, new byte[zeros.length])) {
      return zeros;
    }
    count(Kind.STALE_PAGE);
    return bin.get(chance.nextInt(bin.size()));
  }
}
