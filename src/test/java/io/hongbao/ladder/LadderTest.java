// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Degradation".
package io.hongbao.ladder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;

class LadderTest {

  private final Ladder ladder = new Ladder();

  @Test
  void refusesNothingAtFirst() {
    assertFalse(ladder.isRefusing());
    for (Rung rung : Rung.all()) {
      assertFalse(ladder.turnsAway(rung));
    }
  }

  @Test
  void loadTakesStepsFromTheFirstOn() {
    ladder.load(2);

    assertTrue(ladder.isRefused(Rung.ANALYTICS));
    assertTrue(ladder.isRefused(Rung.LISTS));
    assertFalse(ladder.isRefused(Rung.DETAILS));
  }

  @Test
  void theOperatorsWordComesBeforeLoad() {
    ladder.say(
        new OperatorWord(
            Map.of(Rung.ANALYTICS, RungMode.SERVED, Rung.CHAT, RungMode.REFUSED), "why", 1));
    ladder.load(2);

    assertFalse(ladder.isRefused(Rung.ANALYTICS));
    assertTrue(ladder.isAskedByLoad(Rung.ANALYTICS));
    assertTrue(ladder.isRefused(Rung.LISTS));
    assertTrue(ladder.isRefused(Rung.CHAT));
    ladder.load(0);
    assertTrue(ladder.isRefused(Rung.CHAT), "an idle server keeps it switched off");
  }

  @Test
  void aNewWordReplacesTheWholeOldOne() {
    ladder.say(new OperatorWord(Map.of(Rung.CHAT, RungMode.REFUSED), "a", 1));
    ladder.say(new OperatorWord(Map.of(Rung.LISTS, RungMode.REFUSED), "b", 2));

    assertFalse(ladder.isRefused(Rung.CHAT));
    assertTrue(ladder.isRefused(Rung.LISTS));
  }

  @Test
  void countsWhatItTurnsAwayAndNothingElse() {
    ladder.load(1);

    assertTrue(ladder.turnsAway(Rung.ANALYTICS));
    assertTrue(ladder.turnsAway(Rung.ANALYTICS));
    assertFalse(ladder.turnsAway(Rung.LISTS));
    assertFalse(ladder.turnsAway(null), "what stands on no step is never refused");
    assertEquals(2, ladder.refusals(Rung.ANALYTICS));
    assertEquals(0, ladder.refusals(Rung.LISTS));
  }
}
