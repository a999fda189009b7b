// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Rooms".
package io.hongbao.room;

import io.hongbao.engine.Event;
import java.util.List;

/** What is journaled about rooms. */
public sealed interface RoomEvent extends Event {

  /** The room exists from now on. */
  record RoomOpened(long roomId, boolean isPublic) implements RoomEvent {}

  /** Users came and went; nobody stands here who was in or out already. */
  record MembersChanged(long roomId, List<Long> added, List<Long> removed) implements RoomEvent {

    public MembersChanged {
      added = List.copyOf(added);
      removed = List.copyOf(removed);
    }

    static MembersChanged none(long roomId) {
      return new MembersChanged(roomId, List.of(), List.of());
    }
  }
}
