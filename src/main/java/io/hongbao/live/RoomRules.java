// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Live rooms".
package io.hongbao.live;

import org.jspecify.annotations.Nullable;

/**
 * Who may speak in a room, as its moderators want it.
 *
 * @param isClosed only moderators
 * @param isFollowersOnly only who follows the room, and moderators
 * @param isEmotesOnly nothing but emotes; moderators may say more
 * @param messagesPerS budget of the room; 0 for the server's
 */
public record RoomRules(
    boolean isClosed, boolean isFollowersOnly, boolean isEmotesOnly, int messagesPerS) {

  /** Of a room whose moderators said nothing. */
  public static final RoomRules OPEN = new RoomRules(false, false, false, 0);

  /** What a moderator wants to change; null leaves as it is. */
  public record Patch(
      @Nullable Boolean closed,
      @Nullable Boolean followersOnly,
      @Nullable Boolean emotesOnly,
      @Nullable Integer messagesPerS) {

    public boolean isEmpty() {
      return closed == null && followersOnly == null && emotesOnly == null && messagesPerS == null;
    }
  }

  RoomRules with(Patch patch) {
    return new RoomRules(
        patch.closed() == null ? isClosed : patch.closed(),
        patch.followersOnly() == null ? isFollowersOnly : patch.followersOnly(),
        patch.emotesOnly() == null ? isEmotesOnly : patch.emotesOnly(),
        patch.messagesPerS() == null ? messagesPerS : patch.messagesPerS());
  }
}
