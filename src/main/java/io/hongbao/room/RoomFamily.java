// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Rooms".
package io.hongbao.room;

import io.hongbao.engine.AuditFacts;
import io.hongbao.engine.Command;
import io.hongbao.engine.Decision;
import io.hongbao.engine.Event;
import io.hongbao.engine.EventCodec;
import io.hongbao.engine.Family;
import io.hongbao.engine.PartitionParts;
import io.hongbao.engine.Stamp;
import io.hongbao.engine.snapshot.SnapshotInput;
import io.hongbao.engine.snapshot.SnapshotOutput;
import io.hongbao.model.Check;
import io.hongbao.model.RefusalCode;
import io.hongbao.model.Slot;
import io.hongbao.room.RoomCommand.ChangeMembers;
import io.hongbao.room.RoomCommand.OpenRoom;
import io.hongbao.room.RoomCommand.ReadRoom;
import io.hongbao.room.RoomEvent.MembersChanged;
import io.hongbao.room.RoomEvent.RoomOpened;
import java.util.Arrays;
import java.util.List;
import org.agrona.collections.Long2ObjectHashMap;
import org.jspecify.annotations.Nullable;

/** Rooms inside one partition, and their way into the directory of the process. */
public final class RoomFamily implements Family {

  private static final int SNAPSHOT_VERSION = 1;

  private final PartitionParts parts;
  private final RoomDirectory directory;
  private final int membersMax;
  private final RoomCodec codec = new RoomCodec();
  private final Long2ObjectHashMap<Room> rooms = new Long2ObjectHashMap<>();

  private RoomFamily(PartitionParts parts, RoomDirectory directory, int membersMax) {
    this.parts = parts;
    this.directory = directory;
    this.membersMax = membersMax;
  }

  /** The line of wiring; one directory for all partitions of the process. */
  public static Family.Factory factory(RoomDirectory directory, int membersMax) {
    return parts -> new RoomFamily(parts, directory, membersMax);
  }

  public @Nullable Room room(long roomId) {
    return rooms.get(roomId);
  }

  @Override
  public EventCodec codec() {
    return codec;
  }

  @Override
  public void decide(Command command, Decision decision) {
    switch ((RoomCommand) command) {
      case OpenRoom c -> open(c, decision);
      case ChangeMembers c -> change(c, decision);
      case ReadRoom c -> read(c, decision);
    }
  }

  private void open(OpenRoom command, Decision decision) {
    Room before = rooms.get(command.roomId());
    if (refused(RoomRule.judge(command, before, membersMax), before, decision)) {
      return;
    }
    if (Slot.partition(command.roomId(), parts.partitionCount()) != parts.partition()) {
      throw new IllegalArgumentException("room " + command.roomId() + " went astray");
    }
    MembersChanged change = RoomRule.change(command.roomId(), before, command.members(), List.of());
    if (before == null) {
      decision.emit(new RoomOpened(command.roomId(), command.isPublic()));
      decision.publish(() -> directory.open(command.roomId(), command.isPublic()));
    }
    Room room = Check.present(rooms.get(command.roomId()), "opened room");
    int countBefore = room.memberCount();
    emit(change, decision);
    if (before == null || countBefore != room.memberCount()) {
      audit(room, before == null ? AuditFacts.NONE : members(countBefore), decision);
    }
    answer(room, change, before == null, decision);
  }

  private void change(ChangeMembers command, Decision decision) {
    Room before = rooms.get(command.roomId());
    if (refused(RoomRule.judge(command, before, membersMax), before, decision)) {
      return;
    }
    Room room = Check.present(before, "room");
    MembersChanged change = RoomRule.change(room.id(), room, command.add(), command.remove());
    int countBefore = room.memberCount();
    emit(change, decision);
    if (!change.added().isEmpty() || !change.removed().isEmpty()) {
      audit(room, members(countBefore), decision);
    }
    answer(room, change, false, decision);
  }

  // What is published is the change and not the room: when its record is durable, later ones may
  // have changed the room again, and they are not.
  private void emit(MembersChanged change, Decision decision) {
    if (!change.added().isEmpty() || !change.removed().isEmpty()) {
      decision.emit(change);
      decision.publish(() -> directory.change(change.roomId(), change.added(), change.removed()));
    }
  }

  // Who came and went stands in the event beside the line.
  private static void audit(Room room, String before, Decision decision) {
    decision.audit("room:" + room.id(), before, members(room.memberCount()));
  }

  private static String members(int count) {
    return AuditFacts.of("member_count", count).text();
  }

  private void read(ReadRoom command, Decision decision) {
    Room room = rooms.get(command.roomId());
    if (room == null) {
      decision.refuse(RefusalCode.ROOM_NOT_FOUND);
      return;
    }
    answer(room, MembersChanged.none(room.id()), false, decision);
  }

  private static boolean refused(
      @Nullable RefusalCode objection, @Nullable Room room, Decision decision) {
    if (objection == null) {
      return false;
    }
    if (room != null) {
      decision.looked(room.position());
    }
    decision.refuse(objection);
    return true;
  }

  private static void answer(Room room, MembersChanged change, boolean wasMade, Decision decision) {
    decision.looked(room.position());
    decision.answer(
        new RoomShown(
            room.id(),
            room.isPublic(),
            room.memberCount(),
            change.added().size(),
            change.removed().size(),
            wasMade,
            room.createdAtMs(),
            room.position()));
  }

  @Override
  public void apply(Event event, Stamp stamp) {
    switch ((RoomEvent) event) {
      case RoomOpened e ->
          enter(new Room(e.roomId(), e.isPublic(), stamp.timeMs(), stamp.position()));
      case MembersChanged e ->
          Check.present(rooms.get(e.roomId()), "room")
              .change(parts, e.added(), e.removed(), stamp.position());
    }
  }

  private void enter(Room room) {
    Check.that(rooms.put(room.id(), room) == null, "a room is opened once");
    room.enter(parts.stateHash());
  }

  @Override
  public void activated() {
    for (Room room : rooms.values()) {
      directory.open(room.id(), room.isPublic());
      directory.change(room.id(), boxed(room.members()), List.of());
    }
  }

  private static List<Long> boxed(long[] ids) {
    return Arrays.stream(ids).boxed().toList();
  }

  @Override
  public void save(SnapshotOutput out) {
    out.putInt(SNAPSHOT_VERSION);
    out.putInt(rooms.size());
    for (Room room : rooms.values()) {
      out.putLong(room.id());
      out.putByte(room.isPublic() ? 1 : 0);
      out.putLong(room.createdAtMs());
      out.putLong(room.position());
      long[] members = room.members();
      out.putInt(members.length);
      for (long userId : members) {
        out.putLong(userId);
      }
    }
  }

  @Override
  public void load(SnapshotInput in) {
    Check.equal(in.getInt(), SNAPSHOT_VERSION, "version of the rooms' snapshot");
    for (int i = in.getInt(); i > 0; i--) {
      Room room = new Room(in.getLong(), in.getByte() == 1, in.getLong(), in.getLong());
      enter(room);
      long[] members = new long[in.getInt()];
      Arrays.setAll(members, index -> in.getLong());
      room.change(parts, boxed(members), List.of(), room.position());
    }
  }
}
