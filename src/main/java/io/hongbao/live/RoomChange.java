// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Live rooms".
package io.hongbao.live;

import java.util.List;

/** What has to survive a restart beside what was said. */
public sealed interface RoomChange {

  /** The room's rules are these now. */
  record RulesSet(long roomId, RoomRules rules) implements RoomChange {}

  /** A user was muted or banned; replaces what was there. */
  record Sanctioned(long roomId, Sanction sanction) implements RoomChange {}

  /** A user is free again. */
  record SanctionLifted(long roomId, long userId) implements RoomChange {}

  /** The text of a message is gone. */
  record Recalled(long roomId, long ofEpoch, long sequence) implements RoomChange {}

  /** Users became moderators of the room, or are none any more. */
  record ModeratorsChanged(long roomId, List<Long> added, List<Long> removed)
      implements RoomChange {

    public ModeratorsChanged {
      added = List.copyOf(added);
      removed = List.copyOf(removed);
    }
  }

  /** Users began or ceased to follow the room. */
  record FollowersChanged(long roomId, List<Long> added, List<Long> removed) implements RoomChange {

    public FollowersChanged {
      added = List.copyOf(added);
      removed = List.copyOf(removed);
    }
  }

  /** Logs that begin from now on have this epoch; no start may have it again. */
  record EpochBegun(long epoch) implements RoomChange {}

  /** Words came to the filter's list or left it; folded. */
  record WordsChanged(List<String> added, List<String> removed) implements RoomChange {

    public WordsChanged {
      added = List.copyOf(added);
      removed = List.copyOf(removed);
    }
  }
}
