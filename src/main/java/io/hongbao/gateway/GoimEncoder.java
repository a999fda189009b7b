// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The gateway".
package io.hongbao.gateway;

import io.hongbao.live.LogEntry;
import io.hongbao.live.RoomEntry.Chat;
import io.hongbao.live.RoomEntry.Gift;
import io.hongbao.live.RoomEntry.MoneyEvent;
import io.hongbao.live.RoomEntry.Notice;
import io.hongbao.live.RoomEntry.Position;
import io.hongbao.live.RoomEntry.Presence;
import io.hongbao.live.RoomEntry.Recall;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/**
 * Writes moments as Bilibili's packets; see docs/PROTOCOL.md.
 *
 * <p><b>Thread:</b> one loop's.
 */
final class GoimEncoder {

  private static final long MS_PER_S = 1_000;
  private static final int MODE_SCROLL = 1;
  private static final int MODE_BOTTOM = 4;
  private static final int MODE_TOP = 5;

  private final ByteBufAllocator alloc;
  private final SharedDeflater deflater;
  private final JsonBytes packets = new JsonBytes();

  GoimEncoder(ByteBufAllocator alloc, SharedDeflater deflater) {
    this.alloc = alloc;
    this.deflater = deflater;
  }

  /** For TCP. */
  ByteBuf packets(Wire.Packing packing, long roomId, Moment moment) {
    return encode(packing, roomId, moment, false);
  }

  /** For WebSocket: the same in one binary frame. */
  ByteBuf frame(Wire.Packing packing, long roomId, Moment moment) {
    return encode(packing, roomId, moment, true);
  }

  private ByteBuf encode(Wire.Packing packing, long roomId, Moment moment, boolean isFramed) {
    packets.reset();
    for (Moment.Shown shown : moment.shown()) {
      packet(roomId, shown);
    }
    for (Moment.LeftOut range : moment.leftOut()) {
      int start = begin();
      packets.raw("{\"cmd\":\"HONGBAO_LEFT_OUT\",\"data\":{\"from\":").number(range.from());
      packets.raw(",\"to\":").number(range.to()).raw(",\"count\":").number(range.count());
      end(start, "}}");
    }
    int inner = packets.sizeBytes();
    byte[] data = packets.array();
    int version = Goim.JSON;
    if (packing == Wire.Packing.ZLIB) {
      inner = deflater.zlib(data, inner);
      data = deflater.out();
      version = Goim.ZLIB;
    } else if (packing == Wire.Packing.BROTLI) {
      data = Brotli.pack(data, inner);
      inner = data.length;
      version = Goim.BROTLI;
    }
    int size = inner + (version == Goim.JSON ? 0 : Goim.HEADER_BYTES);
    ByteBuf out = alloc.directBuffer(Frames.HEADER_BYTES_MAX + size);
    if (isFramed) {
      Frames.header(out, FrameReader.BINARY, false, size);
    }
    if (version != Goim.JSON) {
      Goim.header(out, size, version, Goim.OP_MESSAGE);
    }
    return out.writeBytes(data, 0, inner);
  }

  // Room for the header, which is written when the length is known.
  private int begin() {
    int start = packets.sizeBytes();
    for (int i = 0; i < Goim.HEADER_BYTES; i++) {
      packets.raw('\0');
    }
    return start;
  }

  private void end(int start, String tail) {
    packets.raw(tail);
    Goim.header(packets.array(), start, packets.sizeBytes() - start, Goim.JSON, Goim.OP_MESSAGE);
  }

  private void packet(long roomId, Moment.Shown shown) {
    LogEntry entry = shown.entry();
    int start = begin();
    switch (entry.entry()) {
      case Chat chat -> chat(entry, chat);
      case Gift gift -> gift(entry, gift);
      case Presence presence -> {
        packets.raw("{\"cmd\":\"WATCHED_CHANGE\",\"data\":{\"num\":").number(presence.watching());
        packets.raw(",\"text_small\":\"").number(presence.watching());
        packets.raw("\",\"text_large\":\"").number(presence.watching()).raw("\"}}");
      }
      case Recall recall -> {
        packets.raw("{\"cmd\":\"RECALL_DANMU_MSG\",\"data\":{\"recall_type\":1,\"target_id\":");
        packets.number(recall.sequence()).raw("}}");
      }
      case MoneyEvent money -> money(roomId, entry, money);
      case Notice notice -> {
        packets.raw("{\"cmd\":\"NOTICE_MSG\",\"msg_common\":").text(notice.text());
        packets.raw(",\"msg_self\":").text(notice.text()).raw(",\"name\":").text(notice.code());
        packets.raw(",\"roomid\":").number(roomId).raw('}');
      }
    }
    end(start, "");
  }

  private void chat(LogEntry entry, Chat chat) {
    int mode =
        chat.position() == Position.TOP
            ? MODE_TOP
            : chat.position() == Position.BOTTOM ? MODE_BOTTOM : MODE_SCROLL;
    long seconds = entry.atMs() / MS_PER_S;
    packets.raw("{\"cmd\":\"DANMU_MSG\",\"info\":[[0,").number(mode).raw(',').number(chat.size());
    packets.raw(',').number(chat.colourRgb()).raw(',').number(entry.atMs()).raw(',');
    packets.number(entry.sequence()).raw(",0,\"\",0,0,0,\"\",0,\"{}\",\"{}\",{}],");
    packets.text(chat.text()).raw(",[").number(chat.userId()).raw(',').text(chat.nickname());
    packets.raw(",0,0,0,10000,1,\"\"],[],[0,0,9868950,\">50000\",0],[\"\",\"\"],0,0,null,{\"ts\":");
    packets.number(seconds).raw(",\"ct\":\"\"},0,0,null,null,0,0],\"dm_v2\":\"\"}");
  }

  private void gift(LogEntry entry, Gift gift) {
    packets.raw("{\"cmd\":\"SEND_GIFT\",\"data\":{\"action\":\"\",\"uid\":").number(gift.userId());
    packets.raw(",\"uname\":").text(gift.nickname()).raw(",\"giftId\":").text(gift.giftId());
    packets.raw(",\"giftName\":").text(gift.name()).raw(",\"num\":").number(gift.count());
    packets.raw(",\"total_coin\":").number(gift.valueMinor()).raw(",\"coin_type\":\"gold\"");
    packets.raw(",\"tid\":\"").number(gift.id()).raw("\",\"timestamp\":");
    packets.number(entry.atMs() / MS_PER_S).raw("}}");
  }

  private void money(long roomId, LogEntry entry, MoneyEvent money) {
    String cmd =
        switch (money.type()) {
          case "red_packet.sent" -> "POPULARITY_RED_POCKET_START";
          case "red_packet.opened" -> "POPULARITY_RED_POCKET_WINNER_LIST";
          default -> "HONGBAO_RED_PACKET";
        };
    packets.raw("{\"cmd\":\"").raw(cmd).raw("\",\"data\":{\"lot_id\":\"");
    packets.number(money.packetId()).raw("\",\"type\":\"").raw(money.type());
    packets.raw("\",\"sender_uid\":").number(money.userId());
    packets.raw(",\"total_price\":").number(money.amountMinor());
    packets.raw(",\"room_id\":").number(roomId);
    packets.raw(",\"current_time\":").number(entry.atMs() / MS_PER_S);
    packets.raw(",\"event\":\"").raw(money.eventId()).raw("\",\"hongbao\":");
    packets.raw(money.json(), 0, money.json().length).raw("}}");
  }
}
