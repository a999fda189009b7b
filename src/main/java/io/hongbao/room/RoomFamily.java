// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Rooms".
package io.hongbao.room;

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
import io.hongbao.model.Digest;
import io.hongbao.model.RefusalCode;
import io.hongbao.room.RoomCommand.ChangeMembers;
import io.hongbao.room.RoomCommand.OpenRoom;
import io.hongbao.room.RoomCommand.ReadRoom;
import io.hongbao.room.RoomEvent.MembersChanged;
import io.hongbao.room.RoomEvent.RoomOpened;
import java.util.List;
import org.agrona.collections.Long2ObjectHashMap;
import org.agrona.collections.LongHashSet;

/** Rooms of one partition. */
public final class RoomFamily implements Family {

  private static final int VERSION = 1;
  private static final int ROOM_TAG = 85;
  private static final int MEMBER_TAG = 86;

  private final PartitionParts parts;
  private final RoomDirectory directory;
  private final int membersMax;
  private final RoomCodec codec = new RoomCodec();
  private final Long2ObjectHashMap<Room> rooms = new Long2ObjectHashMap<>();

  private static final class Room {
    final long id;
    final boolean isPublic;
    final LongHashSet members = new LongHashSet();
    long position;

    Room(long id, boolean isPublic) {
      this.id = id;
      this.isPublic = isPublic;
    }

    long digest() {
      long digest = Digest.mix(Digest.start(ROOM_TAG), id);
      digest = Digest.mix(digest, members.size() * 2L + (isPublic ? 1 : 0));
      return Digest.mix(digest, position);
    }

    long digest(long userId) {
      return Digest.mix(Digest.mix(Digest.start(MEMBER_TAG), id), userId);
    }
  }

  private RoomFamily(PartitionParts parts, RoomDirectory directory, int membersMax) {
    this.parts = parts;
    this.directory = directory;
    this.membersMax = membersMax;
  }

  /** The line of wiring. */
  public static Family.Factory factory(RoomDirectory directory, int membersMax) {
    return parts -> new RoomFamily(parts, directory, membersMax);
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
      case ReadRoom c -> {
        Room room = rooms.get(c.roomId());
        if (room == null) {
          decision.refuse(RefusalCode.ROOM_NOT_FOUND);
          return;
        }
        answer(room, MembersChanged.none(room.id), false, decision);
      }
    }
  }

  private void open(OpenRoom command, Decision decision) {
    Room room = rooms.get(command.roomId());
    if (room != null && room.isPublic != command.isPublic()) {
      decision.looked(room.position);
      decision.refuse(RefusalCode.ROOM_EXISTS);
      return;
    }
    if (!fits(room, command.members(), List.of())) {
      decision.refuse(RefusalCode.ROOM_FULL);
      return;
    }
    boolean isNew = room == null;
    if (isNew) {
      decision.emit(new RoomOpened(command.roomId(), command.isPublic()));
    }
    Room opened = Check.present(rooms.get(command.roomId()), "opened room");
    MembersChanged change = emitChange(opened, command.members(), List.of(), decision);
    publish(opened, decision);
    answer(opened, change, isNew, decision);
  }

  private void change(ChangeMembers command, Decision decision) {
    Room room = rooms.get(command.roomId());
    if (room == null) {
      decision.refuse(RefusalCode.ROOM_NOT_FOUND);
      return;
    }
    if (!fits(room, command.add(), command.remove())) {
      decision.looked(room.position);
      decision.refuse(RefusalCode.ROOM_FULL);
      return;
    }
    MembersChanged change = emitChange(room, command.add(), command.remove(), decision);
    publish(room, decision);
    answer(room, change, false, decision);
  }

  private boolean fits(
      @org.jspecify.annotations.Nullable Room room, List<Long> add, List<Long> remove) {
    LongHashSet after = new LongHashSet();
    if (room != null) {
      after.addAll(room.members);
    }
    after.addAll(add);
    remove.forEach(after::remove);
    return after.size() <= membersMax;
  }

  private static MembersChanged emitChange(
      Room room, List<Long> add, List<Long> remove, Decision decision) {
    // Removal wins over addition of the same user in one command.
    List<Long> gone =
        remove.stream().distinct().filter(userId -> room.members.contains(userId)).toList();
    List<Long> came =
        add.stream()
            .distinct()
            .filter(userId -> !room.members.contains(userId) && !remove.contains(userId))
            .toList();
    MembersChanged change = new MembersChanged(room.id, came, gone);
    if (!gone.isEmpty() || !came.isEmpty()) {
      decision.emit(change);
    }
    return change;
  }

  private void publish(Room room, Decision decision) {
    decision.publish(() -> directory.put(room.id, room.isPublic, room.members));
  }

  private static void answer(
      Room room, MembersChanged change, boolean wasMade, Decision decision) {
    decision.looked(room.position);
    decision.answer(
        new RoomShown(
            room.id,
            room.isPublic,
            room.members.size(),
            change.added().size(),
            change.removed().size(),
            wasMade,
            room.position));
  }

  @Override
  public void apply(Event event, Stamp stamp) {
    switch ((RoomEvent) event) {
      case RoomOpened e -> {
        Room room = new Room(e.roomId(), e.isPublic());
        room.position = stamp.position();
        Check.that(rooms.put(e.roomId(), room) == null, "a room is opened once");
        parts.stateHash().add(room.digest());
      }
      case MembersChanged e -> {
        Room room = Check.present(rooms.get(e.roomId()), "room");
        parts.stateHash().remove(room.digest());
        for (long userId : e.added()) {
          Check.that(room.members.add(userId), "a member is added once");
          parts.stateHash().add(room.digest(userId));
        }
        for (long userId : e.removed()) {
          Check.that(room.members.remove(userId), "only a member is removed");
          parts.stateHash().remove(room.digest(userId));
        }
        room.position = stamp.position();
        parts.stateHash().add(room.digest());
      }
    }
  }

  @Override
  public void activated() {
    rooms.values().forEach(room -> directory.put(room.id, room.isPublic, room.members));
  }

  @Override
  public void save(SnapshotOutput output) {
    output.putInt(VERSION);
    output.putInt(rooms.size());
    for (Room room : rooms.values()) {
      output.putLong(room.id);
      output.putByte(room.isPublic ? 1 : 0);
      output.putLong(room.position);
      output.putInt(room.members.size());
      for (LongHashSet.LongIterator it = room.members.iterator(); it.hasNext(); ) {
        output.putLong(it.nextValue());
      }
    }
  }

  @Override
  public void load(SnapshotInput input) {
    Check.equal(input.getInt(), VERSION, "version of the rooms' snapshot");
    for (int i = input.getInt(); i > 0; i--) {
      Room room = new Room(input.getLong(), input.getByte() == 1);
      room.position = input.getLong();
      for (int left = input.getInt(); left > 0; left--) {
        long userId = input.getLong();
        room.members.add(userId);
        parts.stateHash().add(room.digest(userId));
      }
      rooms.put(room.id, room);
      parts.stateHash().add(room.digest());
    }
  }
}
