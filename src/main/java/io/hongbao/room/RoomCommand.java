// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Rooms".
package io.hongbao.room;

import io.hongbao.engine.Command;
import java.util.List;

/** What can be asked about rooms; for the room's partition. */
public sealed interface RoomCommand extends Command {

  /** Largest room id: exact in every JSON reader. */
  long ROOM_ID_MAX = (1L << 53) - 1;

  @Override
  default int schemaId() {
    return RoomCodec.SCHEMA_ID;
  }

  /** Makes the room, or says that it is there; its members are added at once. */
  record OpenRoom(long roomId, boolean isPublic, List<Long> members) implements RoomCommand {

    public OpenRoom {
      members = List.copyOf(members);
    }

    @Override
    public int recordBytesMax() {
      return Long.BYTES * members.size() + 256;
    }
  }

  /** Adds and removes members; who is in or out already changes nothing. */
  record ChangeMembers(long roomId, List<Long> add, List<Long> remove) implements RoomCommand {

    /** Users of one command. */
    public static final int COUNT_MAX = 1_000;

    public ChangeMembers {
      add = List.copyOf(add);
      remove = List.copyOf(remove);
    }

    @Override
    public int recordBytesMax() {
      return Long.BYTES * (add.size() + remove.size()) + 256;
    }
  }

  /** Asks for the room. */
  record ReadRoom(long roomId) implements RoomCommand {}
}
