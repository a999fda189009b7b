// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Configuration".
package io.hongbao.config;

import static io.hongbao.config.Declare.bytes;
import static io.hongbao.config.Declare.duration;
import static io.hongbao.config.Declare.flag;
import static io.hongbao.config.Declare.whole;

import java.util.ArrayList;
import java.util.List;

/** The part of the catalogue about what is said in rooms. */
public final class RoomCatalogue {

  private static final List<Setting> ALL = new ArrayList<>();

  private static final long KIB = 1L << 10;
  private static final long MIB = 1L << 20;
  private static final long GIB = 1L << 30;
  private static final long SECOND_MS = 1_000;
  private static final long HOUR_MS = 3_600 * SECOND_MS;
  private static final long DAY_MS = 24 * HOUR_MS;

  public static final Setting MEMBERS_MAX =
      declare("Most members of one room.", whole("room.members_max", 500, 1, 100_000, "members"));
  public static final Setting LOG_BYTES =
      declare(
          "Memory for the newest entries of one room.",
          bytes("room.log_bytes", MIB, 16 * KIB, GIB));
  public static final Setting LOG_AGE =
      declare(
          "Age at which an entry leaves memory and is read from the read model.",
          duration("room.log_age", 10 * 60 * SECOND_MS, SECOND_MS, DAY_MS));
  public static final Setting APPENDS_MAX =
      declare(
          "Messages and other tasks of rooms that may wait for one loop; then new ones are answered"
              + " overloaded.",
          whole("room.appends_max", 65_536, 64, 1 << 22, "tasks"));
  public static final Setting TEXT_MAX_CHARS =
      declare(
          "Longest message, in Unicode characters.",
          whole("room.text_max_chars", 100, 1, 1_000, "characters"));
  public static final Setting BUDGET =
      declare(
          "Messages a second of one room, unless its moderators say otherwise; what is more waits"
              + " for its turn.",
          whole("room.budget", 50, 1, 100_000, "messages/s"));
  public static final Setting WAITING_MAX =
      declare(
          "Messages of one room that may wait for their turn; more are told to come back.",
          whole("room.waiting_max", 200, 0, 5_000, "messages"));
  public static final Setting KEYS_MAX =
      declare(
          "Idempotency keys of messages that each loop remembers, for ten minutes at most.",
          whole("room.keys_max", 65_536, 0, 1 << 22, "keys"));
  public static final Setting FLUSH_MS =
      declare(
          "Chat that a crash may lose; money events are never lost.",
          duration("room.flush_ms", 200, 20, 60 * SECOND_MS));
  public static final Setting UNSAVED_MAX =
      declare(
          "Entries that may wait for the read model; then chat is answered overloaded.",
          whole("room.unsaved_max", 100_000, 100, 10_000_000, "entries"));
  public static final Setting HISTORY_AGE =
      declare(
          "Age at which what was said in rooms is deleted.",
          duration("room.history_age", 30 * DAY_MS, HOUR_MS, 3_650 * DAY_MS));
  public static final Setting TRACKING =
      declare(
          "Whether every attempt to say something is a line of the log, without its text.",
          flag("room.tracking", false));

  private RoomCatalogue() {}

  static List<Setting> all() {
    return List.copyOf(ALL);
  }

  private static Setting declare(String doc, Setting kind) {
    Setting setting = kind.withDoc(doc);
    ALL.add(setting);
    return setting;
  }
}
