// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Live rooms".
package io.hongbao.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hongbao.live.RoomEntry.Chat;
import io.hongbao.live.RoomEntry.Position;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WaitingLineTest {

  private static final long NOW = 1_000_000;

  private final SpokenCounts counts = new SpokenCounts();
  private final WaitingLine line = new WaitingLine(counts);

  private Ticket arrives(long id, long userId) {
    Chat chat = new Chat(id, userId, "n", "t", Position.SCROLL, 0, 25, -1);
    Ticket ticket = new Ticket(chat, NOW, NOW + 60_000);
    line.add(ticket);
    return ticket;
  }

  private void spoke(long userId, int times) {
    for (int i = 0; i < times; i++) {
      counts.add(userId, NOW);
    }
  }

  private long next(long nowMs) {
    Ticket next = line.next(nowMs);
    assertNotNull(next);
    return next.chat.id();
  }

  @Test
  void whoSaidLeastIsNextAndAmongEqualsWhoCameFirst() {
    spoke(1, 5);
    spoke(2, 1);
    arrives(11, 1);
    arrives(12, 2);
    arrives(13, 3);
    arrives(14, 4);

    assertEquals(List.of(13L, 14L, 12L), List.of(next(NOW), next(NOW), next(NOW)));
  }

  @Test
  void everyFourthTurnGoesToWhoeverWaitsLongest() {
    spoke(1, 5);
    arrives(11, 1);
    for (int user = 2; user <= 6; user++) {
      arrives(10 + user, user);
    }

    assertEquals(
        List.of(12L, 13L, 14L, 11L, 15L),
        List.of(next(NOW), next(NOW), next(NOW), next(NOW), next(NOW)));
  }

  @Test
  void aMessageIsForgottenAfterAMinute() {
    spoke(1, 3);
    arrives(11, 1);
    arrives(12, 2);

    assertEquals(11, next(NOW + SpokenCounts.WINDOW_MS));
    assertTrue(counts.isEmpty(NOW + SpokenCounts.WINDOW_MS));
  }

  @Test
  void thePlaceIsThatOfTheOrderNow() {
    spoke(1, 5);
    Ticket chatty = arrives(11, 1);
    Ticket quiet = arrives(12, 2);

    assertEquals(2, line.placeOf(chatty, NOW));
    assertEquals(1, line.placeOf(quiet, NOW));
  }

  @Test
  void anEmptyLineHasNoNext() {
    assertNull(line.next(NOW));
  }

  /**
   * The bound against starvation: whatever comes behind, and however much somebody said, his
   * message is said within four turns for each that stood before him, and four more.
   */
  @Test
  void nobodyWaitsLongerThanTheBound() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    Map<Long, Long> turnsAllowed = new HashMap<>();
    Map<Long, Long> arrivedAtTurn = new HashMap<>();
    List<String> faults = new ArrayList<>();
    long turn = 0;
    long nextUser = 100;
    for (int step = 0; step < 20_000; step++) {
      // Newcomers all the time, who never said anything, and a few who say much.
      boolean isChatty = random.nextInt(10) == 0;
      long user = isChatty ? 1 + random.nextInt(5) : nextUser++;
      if (line.size() < 50 && line.ofUser(user) == null) {
        turnsAllowed.put((long) step, WaitingLine.turnsMax(line.size()));
        arrivedAtTurn.put((long) step, turn);
        arrives(step, user);
      }
      if (random.nextInt(3) > 0) {
        Ticket said = line.next(NOW + step);
        if (said != null) {
          turn++;
          counts.add(said.chat.userId(), NOW + step);
          long id = said.chat.id();
          if (turn - arrivedAtTurn.get(id) > turnsAllowed.get(id)) {
            faults.add(id + " waited " + (turn - arrivedAtTurn.get(id)));
          }
        }
      }
    }

    assertEquals(List.of(), faults, "seed " + seed);
    assertTrue(turn > 5_000);
  }

  @Test
  void theBudgetLetsSoManyThroughASecondAndAsManyAtOnce() {
    Budget budget = new Budget(10, NOW);
    int said = 0;
    for (int ms = 0; ms <= 10_000; ms++) {
      while (budget.tryTake(NOW + ms)) {
        said++;
      }
    }

    assertEquals(10 + 100, said);
    assertTrue(budget.isFull(NOW + 20_000));
  }

  @Test
  void theBudgetNeverMindsAClockThatStandsStill() {
    Budget budget = new Budget(1, NOW);

    assertTrue(budget.tryTake(NOW));
    assertEquals(false, budget.tryTake(NOW - 5_000));
    assertEquals(false, budget.tryTake(NOW + 999));
    assertTrue(budget.tryTake(NOW + 1_000));
  }
}
