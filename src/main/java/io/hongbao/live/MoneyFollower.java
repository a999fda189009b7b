// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Live rooms".
package io.hongbao.live;

import io.hongbao.engine.journal.JournalReader;
import io.hongbao.export.EventCursor;
import io.hongbao.export.RecordSource;
import io.hongbao.live.RoomEntry.MoneyEvent;
import io.hongbao.redpacket.PacketState;
import io.hongbao.redpacket.RedPacketCodec;
import io.hongbao.redpacket.RedPacketEvent;
import io.hongbao.redpacket.RedPacketEvent.PacketClosed;
import io.hongbao.redpacket.RedPacketEvent.PacketCreated;
import io.hongbao.redpacket.RedPacketEvent.RestReturned;
import io.hongbao.redpacket.RedPacketEvent.ShareOpened;
import io.hongbao.redpacket.codec.PacketClosedDecoder;
import io.hongbao.redpacket.codec.PacketCreatedDecoder;
import io.hongbao.redpacket.codec.RestReturnedDecoder;
import io.hongbao.redpacket.codec.ShareOpenedDecoder;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Brings what the journal says of red packets into the logs of their rooms.
 *
 * <p>One cursor goes once over the log: it begins a little before the end that a start finds, so
 * that the newest events stand in the new epoch too, and never goes back. So each event comes
 * exactly once into an epoch, in the journal's order, and only when it is durable.
 *
 * <p><b>Thread:</b> one; {@link MoneyThread}'s.
 *
 * <p><b>Failure:</b> a log that cannot be read is tried again from the same place. A full owner
 * loop is tried again with the same entry: nothing is left out.
 *
 * <p><b>Limit:</b> while the rooms' database has no room for more ({@link
 * RoomBook#hasRoomForMoney}), nothing is read: what waits is a place in the journal.
 */
public final class MoneyFollower {

  /** What a start looks back, at most: some seconds of the heaviest load, read in 50 ms. */
  public static final long LOOK_BACK_BYTES = 16L << 20;

  private static final int BATCH_MAX = 1_024;

  private record Due(long roomId, MoneyEvent event) {}

  private final RecordSource source;
  private final RoomLogs logs;
  private final RoomBook book;
  private final PacketRooms packets;
  private final MoneyJson json;
  private final LiveMeters meters;
  private final long lookBackToMs;
  private final RedPacketCodec codec = new RedPacketCodec();
  private final EventCursor events = new EventCursor();
  private final Deque<Due> due = new ArrayDeque<>();
  private volatile long nextPosition;
  private int delivered;
  private boolean isHeld;
  private @Nullable JournalReader reader;

  /**
   * Begins before the end of the log.
   *
   * @param book whose room for what waits to be kept bounds how far it reads
   * @param lookBackToMs older events are not put back into the logs
   */
  public MoneyFollower(
      RecordSource source,
      RoomLogs logs,
      RoomBook book,
      PacketRooms packets,
      MoneyJson json,
      LiveMeters meters,
      long lookBackToMs) {
    this.source = source;
    this.logs = logs;
    this.book = book;
    this.packets = packets;
    this.json = json;
    this.meters = meters;
    this.lookBackToMs = lookBackToMs;
    this.nextPosition =
        Math.max(source.firstLogPosition(), source.durableLogPosition() - LOOK_BACK_BYTES);
  }

  /**
   * Goes on.
   *
   * @return whether there may be more at once
   */
  boolean step() throws IOException {
    delivered = 0;
    try {
      return read();
    } finally {
      // Once for all of them: on the same core a loop that is woken for each event handles just
      // that one, and two threads take turns ten thousand times a second.
      logs.wakeOwners();
    }
  }

  /** Events that the last step brought into logs. */
  int delivered() {
    return delivered;
  }

