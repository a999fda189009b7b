// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Admission".
package io.hongbao.admission;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hongbao.engine.HandClock;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The form of one process; what falls back on it is tested here too. */
class LocalGateTest extends AdmissionGateContract {

  private final HandClock clock = new HandClock();
  private final LocalGate gate = new LocalGate(PLACES, SHORT_LEASE_MS, clock);

  // By this clock a short lease ends no sooner than the test wants.
  @Override
  protected void lease(long ms) {}

  @Override
  protected void enter(int node, long packet, Word word) {
    gate.enter(packet, word);
  }

  @Override
  protected void leave(int node, AdmissionGate.Place place) {
    place.leave();
  }

  @Override
  protected void pass(long ms) {
    clock.advance(ms);
  }

  @Test
  void saysToTheMillisecondWhenThereWillBeAPlace() {
    fill();
    pass(SHORT_LEASE_MS - 40);

    assertEquals(40, enter(0).retryMs());
    pass(40);
    assertTrue(enter(0).isAdmitted());
  }

  @Test
  void keepsNothingOfAPacketThatEverybodyHasLeft() {
    List<Word> inside = fill();
    assertEquals(1, gate.packetCount());

    inside.forEach(word -> word.place().leave());

    assertEquals(0, gate.packetCount());
  }

  @Test
  void whatTheSharedGateCannotSayThisProcessDecides() {
    AdmissionGate broken = (packet, visitor) -> visitor.unavailable(new Exception("away"));
    FallbackGate both = new FallbackGate(broken, gate);

    for (int i = 0; i <= PLACES; i++) {
      Word word = new Word();
      both.enter(packetId(), word);
      assertEquals(i == PLACES, word.isFull());
    }

    assertEquals(PLACES + 1, both.meters().fallbacks());
    assertEquals(PLACES, both.meters().admitted());
    assertEquals(1, both.meters().full());
  }

  @Test
  void aPlaceIsLeftWhereItWasGiven() {
    Word shared = new Word();
    LocalGate other = new LocalGate(PLACES, LONG_LEASE_MS, clock);
    FallbackGate both = new FallbackGate(other, gate);

    both.enter(packetId(), shared);
    assertEquals(1, other.packetCount());
    shared.place().leave();

    assertEquals(0, other.packetCount());
    assertTrue(enter(0).isAdmitted());
  }
}
