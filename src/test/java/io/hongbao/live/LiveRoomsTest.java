// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Live rooms".
package io.hongbao.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hongbao.live.Outcome.Done;
import io.hongbao.live.Outcome.No;
import io.hongbao.live.Outcome.Unkept;
import io.hongbao.live.RoomEntry.Chat;
import io.hongbao.live.RoomEntry.Notice;
import io.hongbao.live.RoomEntry.Position;
import io.hongbao.live.SayOutcome.Refused;
import io.hongbao.live.SayOutcome.Said;
import io.hongbao.live.SayOutcome.Waits;
import io.hongbao.live.TicketView.State;
import io.hongbao.model.RefusalCode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rooms on a loop of one thread, with a budget of two messages a second and a line of three. */
class LiveRoomsTest {

  private static final long ROOM = 7;
  private static final long MODERATOR = 1;
  private static final ChatLimits LIMITS = new ChatLimits(100, 2, 3, 10);

  private final HandTime time = new HandTime();
  private final List<RoomChange> kept = new ArrayList<>();
  private final List<String> tracked = new ArrayList<>();
  private boolean hasRoom = true;
  private boolean canKeep = true;

  private final RoomBook book =
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
      };

  private final List<Executor> loops = List.of(Runnable::run);
  private final LocalRoomLogs logs =
      new LocalRoomLogs(
          loops, roomId -> 0, time, new LogLimits(1 << 20, 3_600_000, 1_024), 5);
  private final LiveRooms rooms =
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
  private final Moderators moderators = new Moderators(rooms);

  private SayOutcome say(long userId, String text) {
    return say(userId, text, null);
  }

  private SayOutcome say(long userId, String text, SayKey key) {
    List<SayOutcome> told = new ArrayList<>();
    Say said = new Say(ROOM, userId, "n", text, Position.SCROLL, 0xFFFFFF, 25, -1, key);
    rooms.say(said, told::add);
    assertEquals(1, told.size(), "an outcome is told once");
    return told.getFirst();
  }

  private RefusalCode refusal(SayOutcome outcome) {
    return assertInstanceOf(Refused.class, outcome).code();
  }

  private TicketView waits(SayOutcome outcome) {
    return assertInstanceOf(Waits.class, outcome).ticket();
  }

  private TicketView ticket(long id, long userId) {
    List<Outcome<TicketView>> told = new ArrayList<>();
    rooms.ticket(ROOM, id, userId, told::add);
    return value(told);
  }

  @SuppressWarnings("unchecked")
  private static <T> T value(List<Outcome<T>> told) {
    assertEquals(1, told.size());
    return ((Done<T>) assertInstanceOf(Done.class, told.getFirst())).value();
  }

  private void moderatorIsThere() {
    List<Outcome<RoomState>> told = new ArrayList<>();
    moderators.moderators(ROOM, List.of(MODERATOR), List.of(), told::add);
    assertEquals(List.of(MODERATOR), value(told).moderators());
  }

  private void rules(RoomRules.Patch patch) {
    List<Outcome<RoomState>> told = new ArrayList<>();
    moderators.rules(ROOM, MODERATOR, patch, told::add);
    value(told);
  }

  private void sanction(long userId, Sanction.Kind kind, long forMs) {
    List<Outcome<Sanction>> told = new ArrayList<>();
    moderators.sanction(
        ROOM,
        MODERATOR,
        new Sanction(userId, kind, time.nowMs() + forMs, MODERATOR, "spam"),
        told::add);
    value(told);
  }

  private List<String> texts() {
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

  private void fill() {
    say(101, "a");
    say(102, "b");
  }

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
        ROOM,
        Moderators.BACKEND,
        new RoomRules.Patch(null, null, null, messagesPerS),
        told::add);
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

  @ParameterizedTest
  @CsvSource({
    "true,false,false,CHAT_CLOSED",
    "false,true,false,FOLLOWERS_ONLY",
    "false,false,true,EMOTES_ONLY"
  })
  void rulesKeepOthersFromSpeakingAndNotModerators(
      boolean closed, boolean followers, boolean emotes, RefusalCode expected) {
    moderatorIsThere();
    rules(new RoomRules.Patch(closed, followers, emotes, null));

    assertEquals(expected, refusal(say(2, "words")));
    assertInstanceOf(Said.class, say(MODERATOR, "words"));
    assertInstanceOf(RoomChange.RulesSet.class, kept.getLast());
  }

  @Test
  void followersAreWhomTheBackendNames() {
    moderatorIsThere();
    rules(new RoomRules.Patch(null, true, null, null));
    List<Outcome<RoomState>> told = new ArrayList<>();
    moderators.followers(ROOM, List.of(2L, 3L), List.of(), told::add);
    moderators.followers(ROOM, List.of(), List.of(3L), told::add);

    assertInstanceOf(Said.class, say(2, "words"));
    assertEquals(RefusalCode.FOLLOWERS_ONLY, refusal(say(3, "words")));
  }

  @Test
  void aMuteEndsByItselfAndSaysWhen() {
    moderatorIsThere();
    sanction(2, Sanction.Kind.MUTE, 5_000);

    Refused refused = assertInstanceOf(Refused.class, say(2, "x"));
    assertEquals(RefusalCode.MUTED, refused.code());
    assertEquals(5_000, refused.retryAfterMs());
    assertTrue(refused.detail().endsWith("Reason: spam"));
    assertFalse(rooms.isBanned(ROOM, 2));
    time.nowMs += 5_000;
    assertInstanceOf(Said.class, say(2, "x"));
  }

  @Test
  void aBanIsKnownToEverybodyUntilItIsLifted() {
    moderatorIsThere();
    List<String> heard = new ArrayList<>();
    rooms.listen(
        new RoomListener() {
          @Override
          public void banned(long roomId, long userId, long untilMs) {
            heard.add(roomId + " " + userId);
          }
        });
    sanction(2, Sanction.Kind.BAN, 5_000);

    assertEquals(RefusalCode.BANNED, refusal(say(2, "x")));
    assertTrue(rooms.isBanned(ROOM, 2));
    assertFalse(rooms.isBanned(8, 2));
    assertEquals(List.of("7 2"), heard);
    List<Outcome<Boolean>> told = new ArrayList<>();
    moderators.lift(ROOM, MODERATOR, 2, told::add);
    assertTrue(value(told));
    assertFalse(rooms.isBanned(ROOM, 2));
    assertInstanceOf(Said.class, say(2, "x"));
  }

  @Test
  void whoIsMutedWhileHeWaitsLosesHisTurn() {
    moderatorIsThere();
    fill();
    TicketView ticket = waits(say(2, "c"));
    sanction(2, Sanction.Kind.MUTE, 5_000);

    TicketView over = ticket(ticket.id(), 2);
    assertEquals(State.REFUSED, over.state());
    assertEquals(RefusalCode.MUTED, over.refusedBy());
  }

  @Test
  void onlyModeratorsModerateAndNobodyModeratesThem() {
    moderatorIsThere();
    List<Outcome<Sanction>> told = new ArrayList<>();
    Sanction mute = new Sanction(MODERATOR, Sanction.Kind.MUTE, time.nowMs() + 1, 2, "");
    moderators.sanction(ROOM, 2, mute, told::add);
    moderators.sanction(ROOM, MODERATOR, mute, told::add);

    for (Outcome<Sanction> outcome : told) {
      No<?> no = assertInstanceOf(No.class, outcome);
      assertEquals(RefusalCode.FORBIDDEN, no.why().code());
    }
    assertEquals(2, told.size());
  }

  @Test
  void aDecisionThatCannotBeKeptHoldsAndIsToldSo() {
    moderatorIsThere();
    canKeep = false;
    List<Outcome<RoomState>> told = new ArrayList<>();
    moderators.rules(ROOM, MODERATOR, new RoomRules.Patch(true, null, null, null), told::add);

    assertInstanceOf(Unkept.class, told.getFirst());
    assertEquals(RefusalCode.CHAT_CLOSED, refusal(say(2, "x")));
  }

  @Test
  void wordsOfTheListAreNotSaid() {
    List<Outcome<Integer>> told = new ArrayList<>();
    moderators.words(List.of("secret"), List.of(), told::add);

    assertEquals(1, value(told));
    assertEquals(RefusalCode.TEXT_NOT_ALLOWED, refusal(say(2, "my S.e.c.r.e.t")));
    assertInstanceOf(Said.class, say(2, "my word"));
  }

  @Test
  void nothingIsSaidThatCouldNotBeKept() {
    hasRoom = false;

    assertEquals(RefusalCode.OVERLOADED, refusal(say(2, "x")));
    assertEquals(List.of(), texts());
  }

  @Test
  void anAuthorTakesBackHisOwnAndAModeratorAnybodys() {
    moderatorIsThere();
    LogEntry first = assertInstanceOf(Said.class, say(2, "one")).entry();
    LogEntry second = assertInstanceOf(Said.class, say(2, "two")).entry();
    List<Outcome<LogEntry>> told = new ArrayList<>();
    moderators.recall(ROOM, 3, first, told::add);
    assertInstanceOf(No.class, told.removeFirst());

    moderators.recall(ROOM, 2, first, told::add);
    moderators.recall(ROOM, MODERATOR, second, told::add);
    assertEquals(List.of("", "", "recall", "recall"), texts());
    assertEquals(2, rooms.meters().recalled());
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
}
