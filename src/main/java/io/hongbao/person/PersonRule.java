// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "People".
package io.hongbao.person;

import io.hongbao.model.RefusalCode;
import io.hongbao.person.PersonCommand.ChangeProfile;
import io.hongbao.person.PersonCommand.ClaimHandle;
import io.hongbao.person.PersonCommand.GiveLogin;
import io.hongbao.person.PersonCommand.RegisterPerson;
import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** Decides about people and handles; changes nothing itself. */
final class PersonRule {

  private PersonRule() {}

  /** When the day is over, in the zone in which people live. */
  static long dayEndsMs(long nowMs, ZoneId zone) {
    return Instant.ofEpochMilli(nowMs)
        .atZone(zone)
        .toLocalDate()
        .plusDays(1)
        .atStartOfDay(zone)
        .toInstant()
        .toEpochMilli();
  }

  /**
   * Whether a handle may be kept for a user: it must be free, or his already.
   *
   * @return null if it may
   */
  static @Nullable RefusalCode judge(ClaimHandle c, @Nullable Handle handle) {
    boolean isHis =
        handle == null || (handle.userId() == c.userId() && handle.hash().equals(c.hash()));
    return isHis ? null : c.kind().taken();
  }

  /**
   * Deadline of a new claim; later than every earlier one of the same user, so that each has one.
   */
  static long claimUntilMs(@Nullable Handle handle, long nowMs) {
    long untilMs = nowMs + PersonLimits.CLAIM_MS;
    return handle == null ? untilMs : Math.max(untilMs, handle.untilMs() + 1);
  }

  /**
   * Whether a person may begin. Refusals in order: the id is used, a claim is over.
   *
   * <p>Both are {@code overloaded}: nothing was done, and another try with another id and fresh
   * claims can succeed.
   */
  static @Nullable RefusalCode judge(RegisterPerson c, @Nullable Person person, long nowMs) {
    boolean isInTime = nowMs < c.name().untilMs() && nowMs < c.phone().untilMs();
    return person == null && isInTime ? null : RefusalCode.OVERLOADED;
  }

  /** Whether a login may be given: the claim of its name must not be over. */
  static @Nullable RefusalCode judge(GiveLogin c, long nowMs) {
    return nowMs < c.name().untilMs() ? null : RefusalCode.OVERLOADED;
  }

  /** Whether a profile may change: a claim must not be over. */
  static @Nullable RefusalCode judge(ChangeProfile c, long nowMs) {
    boolean isInTime = c.external().hash().isNone() || nowMs < c.external().untilMs();
    return isInTime ? null : RefusalCode.OVERLOADED;
  }

  /** The profile with what the command wants to change. */
  static Profile changed(ChangeProfile c, Profile before) {
    return new Profile(
        c.externalId() == null ? before.externalId() : c.externalId(),
        c.nickname() == null ? before.nickname() : c.nickname(),
        c.avatarUrl() == null ? before.avatarUrl() : c.avatarUrl(),
        c.city() == null ? before.city() : c.city());
  }

  /** What the partition of a user says about a claim whose deadline is over. */
  static ClaimVerdict verdict(@Nullable Person person, HandleHash hash, long untilMs, long nowMs) {
    if (person != null && person.hasHandle(hash)) {
      return ClaimVerdict.HELD;
    }
    // This partition's time never goes back, so from here on it refuses every such command.
    return nowMs >= untilMs ? ClaimVerdict.NEVER : ClaimVerdict.LATER;
  }
}
