// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Rooms".
package io.hongbao.room;

import io.hongbao.ledger.AccountKey;
import io.hongbao.model.RefusalCode;
import io.hongbao.room.RoomCommand.ChangeMembers;
import io.hongbao.room.RoomCommand.OpenRoom;
import io.hongbao.room.RoomEvent.MembersChanged;
import java.util.List;
import org.agrona.collections.LongHashSet;
import org.jspecify.annotations.Nullable;

/**
 * Decides what becomes of rooms and their members; changes nothing itself.
 *
 * <p><b>Thread:</b> the partition's.
 */
final class RoomRule {

  private RoomRule() {}

  /** Order: what the contract forbids, exists with other properties, full. */
  static @Nullable RefusalCode judge(OpenRoom c, @Nullable Room room, int membersMax) {
    if (c.roomId() < 1
        || c.roomId() > RoomCommand.ROOM_ID_MAX
        || c.members().size() > ChangeMembers.COUNT_MAX
        || (c.isPublic() && !c.members().isEmpty())
        || !areUsers(c.members())) {
      return RefusalCode.MALFORMED_REQUEST;
    }
    if (room != null && room.isPublic() != c.isPublic()) {
      return RefusalCode.ROOM_EXISTS;
    }
    MembersChanged change = change(c.roomId(), room, c.members(), List.of());
    return isFull(room, change, membersMax) ? RefusalCode.ROOM_FULL : null;
  }

  /** Order: what the contract forbids, not found, no list to change (malformed), full. */
  static @Nullable RefusalCode judge(ChangeMembers c, @Nullable Room room, int membersMax) {
    if (c.add().size() + c.remove().size() > ChangeMembers.COUNT_MAX
        || !areUsers(c.add())
        || !areUsers(c.remove())) {
      return RefusalCode.MALFORMED_REQUEST;
    }
    if (room == null) {
      return RefusalCode.ROOM_NOT_FOUND;
    }
    if (room.isPublic() && !c.add().isEmpty()) {
      return RefusalCode.MALFORMED_REQUEST;
    }
    MembersChanged change = change(room.id(), room, c.add(), c.remove());
    return isFull(room, change, membersMax) ? RefusalCode.ROOM_FULL : null;
  }

  /**
   * What a wish comes down to: nobody who is in or out already, nobody twice. Who is to come and to
   * go at once, goes.
   */
  static MembersChanged change(
      long roomId, @Nullable Room room, List<Long> add, List<Long> remove) {
    LongHashSet leaving = new LongHashSet();
    leaving.addAll(remove);
    return new MembersChanged(
        roomId,
        add.stream().distinct().filter(id -> !isIn(room, id) && !leaving.contains(id)).toList(),
        remove.stream().distinct().filter(id -> isIn(room, id)).toList());
  }

  // A limit that was lowered since makes nobody leave, and does not keep anybody from it.
  private static boolean isFull(@Nullable Room room, MembersChanged change, int membersMax) {
    int before = room == null ? 0 : room.memberCount();
    return !change.added().isEmpty()
        && before + change.added().size() - change.removed().size() > membersMax;
  }

  private static boolean isIn(@Nullable Room room, long userId) {
    return room != null && room.hasMember(userId);
  }

  private static boolean areUsers(List<Long> ids) {
    for (long id : ids) {
      if (id < 1 || id > AccountKey.OWNER_MAX) {
        return false;
      }
    }
    return true;
  }
}
