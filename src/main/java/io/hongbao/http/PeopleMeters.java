// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "People".
package io.hongbao.http;

import java.util.Locale;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts what happens with people, over all loops.
 *
 * <p><b>Thread:</b> any.
 */
public final class PeopleMeters {

  /** What is counted; the names stand in metrics. */
  public enum Step {
    REGISTERED,
    LOGIN_PASSED,
    LOGIN_FAILED,
    /** The user had failed too often that day. */
    LOGIN_BLOCKED_USER,
    /** The address had. */
    LOGIN_BLOCKED_ADDRESS,
    CODE_SENT,
    CODE_TOO_SOON,
    CODE_NOT_SENT,
    CODE_WRONG,
    REFRESHED,
    /** The same pair was given again. */
    REFRESH_REPEATED,
    /** An old refresh token came and its session was closed: worth an alert. */
    REFRESH_REUSED,
    REFRESH_REFUSED,
    LOGGED_OUT,
    PASSWORD_CHANGED,
    PASSWORD_RESET,
    PASSWORD_REHASHED,
    PROFILE_CHANGED,
    /** An operator gave a user name and password. */
    LOGIN_GIVEN,
    /** Names, phones and external ids that somebody else has. */
    HANDLE_TAKEN;

    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final LongAdder[] counts = new LongAdder[Step.values().length];

  public PeopleMeters() {
    java.util.Arrays.setAll(counts, i -> new LongAdder());
  }

  @SuppressWarnings("EnumOrdinal") // An index into an array of this process, kept nowhere.
  void count(Step step) {
    counts[step.ordinal()].increment();
  }

  @SuppressWarnings("EnumOrdinal") // See above.
  public long count(String wireName) {
    return counts[Step.valueOf(wireName.toUpperCase(Locale.ROOT)).ordinal()].sum();
  }
}
