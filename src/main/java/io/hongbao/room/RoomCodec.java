// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Journal".
package io.hongbao.room;

import io.hongbao.engine.Event;
import io.hongbao.engine.EventCodec;
import io.hongbao.engine.UnknownEventException;
import io.hongbao.room.RoomEvent.MembersChanged;
import io.hongbao.room.RoomEvent.RoomOpened;
import io.hongbao.room.codec.MembersChangedDecoder;
import io.hongbao.room.codec.MembersChangedEncoder;
import io.hongbao.room.codec.MessageHeaderDecoder;
import io.hongbao.room.codec.MessageHeaderEncoder;
import io.hongbao.room.codec.RoomOpenedDecoder;
import io.hongbao.room.codec.RoomOpenedEncoder;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/** Bytes of the events of rooms, schema 5. */
public final class RoomCodec implements EventCodec {

  public static final int SCHEMA_ID = 5;

  private final MessageHeaderEncoder headerOut = new MessageHeaderEncoder();
  private final MessageHeaderDecoder headerIn = new MessageHeaderDecoder();

  @Override
  public int schemaId() {
    return SCHEMA_ID;
  }

  @Override
  public int encode(Event event, MutableDirectBuffer target, int offset) {
    int body =
        switch ((RoomEvent) event) {
          case RoomOpened e ->
              new RoomOpenedEncoder()
                  .wrapAndApplyHeader(target, offset, headerOut)
                  .roomId(e.roomId())
                  .isPublic((short) (e.isPublic() ? 1 : 0))
                  .encodedLength();
          case MembersChanged e -> {
            var out = new MembersChangedEncoder().wrapAndApplyHeader(target, offset, headerOut);
            out.roomId(e.roomId());
            var added = out.addedCount(e.added().size());
            e.added().forEach(userId -> added.next().userId(userId));
            var removed = out.removedCount(e.removed().size());
            e.removed().forEach(userId -> removed.next().userId(userId));
            yield out.encodedLength();
          }
        };
    return MessageHeaderEncoder.ENCODED_LENGTH + body;
  }

  @Override
  public Event decode(DirectBuffer source, int offset, int lengthBytes) {
    headerIn.wrap(source, offset);
    return switch (headerIn.templateId()) {
      case RoomOpenedDecoder.TEMPLATE_ID -> {
        var in = new RoomOpenedDecoder().wrapAndApplyHeader(source, offset, headerIn);
        yield new RoomOpened(in.roomId(), in.isPublic() == 1);
      }
      case MembersChangedDecoder.TEMPLATE_ID -> {
        var in = new MembersChangedDecoder().wrapAndApplyHeader(source, offset, headerIn);
        long roomId = in.roomId();
        List<Long> added = new ArrayList<>();
        for (var one : in.added()) {
          added.add(one.userId());
        }
        List<Long> removed = new ArrayList<>();
        for (var one : in.removed()) {
          removed.add(one.userId());
        }
        yield new MembersChanged(roomId, added, removed);
      }
      default -> throw new UnknownEventException(SCHEMA_ID, headerIn.templateId());
    };
  }
}
