// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Live rooms".
package io.hongbao.live;

import java.util.Locale;

/**
 * What can stand in a room's log.
 *
 * <p><b>Thread:</b> any; immutable.
 */
public sealed interface RoomEntry {

  /** What an entry costs beside its texts: its objects, its place in the log. */
  int OVERHEAD_BYTES = 120;

  /** Bytes by which the log's bound counts it. */
  int sizeBytes();

  /** Name of the kind on the wire, such as {@code chat}. */
  String kind();

  /** Whether it moves money, and is therefore never left out and never dropped before its time. */
  default boolean isMoney() {
    return false;
  }

  /** Where a text flies or stands. */
  enum Position {
    SCROLL,
    TOP,
    BOTTOM;

    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Somebody said something.
   *
   * @param id the same for ever and in every protocol; grows with time
   * @param text normalised already: no control characters, no trailing space; empty once it was
   *     recalled
   * @param colourRgb 0 to 0xFFFFFF
   * @param size 12 to 64, as players have it; 25 is ordinary
   * @param videoTimeMs place in a recording; −1 when it was said live
   */
  record Chat(
      long id,
      long userId,
      String nickname,
      String text,
      Position position,
      int colourRgb,
      int size,
      long videoTimeMs)
      implements RoomEntry {

    /** Whether its author or a moderator took it back: the text is gone then. */
    public boolean isRecalled() {
      return text.isEmpty();
    }

    Chat withoutText() {
      return new Chat(id, userId, nickname, "", position, colourRgb, size, videoTimeMs);
    }

    @Override
    public int sizeBytes() {
      return OVERHEAD_BYTES + 2 * (nickname.length() + text.length());
    }

    @Override
    public String kind() {
      return "chat";
    }
  }

  /**
   * Somebody gave something to the room's host.
   *
   * @param valueMinor value of all of it; the unit is the gift shop's
   */
  record Gift(
      long id, long userId, String nickname, String giftId, String name, int count, long valueMinor)
      implements RoomEntry {

    @Override
    public int sizeBytes() {
      return OVERHEAD_BYTES + 2 * (nickname.length() + giftId.length() + name.length());
    }

    @Override
    public String kind() {
      return "gift";
    }
  }

  /**
   * How many watch, now and then; no entry for each who comes.
   *
   * @param joinedInWindow who came since the mark before
   */
  record Presence(long watching, long joinedInWindow) implements RoomEntry {

    @Override
    public int sizeBytes() {
      return OVERHEAD_BYTES;
    }

    @Override
    public String kind() {
      return "presence";
    }
  }

  /**
   * An entry was taken back and has to leave every screen.
   *
   * @param sequence of the entry, in {@code ofEpoch}
   * @param by the author or {@code moderator}
   */
  record Recall(long ofEpoch, long sequence, By by) implements RoomEntry {

    /** Who took it back. */
    public enum By {
      AUTHOR,
      MODERATOR;

      public String wireName() {
        return name().toLowerCase(Locale.ROOT);
      }
    }

    @Override
    public int sizeBytes() {
      return OVERHEAD_BYTES;
    }

    @Override
    public String kind() {
      return "recall";
    }
  }

  /**
   * Something about a red packet of this room, as the journal has it.
   *
   * @param type {@code red_packet.sent}, {@code .opened}, {@code .empty} or {@code .refunded}
   * @param partition whose record it is
   * @param position of that record in its partition; with {@code index} unique for ever
   * @param index ordinal of the event in its record
   * @param packetId the packet
   * @param userId who did it: sender or opener
   * @param amountMinor total sent, share opened or rest returned; 0 of {@code empty}
   * @param json fields of the entry as a JSON object, written once for all; not to be changed
   */
  @SuppressWarnings("ArrayRecordComponent") // shared by all readers and never compared
  record MoneyEvent(
      String type,
      int partition,
      long position,
      int index,
      long packetId,
      long userId,
      long amountMinor,
      byte[] json)
      implements RoomEntry {

    @Override
    public int sizeBytes() {
      return OVERHEAD_BYTES + json.length;
    }

    @Override
    public String kind() {
      return type;
    }

    @Override
    public boolean isMoney() {
      return true;
    }

    /** The same for ever; what receivers tell repeats by. */
    public String eventId() {
      return partition + ":" + position + ":" + index;
    }
  }

  /**
   * The room has something to say itself.
   *
   * @param code such as {@code slow_mode_on}; stable
   * @param text for people who read no codes
   */
  record Notice(String code, String text) implements RoomEntry {

    @Override
    public int sizeBytes() {
      return OVERHEAD_BYTES + 2 * (code.length() + text.length());
    }

    @Override
    public String kind() {
      return "notice";
    }
  }
}
