// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The gateway".
package io.hongbao.gateway;

import io.hongbao.live.LogEntry;
import io.hongbao.live.RoomEntry;
import io.hongbao.live.RoomEntry.Chat;
import io.hongbao.live.RoomEntry.Gift;
import io.hongbao.live.RoomEntry.MoneyEvent;
import io.hongbao.live.RoomEntry.Notice;
import io.hongbao.live.RoomEntry.Position;
import io.hongbao.live.RoomEntry.Presence;
import io.hongbao.live.RoomEntry.Recall;

/**
 * Writes moments as the frames {@code entries} of docs/PROTOCOL.md. What an entry has is called and
 * written as HTTP does; only what is ordinary (white, scrolling, of size 25) is not said.
 *
 * <p><b>Thread:</b> any; keeps nothing.
 */
final class JsonItems {

  static final int WHITE_RGB = 0xffffff;
  static final int ORDINARY_SIZE = 25;

  private JsonItems() {}

  static void write(JsonBytes json, long roomId, Moment moment) {
    json.raw("{\"op\":\"entries\",\"room\":").id(roomId);
    json.raw(",\"epoch\":").number(moment.epoch());
    json.raw(",\"from\":").number(moment.from()).raw(",\"to\":").number(moment.to());
    json.raw(",\"items\":[");
    boolean isFirst = true;
    for (Moment.Shown shown : moment.shown()) {
      if (!isFirst) {
        json.raw(',');
      }
      isFirst = false;
      item(json, shown);
    }
    json.raw(']');
    if (!moment.leftOut().isEmpty()) {
      json.raw(",\"left_out\":[");
      boolean isFirstRange = true;
      for (Moment.LeftOut range : moment.leftOut()) {
        json.raw(isFirstRange ? "{\"from\":" : ",{\"from\":").number(range.from());
        json.raw(",\"to\":").number(range.to());
        json.raw(",\"count\":").number(range.count()).raw('}');
        isFirstRange = false;
      }
      json.raw(']');
    }
    json.raw('}');
  }

  private static void item(JsonBytes json, Moment.Shown shown) {
    LogEntry entry = shown.entry();
    json.raw("{\"seq\":").number(entry.sequence());
    json.raw(",\"at\":").time(entry.atMs());
    json.raw(",\"kind\":\"").raw(entry.entry().kind()).raw('"');
    fields(json, entry);
    if (shown.also().length > 0) {
      json.raw(",\"times\":").number(shown.also().length + 1L).raw(",\"also\":[");
      for (int i = 0; i < shown.also().length; i++) {
        if (i > 0) {
          json.raw(',');
        }
        json.number(shown.also()[i]);
      }
      json.raw(']');
    }
    json.raw('}');
  }

  private static void fields(JsonBytes json, LogEntry entry) {
    RoomEntry what = entry.entry();
    switch (what) {
      case Chat chat -> chat(json, chat);
      case Gift gift -> {
        json.raw(",\"id\":").id(gift.id()).raw(",\"user_id\":").id(gift.userId());
        json.raw(",\"nickname\":").text(gift.nickname());
        json.raw(",\"gift_id\":").text(gift.giftId()).raw(",\"name\":").text(gift.name());
        json.raw(",\"count\":").number(gift.count());
        json.raw(",\"value\":").number(gift.valueMinor());
      }
      case Presence presence -> {
        json.raw(",\"watching\":").number(presence.watching());
        json.raw(",\"joined\":").number(presence.joinedInWindow());
      }
      case Recall recall -> {
        json.raw(",\"of_epoch\":").number(recall.ofEpoch());
        json.raw(",\"of_seq\":").number(recall.sequence());
        json.raw(",\"by\":\"").raw(recall.by().wireName()).raw('"');
      }
      case MoneyEvent money -> money(json, money);
      case Notice notice ->
          json.raw(",\"code\":").text(notice.code()).raw(",\"text\":").text(notice.text());
    }
  }

  private static void chat(JsonBytes json, Chat chat) {
    json.raw(",\"id\":").id(chat.id()).raw(",\"user_id\":").id(chat.userId());
    json.raw(",\"nickname\":").text(chat.nickname());
    if (chat.isRecalled()) {
      json.raw(",\"recalled\":true");
      return;
    }
    json.raw(",\"text\":").text(chat.text());
    if (chat.position() != Position.SCROLL) {
      json.raw(",\"position\":\"").raw(chat.position().wireName()).raw('"');
    }
    if (chat.colourRgb() != WHITE_RGB) {
      json.raw(",\"colour\":").colour(chat.colourRgb());
    }
    if (chat.size() != ORDINARY_SIZE) {
      json.raw(",\"size\":").number(chat.size());
    }
    if (chat.videoTimeMs() >= 0) {
      json.raw(",\"video_time_ms\":").number(chat.videoTimeMs());
    }
  }

  private static void money(JsonBytes json, MoneyEvent money) {
    json.raw(",\"event_id\":\"").number(money.partition()).raw(':').number(money.position());
    json.raw(':').number(money.index()).raw("\",\"data\":");
    json.raw(money.json(), 0, money.json().length);
  }
}
