// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Live rooms".
package io.hongbao.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.hongbao.live.Outcome.Done;
import io.hongbao.live.RoomEntry.Chat;
import io.hongbao.live.RoomEntry.Notice;
import io.hongbao.live.RoomEntry.Position;
import io.hongbao.live.SayOutcome.Refused;
import io.hongbao.live.SayOutcome.Waits;
import io.hongbao.model.RefusalCode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** Rooms on a loop of one thread, with a budget of two messages a second and a line of three. */
abstract class LiveRoomsFixture {

  static final long ROOM = 7;
  static final long MODERATOR = 1;
  static final ChatLimits LIMITS = new ChatLimits(100, 2, 3, 10);

  final HandTime time = new HandTime();
  final List<RoomChange> kept = new ArrayList<>();
  final List<String> tracked = new ArrayList<>();
  boolean hasRoom = true;
  boolean canKeep = true;
  boolean isInTime = true;

  final RoomBook book =
      new RoomBook() {
        @Override
        public CompletableFuture<Void> save(RoomChange change) {
          kept.add(change);
          return canKeep
              ? CompletableFuture.completedFuture(null)
              : CompletableFuture.failedFuture(new IllegalStateException("no disk"));
        }

        @Override
        public boolean hasRoom() {
          return hasRoom;
        }

        @Override
        public boolean isInTime() {
          return isInTime;
        }
      };

  final List<Executor> loops = List.of(Runnable::run);
  final LocalRoomLogs logs =
      new LocalRoomLogs(loops, roomId -> 0, time, new LogLimits(1 << 20, 3_600_000, 1_024), 5);
  final LiveRooms rooms =
      new LiveRooms(
          logs,
          book,
          LIMITS,
          new LiveMeters(),
          (say, outcome, tookNanos) -> tracked.add(outcome.getClass().getSimpleName()),
          time,
          1,
          roomId -> 0,
          5);
  final Moderators moderators = new Moderators(rooms, Runnable::run);

  SayOutcome say(long userId, String text) {
    return say(userId, text, null);
  }

  SayOutcome say(long userId, String text, SayKey key) {
    List<SayOutcome> told = new ArrayList<>();
    Say said = new Say(ROOM, userId, "n", text, Position.SCROLL, 0xFFFFFF, 25, -1, key);
    rooms.say(said, told::add);
    assertEquals(1, told.size(), "an outcome is told once");
    return told.getFirst();
  }

  RefusalCode refusal(SayOutcome outcome) {
    return assertInstanceOf(Refused.class, outcome).code();
  }

  TicketView waits(SayOutcome outcome) {
    return assertInstanceOf(Waits.class, outcome).ticket();
  }

  TicketView ticket(long id, long userId) {
    List<Outcome<TicketView>> told = new ArrayList<>();
    rooms.ticket(ROOM, id, userId, told::add);
    return value(told);
  }

  @SuppressWarnings("unchecked")
  static <T> T value(List<Outcome<T>> told) {
    assertEquals(1, told.size());
    return ((Done<T>) assertInstanceOf(Done.class, told.getFirst())).value();
  }

  void moderatorIsThere() {
    List<Outcome<RoomState>> told = new ArrayList<>();
    moderators.moderators(ROOM, List.of(MODERATOR), List.of(), told::add);
    assertEquals(List.of(MODERATOR), value(told).moderators());
  }

  void rules(RoomRules.Patch patch) {
    List<Outcome<RoomState>> told = new ArrayList<>();
    moderators.rules(ROOM, MODERATOR, patch, told::add);
    value(told);
  }

  void sanction(long userId, Sanction.Kind kind, long forMs) {
    List<Outcome<Sanction>> told = new ArrayList<>();
    moderators.sanction(
        ROOM,
        MODERATOR,
        new Sanction(userId, kind, time.nowMs() + forMs, MODERATOR, "spam"),
        told::add);
    value(told);
  }

  List<String> texts() {
    List<String> texts = new ArrayList<>();
    for (LogEntry entry : logs.read(ROOM, 0, 1 << 20)) {
      switch (entry.entry()) {
        case Chat chat -> texts.add(chat.text());
        case Notice notice -> texts.add("*" + notice.code());
        default -> texts.add(entry.entry().kind());
      }
    }
    return texts;
  }

  void fill() {
    say(101, "a");
    say(102, "b");
  }
}
