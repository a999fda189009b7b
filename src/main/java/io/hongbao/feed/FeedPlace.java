// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Events".
package io.hongbao.feed;

import io.hongbao.model.Check;
import io.hongbao.model.Digest;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A place between two events of the log; as text, the cursor of the contract.
 *
 * <pre>
 *   e 81984 . 2 . 9f3ac01b77aa0c12
 *     |       |   check of that record: partition, sequence, time; 0 when no event is passed yet
 *     |       events of it that are passed
 *     log position where a record begins
 * </pre>
 *
 * <p>Log positions survive restarts, archiving, backup and restore, and so does a place. The check
 * finds the one case in which they would mean something else: a log that was restored from an older
 * copy and has gone another way since.
 *
 * @param passed events of the record at this position that lie before the place; 0 means that the
 *     place lies before all of it
 * @param examinedTo log position below which nothing more is to be seen after the place; not part
 *     of the text
 */
public record FeedPlace(long logPosition, int passed, long check, long examinedTo) {

  /** Before the first event of the log. */
  public static final FeedPlace START = before(0);

  /** As many events as one record could ever hold. */
  private static final int PASSED_MAX = 1 << 24;

  private static final Pattern TEXT =
      Pattern.compile("e(0|[1-9]\\d{0,17})\\.(0|[1-9]\\d{0,7})\\.([0-9a-f]{16})");

  /** Before whatever begins at the position or later. */
  public static FeedPlace before(long logPosition) {
    return new FeedPlace(logPosition, 0, 0, logPosition);
  }

  /** Behind so many events of a record. */
  static FeedPlace in(long logPosition, int passed, long check) {
    Check.atLeast(passed, 1, "events passed");
    return new FeedPlace(logPosition, passed, check, logPosition);
  }

  /** What tells one record from another that came to stand at the same place of another log. */
  static long checkOf(int partition, long sequence, long timeMs) {
    return Digest.mix(Digest.mix(Digest.start(partition), sequence), timeMs);
  }

  /** Before the last event that is passed; only of a place behind an event. */
  public FeedPlace beforeLast() {
    return passed > 1 ? in(logPosition, passed - 1, check) : before(logPosition);
  }

  FeedPlace examinedTo(long position) {
    return new FeedPlace(logPosition, passed, check, Math.max(logPosition, position));
  }

  /** Whether an event that has this place behind it comes after the given place. */
  boolean isAfter(FeedPlace other) {
    return logPosition > other.logPosition
        || (logPosition == other.logPosition && passed > other.passed);
  }

  /** Whether whoever has come here has seen everything up to the other place. */
  boolean hasSeen(FeedPlace other) {
    return !other.isAfter(this)
        || examinedTo > other.logPosition
        || (examinedTo == other.logPosition && other.passed == 0);
  }

  boolean isSame(FeedPlace other) {
    return logPosition == other.logPosition && passed == other.passed && check == other.check;
  }

  /** The cursor. */
  public String text() {
    return "e" + logPosition + "." + passed + "." + HexFormat.of().toHexDigits(check);
  }

  /** Reads a cursor; null when the text is none. */
  public static @Nullable FeedPlace parse(String text) {
    Matcher parts = TEXT.matcher(text);
    if (!parts.matches()) {
      return null;
    }
    long position = Long.parseLong(parts.group(1));
    int passed = Integer.parseInt(parts.group(2));
    long check = Long.parseUnsignedLong(parts.group(3), 16);
    boolean isPossible = passed <= PASSED_MAX && (passed > 0 || check == 0);
    return isPossible ? new FeedPlace(position, passed, check, position) : null;
  }
}
