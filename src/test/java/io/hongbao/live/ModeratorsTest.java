// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Live rooms".
package io.hongbao.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hongbao.live.Outcome.No;
import io.hongbao.live.Outcome.Unkept;
import io.hongbao.live.SayOutcome.Refused;
import io.hongbao.live.SayOutcome.Said;
import io.hongbao.live.TicketView.State;
import io.hongbao.model.RefusalCode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModeratorsTest extends LiveRoomsFixture {

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
}
