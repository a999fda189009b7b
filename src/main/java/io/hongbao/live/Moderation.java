// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Live rooms".
package io.hongbao.live;

import io.hongbao.live.SayOutcome.Refused;
import io.hongbao.model.RefusalCode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.agrona.collections.LongHashSet;
import org.jspecify.annotations.Nullable;

/**
 * What moderators of one room decided, and who they are.
 *
 * <p>Who follows a room is known from a list that the backend keeps up to date: it knows its own
 * subscriptions, this server does not.
 *
 * <p><b>Thread:</b> the owner loop's, after it was loaded by the starter's.
 */
public final class Moderation {

  /** Sanctions of one room; one that is over makes room. */
  public static final int SANCTIONS_MAX = 10_000;

  public static final int MODERATORS_MAX = 100;

  /** Followers of one room, 8 to 16 bytes each. */
  public static final int FOLLOWERS_MAX = 5_000_000;

  private final Map<Long, Sanction> sanctions = new TreeMap<>();
  private final LongHashSet moderators = new LongHashSet();
  private final LongHashSet followers = new LongHashSet();
  private RoomRules rules = RoomRules.OPEN;

  public RoomRules rules() {
    return rules;
  }

  public void set(RoomRules to) {
    rules = to;
  }

  boolean isModerator(long userId) {
    return moderators.contains(userId);
  }

  @Nullable Sanction sanction(long userId, long nowMs) {
    Sanction found = sanctions.get(userId);
    return found == null || nowMs >= found.untilMs() ? null : found;
  }

  List<Sanction> sanctions(long nowMs) {
    dropOver(nowMs);
    return new ArrayList<>(sanctions.values());
  }

  /** Puts a sanction in the place of an earlier one; false when there are too many. */
  public boolean put(Sanction sanction, long nowMs) {
    dropOver(nowMs);
    if (sanctions.size() >= SANCTIONS_MAX && !sanctions.containsKey(sanction.userId())) {
      return false;
    }
    sanctions.put(sanction.userId(), sanction);
    return true;
  }

  boolean lift(long userId) {
    return sanctions.remove(userId) != null;
  }

  private void dropOver(long nowMs) {
    sanctions.values().removeIf(sanction -> nowMs >= sanction.untilMs());
  }

  public void changeModerators(Collection<Long> added, Collection<Long> removed) {
    moderators.addAll(added);
    removed.forEach(moderators::remove);
  }

  public void changeFollowers(Collection<Long> added, Collection<Long> removed) {
    followers.addAll(added);
    removed.forEach(followers::remove);
  }

  long[] moderators() {
    long[] ids = new long[moderators.size()];
    LongHashSet.LongIterator each = moderators.iterator();
    for (int i = 0; i < ids.length; i++) {
      ids[i] = each.nextValue();
    }
    Arrays.sort(ids);
    return ids;
  }

  int moderatorCount() {
    return moderators.size();
  }

  int followerCount() {
    return followers.size();
  }

  /** Why this user may not say this now; null when he may. */
  @Nullable Refused objection(long userId, String text, long nowMs) {
    Sanction sanction = sanction(userId, nowMs);
    if (sanction != null) {
      return Refusals.sanctioned(sanction, nowMs);
    }
    if (isModerator(userId)) {
      return null;
    }
    if (rules.isClosed()) {
      return Refusals.of(RefusalCode.CHAT_CLOSED);
    }
    if (rules.isFollowersOnly() && !followers.contains(userId)) {
      return Refusals.of(RefusalCode.FOLLOWERS_ONLY);
    }
    if (rules.isEmotesOnly() && !Emotes.isOnly(text)) {
      return Refusals.of(RefusalCode.EMOTES_ONLY);
    }
    return null;
  }

  /** Whether nobody decided anything that still holds. */
  boolean isBlank(long nowMs) {
    dropOver(nowMs);
    return rules.equals(RoomRules.OPEN)
        && sanctions.isEmpty()
        && moderators.isEmpty()
        && followers.isEmpty();
  }
}
