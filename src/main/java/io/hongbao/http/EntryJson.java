// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Live rooms".
package io.hongbao.http;

import io.hongbao.live.LogEntry;
import io.hongbao.live.RoomEntry;
import io.hongbao.live.RoomEntry.Chat;
import io.hongbao.live.RoomEntry.Gift;
import io.hongbao.live.RoomEntry.MoneyEvent;
import io.hongbao.live.RoomEntry.Notice;
import io.hongbao.live.RoomEntry.Presence;
import io.hongbao.live.RoomEntry.Recall;
import java.util.Locale;

/**
 * Writes entries of a room's log, in the one form that HTTP and WebSocket share.
 *
 * <p><b>Thread:</b> any; the writer is the caller's.
 */
public final class EntryJson {

  private EntryJson() {}

  /** Writes an entry as an object: place, time, kind, and what its kind has. */
  public static void write(JsonWriter json, LogEntry entry) {
    json.beginObject().field("seq", entry.sequence()).name("at").time(entry.atMs());
    fields(json, entry.entry());
    json.endObject();
  }

  /** The same with its epoch, for lists of several. */
  static void write(JsonWriter json, LogEntry entry, long epoch) {
    json.beginObject().field("epoch", epoch).field("seq", entry.sequence());
    json.name("at").time(entry.atMs());
    fields(json, entry.entry());
    json.endObject();
  }

  /** Writes kind and fields where the writer stands in an object. */
  public static void fields(JsonWriter json, RoomEntry entry) {
    json.field("kind", entry.kind());
    switch (entry) {
      case Chat chat -> chat(json, chat);
      case Gift gift -> gift(json, gift);
      case Presence mark ->
          json.field("watching", mark.watching()).field("joined", mark.joinedInWindow());
      case Recall recall -> recall(json, recall);
      case MoneyEvent event ->
          json.field("event_id", event.eventId()).name("data").raw(event.json());
      case Notice notice -> json.field("code", notice.code()).field("text", notice.text());
    }
  }

  private static void chat(JsonWriter json, Chat chat) {
    json.name("id").id(chat.id()).name("user_id").id(chat.userId());
    json.field("nickname", chat.nickname());
    if (chat.isRecalled()) {
      json.field("recalled", true);
      return;
    }
    json.field("text", chat.text()).field("position", chat.position().wireName());
    json.field("colour", colour(chat.colourRgb())).field("size", chat.size());
    if (chat.videoTimeMs() >= 0) {
      json.field("video_time_ms", chat.videoTimeMs());
    }
  }

  private static void gift(JsonWriter json, Gift gift) {
    json.name("id").id(gift.id()).name("user_id").id(gift.userId());
    json.field("nickname", gift.nickname()).field("gift_id", gift.giftId());
    json.field("name", gift.name()).field("count", gift.count());
    json.field("value", gift.valueMinor());
  }

  private static void recall(JsonWriter json, Recall recall) {
    json.field("of_epoch", recall.ofEpoch()).field("of_seq", recall.sequence());
    json.field("by", recall.by().wireName());
  }

  /** A colour as web pages write it. */
  static String colour(int rgb) {
    return String.format(Locale.ROOT, "#%06x", rgb);
  }
}