  private boolean read() throws IOException {
    if (!deliver()) {
      return false;
    }
    JournalReader open = reader;
    if (open == null) {
      open = source.readFrom(nextPosition);
      reader = open;
    }
    for (int i = 0; i < BATCH_MAX; i++) {
      if (!open.next()) {
        nextPosition = open.nextLogPosition();
        return false;
      }
      takeWhole(open);
      nextPosition = open.nextLogPosition();
      if (!deliver()) {
        return false;
      }
    }
    return true;
  }

  /** Whether entries wait for a loop that is full, or for the database. */
  boolean isStuck() {
    return !due.isEmpty();
  }

  /** Whether entries wait for the database. */
  boolean isHeld() {
    return isHeld;
  }

  /** Bytes of the journal that are durable and not read yet; any thread. */
  public long behindBytes() {
    return Math.max(0, source.durableLogPosition() - nextPosition);
  }

  // What was read of a record goes out before the next is read, so that the place is the record's.
  private boolean deliver() {
    for (Due next = due.peek(); next != null; next = due.peek()) {
      if (!book.hasRoomForMoney()) {
        if (!isHeld) {
          meters.countMoneyHeld();
        }
        isHeld = true;
        return false;
      }
      isHeld = false;
      if (!logs.appendLater(next.roomId(), next.event())) {
        meters.countMoneyDelayed();
        return false;
      }
      meters.countMoney();
      delivered++;
      due.remove();
    }
    return true;
  }

  // A record that fails in the middle comes again as a whole.
  private void takeWhole(JournalReader record) {
    try {
      take(record);
    } catch (RuntimeException e) {
      due.clear();
      throw e;
    }
  }

  private void take(JournalReader record) {
    events.wrap(record.buffer(), record.offset(), record.lengthBytes());
    boolean isOld = record.timeMs() < lookBackToMs;
    while (events.next()) {
      if (events.schemaId() == RedPacketCodec.SCHEMA_ID && isShown(events.templateId())) {
        var event =
            (RedPacketEvent) codec.decode(events.buffer(), events.offset(), events.lengthBytes());
        take(record, event, isOld);
      }
    }
  }

  // Most records of a busy server are of other kinds; those are not decoded.
  private static boolean isShown(int templateId) {
    return templateId == PacketCreatedDecoder.TEMPLATE_ID
        || templateId == ShareOpenedDecoder.TEMPLATE_ID
        || templateId == PacketClosedDecoder.TEMPLATE_ID
        || templateId == RestReturnedDecoder.TEMPLATE_ID;
  }

  private void take(JournalReader record, RedPacketEvent event, boolean isOld) {
    switch (event) {
      case PacketCreated e -> {
        long packetId = e.spec().packetId();
        packets.put(packetId, e.spec().terms().roomId());
        add(record, "sent", packetId, e.spec().senderId(), e.spec().terms().totalMinor(), e, isOld);
      }
      case ShareOpened e ->
          add(record, "opened", e.packetId(), e.userId(), e.amountMinor(), e, isOld);
      case PacketClosed e -> {
        if (e.state() == PacketState.EMPTY) {
          add(record, "empty", e.packetId(), 0, 0, e, isOld);
          packets.remove(e.packetId());
        }
      }
      case RestReturned e -> {
        add(record, "refunded", e.packetId(), e.senderId(), e.amountMinor(), e, isOld);
        packets.remove(e.packetId());
      }
      default -> throw new IllegalStateException("not shown in rooms: " + event);
    }
  }

  private void add(
      JournalReader record,
      String what,
      long packetId,
      long userId,
      long amountMinor,
      RedPacketEvent event,
      boolean isOld) {
    long roomId = packets.roomOf(packetId);
    if (roomId == PacketRooms.NONE || isOld) {
      return;
    }
    due.add(
        new Due(
            roomId,
            new MoneyEvent(
                "red_packet." + what,
                record.partition(),
                record.sequence(),
                events.index(),
                packetId,
                userId,
                amountMinor,
                json.write(event))));
  }

  /** Lets go of the files; the next step opens them again where it stopped. */
  void close() throws IOException {
    JournalReader open = reader;
    reader = null;
    if (open != null) {
      open.close();
    }
  }
}
