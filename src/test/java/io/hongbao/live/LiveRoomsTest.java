// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Live rooms".
package io.hongbao.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hongbao.live.LiveRooms.GiftPlace;
import io.hongbao.live.LiveRooms.GiftShown;
import io.hongbao.live.Outcome.No;
import io.hongbao.live.RoomEntry.Chat;
import io.hongbao.live.RoomEntry.Position;
import io.hongbao.live.SayOutcome.Refused;
import io.hongbao.live.SayOutcome.Said;
import io.hongbao.live.SayOutcome.Waits;
import io.hongbao.live.TicketView.State;
import io.hongbao.model.RefusalCode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LiveRoomsTest extends LiveRoomsFixture {

  @Test
  void whatIsSaidStandsInTheLogWithItsNumber() {
    Said said = assertInstanceOf(Said.class, say(2, "hello"));

    assertEquals(1, said.entry().sequence());
    assertEquals(List.of("hello"), texts());
    assertEquals(1, rooms.meters().said());
  }

  @Test
  void aFullRoomLetsWaitAndThenSays() {
    fill();
    TicketView first = waits(say(2, "c"));
    TicketView second = waits(say(3, "d"));

    assertEquals(1, first.place());
    assertEquals(2, second.place());
    assertEquals(List.of("a", "b", "*slow_mode_on"), texts());

    time.nowMs += 500;
    rooms.pump(0);
    assertEquals(State.SAID, ticket(first.id(), 2).state());
    assertEquals(1, ticket(second.id(), 3).place());
    time.nowMs += 500;
    rooms.pump(0);
    assertEquals(List.of("a", "b", "*slow_mode_on", "c", "d"), texts());
    time.nowMs += 10_000;
    rooms.pump(0);
    assertEquals("*slow_mode_off", texts().getLast());
  }

  @Test
  void everyAttemptIsTrackedWithItsOutcome() {
    fill();
    say(2, "c");
    say(2, "c");

    assertEquals(List.of("Said", "Said", "Waits", "Refused"), tracked);
    assertEquals(4, rooms.meters().sayNanos().count());
    assertEquals(1, rooms.meters().refused(RefusalCode.ALREADY_WAITING));
  }

  @Test
  void whoComesWhileOthersWaitDoesNotOvertakeThem() {
    fill();
    waits(say(2, "c"));
    time.nowMs += 10_000;

    waits(say(3, "d"));
    rooms.pump(0);
    assertEquals(List.of("a", "b", "*slow_mode_on", "c", "d"), texts().subList(0, 5));
  }

  @Test
  void oneMessageOfAUserWaitsAndAsManyAsAllowedInAll() {
    fill();
    waits(say(2, "c"));

    Refused again = assertInstanceOf(Refused.class, say(2, "c2"));
    assertEquals(RefusalCode.ALREADY_WAITING, again.code());
    assertTrue(again.retryAfterMs() > 0);
    waits(say(3, "d"));
    waits(say(4, "e"));
    Refused crowded = assertInstanceOf(Refused.class, say(5, "f"));
    assertEquals(RefusalCode.ROOM_CROWDED, crowded.code());
    assertEquals(1_500, crowded.retryAfterMs());
  }

  @Test
  void aTicketSaysWhenItIsOverAtTheLatestAndThatHolds() {
    fill();
    TicketView ticket = waits(say(2, "c"));

    assertEquals(time.nowMs() + 4 * 500 + 1_000, ticket.expiresAtMs());
    rules0(1);
    for (int i = 0; i < 10 && ticket(ticket.id(), 2).state() == State.WAITING; i++) {
      time.nowMs += 500;
      rooms.pump(0);
    }
    assertEquals(State.SAID, ticket(ticket.id(), 2).state());
  }

  // A budget that is lowered while somebody waits, by the backend.
  private void rules0(int messagesPerS) {
    List<Outcome<RoomState>> told = new ArrayList<>();
    moderators.rules(
        ROOM, Moderators.BACKEND, new RoomRules.Patch(null, null, null, messagesPerS), told::add);
    value(told);
  }

  @Test
  void whatWaitsCanBeTakenBackByItsAuthorAlone() {
    fill();
    TicketView mine = waits(say(2, "c"));
    List<Outcome<TicketView>> told = new ArrayList<>();
    rooms.cancel(ROOM, mine.id(), 3, told::add);
    assertInstanceOf(No.class, told.getFirst());
    told.clear();

    rooms.cancel(ROOM, mine.id(), 2, told::add);
    assertEquals(State.CANCELLED, value(told).state());
    time.nowMs += 5_000;
    rooms.pump(0);
    assertEquals(List.of("a", "b", "*slow_mode_on"), texts());
    assertEquals(State.CANCELLED, ticket(mine.id(), 2).state());
  }

  @Test
  void aKeyTellsARepeat() {
    SayKey key = new SayKey(1, 2, 3);
    Said first = assertInstanceOf(Said.class, say(2, "x", key));
    Said again = assertInstanceOf(Said.class, say(2, "x", key));

    assertFalse(first.isRepeat());
    assertTrue(again.isRepeat());
    assertEquals(first.entry(), again.entry());
    assertEquals(List.of("x"), texts());
    assertEquals(RefusalCode.KEY_REUSED, refusal(say(2, "y", new SayKey(1, 2, 4))));
  }

  @Test
  void aKeyOfAMessageThatWaitsLeadsToItsTicketAndThenToItsEntry() {
    fill();
    SayKey key = new SayKey(1, 2, 3);
    TicketView ticket = waits(say(2, "c", key));

    Waits again = assertInstanceOf(Waits.class, say(2, "c", key));
    assertTrue(again.isRepeat());
    assertEquals(ticket.id(), again.ticket().id());
    time.nowMs += 1_000;
    rooms.pump(0);
    assertTrue(assertInstanceOf(Said.class, say(2, "c", key)).isRepeat());
  }

  @Test
  void keysAreForgottenAfterTenMinutesAndBeyondTheirNumber() {
    SayKey key = new SayKey(1, 2, 3);
    say(2, "x", key);
    time.nowMs += KeyMemory.AGE_MS_MAX;
    assertFalse(assertInstanceOf(Said.class, say(2, "x", key)).isRepeat());

    for (int i = 0; i < LIMITS.keysMax(); i++) {
      time.nowMs += 1_000;
      say(2, "y", new SayKey(9, i, 0));
    }
    time.nowMs += 1_000;
    assertFalse(assertInstanceOf(Said.class, say(2, "x", key)).isRepeat());
  }

  @Test
  void nothingIsSaidThatCouldNotBeKept() {
    hasRoom = false;

    assertEquals(RefusalCode.OVERLOADED, refusal(say(2, "x")));
    assertEquals(List.of(), texts());
  }

  @Test
  void aRoomInWhichNothingGoesOnIsForgottenAndItsModeratorsAreNot() {
    moderatorIsThere();
    rooms.say(new Say(8, 2, "n", "t", Position.SCROLL, 0, 25, -1, null), any -> {});
    rooms.sweep(0);
    assertEquals(1, logs.tail(8).lastSequence());
    time.nowMs += 120_000;
    rooms.sweep(0);

    rules(new RoomRules.Patch(true, null, null, null));
    assertEquals(RefusalCode.CHAT_CLOSED, refusal(say(2, "x")));
  }

  /**
   * A crash may lose {@code room.flush_ms} of chat: so nothing is said while older is not durable.
   */
  @Test
  void wordsWaitInOrderUntilTheDiskKeepsUp() {
    isInTime = false;
    List<SayOutcome> told = new ArrayList<>();
    for (long user = 2; user < 4; user++) {
      rooms.say(
          new Say(ROOM, user, "n", "by " + user, Position.SCROLL, 0xFFFFFF, 25, -1, null),
          told::add);
    }
    rooms.pump(0);
    assertEquals(List.of(), told);
    assertEquals(0, logs.tail(ROOM).lastSequence());

    isInTime = true;
    rooms.pump(0);

    assertEquals(2, told.size());
    for (int i = 0; i < 2; i++) {
      LogEntry entry = assertInstanceOf(Said.class, told.get(i)).entry();
      assertEquals("by " + (2 + i), ((Chat) entry.entry()).text());
      assertEquals(i + 1, entry.sequence());
    }
    assertEquals(2, rooms.meters().held());
  }

  @Test
  void whatWaitsForADiskThatStandsIsRefused() {
    isInTime = false;
    List<SayOutcome> told = new ArrayList<>();
    rooms.say(new Say(ROOM, 2, "n", "hello", Position.SCROLL, 0xFFFFFF, 25, -1, null), told::add);
    hasRoom = false;

    rooms.pump(0);

    assertEquals(RefusalCode.OVERLOADED, assertInstanceOf(Refused.class, told.getFirst()).code());
    assertEquals(0, logs.tail(ROOM).lastSequence());
  }

  @Test
  void aGiftThatIsToldOfTwiceIsShownOnce() {
    GiftShown rose = new GiftShown(2, "n", "rose", "Rose", 3, 30);
    List<Outcome<GiftPlace>> told = new ArrayList<>();
    rooms.give(ROOM, rose, new SayKey(1, 2, 3), told::add);
    rooms.give(ROOM, rose, new SayKey(1, 2, 3), told::add);
    rooms.give(ROOM, rose, new SayKey(1, 2, 4), told::add);

    GiftPlace first = ((Outcome.Done<GiftPlace>) told.get(0)).value();
    GiftPlace again = ((Outcome.Done<GiftPlace>) told.get(1)).value();
    assertFalse(first.isRepeat());
    assertTrue(again.isRepeat());
    assertEquals(first.entry(), again.entry());
    assertEquals(RefusalCode.KEY_REUSED, ((Outcome.No<GiftPlace>) told.get(2)).why().code());
    assertEquals(1, logs.tail(ROOM).lastSequence());
  }
}
