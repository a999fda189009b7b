// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Events".
package io.hongbao.feed.type;

import io.hongbao.engine.Event;
import io.hongbao.engine.EventCodec;
import io.hongbao.feed.DataWriter;
import io.hongbao.feed.FamilyFeed;
import io.hongbao.feed.Template;
import io.hongbao.room.RoomCodec;
import io.hongbao.room.RoomEvent;
import io.hongbao.room.RoomEvent.MembersChanged;
import io.hongbao.room.RoomEvent.RoomOpened;
import io.hongbao.room.codec.MembersChangedDecoder;
import io.hongbao.room.codec.RoomOpenedDecoder;
import java.util.List;

/** Rooms and who is in them. */
public final class RoomFeed implements FamilyFeed {

  private static final String ROOM = "room";

  private final EventCodec codec = new RoomCodec();

  @Override
  public EventCodec codec() {
    return codec;
  }

  @Override
  public List<Template> templates() {
    return List.of(
        new Template.Shown(RoomOpenedDecoder.TEMPLATE_ID, "room.opened", ROOM),
        new Template.Shown(MembersChangedDecoder.TEMPLATE_ID, "room.members_changed", ROOM));
  }

  @Override
  public long subjectId(Event event) {
    return switch ((RoomEvent) event) {
      case RoomOpened e -> e.roomId();
      case MembersChanged e -> e.roomId();
    };
  }

  @Override
  public void write(Event event, DataWriter data) {
    switch ((RoomEvent) event) {
      case RoomOpened e -> data.id("room_id", e.roomId()).flag("public", e.isPublic());
      case MembersChanged e ->
          data.id("room_id", e.roomId()).ids("added", e.added()).ids("removed", e.removed());
    }
  }
}
