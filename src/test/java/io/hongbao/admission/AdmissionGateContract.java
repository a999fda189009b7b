// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Admission".
package io.hongbao.admission;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/**
 * What every form of {@link AdmissionGate} does. Two nodes use it; a form of one process alone
 * gives both the same gate.
 */
public abstract class AdmissionGateContract {

  protected static final int PLACES = 3;

  /** For tests in which a lease ends. */
  protected static final long SHORT_LEASE_MS = 150;

  /** Ends in no test, however slow the machine is. */
  protected static final long LONG_LEASE_MS = 600_000;

  /** Each test has a packet of its own, so that none sees the places of another. */
  private static final AtomicLong PACKETS = new AtomicLong(1_207_790_010_000_001_000L);

  private final long packetId = PACKETS.incrementAndGet();

  /** The gates of both nodes give leases of this length from now on; at first, long ones. */
  protected abstract void lease(long ms);

  /** Asks a node's gate, on the thread on which that gate lives; may return before the word. */
  protected abstract void enter(int node, long packet, Word word);

  /** Gives a place of that node back, and returns when this has been done. */
  protected abstract void leave(int node, AdmissionGate.Place place);

  /** Lets that much time pass. */
  protected abstract void pass(long ms);

  /** A packet that no other test uses. */
  protected final long packetId() {
    return packetId;
  }

  protected final Word enter(int node) {
    Word word = new Word();
    enter(node, packetId, word);
    return word;
  }

  /** Takes all places of the packet; node by turns. */
  protected final List<Word> fill() {
    List<Word> words = new ArrayList<>();
    for (int i = 0; i < PLACES; i++) {
      words.add(enter(i % 2));
      assertTrue(words.getLast().isAdmitted(), "place " + i);
    }
    return words;
  }

  @Test
  void givesEachPacketItsPlacesAndNoMore() {
    fill();

    Word other = new Word();
    enter(0, PACKETS.incrementAndGet(), other);

    assertTrue(enter(0).isFull());
    assertTrue(enter(1).isFull());
    assertTrue(other.isAdmitted());
  }

  @Test
  void givesAPlaceThatWasLeftToTheNext() {
    List<Word> inside = fill();

    leave(1, inside.get(1).place());

    assertTrue(enter(0).isAdmitted());
    assertTrue(enter(0).isFull());
  }

  @Test
  void aPlaceThatIsLeftTwiceIsOnePlace() {
    List<Word> inside = fill();

    leave(0, inside.getFirst().place());
    leave(0, inside.getFirst().place());

    assertTrue(enter(1).isAdmitted());
    assertTrue(enter(1).isFull());
  }

  @Test
  void thePlacesOfANodeThatDiedComeBackWithTheirLeases() {
    lease(SHORT_LEASE_MS);
    fill();

    pass(SHORT_LEASE_MS + 20);

    lease(LONG_LEASE_MS);
    fill();
    assertTrue(enter(0).isFull());
  }

  @Test
  void whoLeavesAfterItsLeaseTakesNobodysPlace() {
    lease(SHORT_LEASE_MS);
    AdmissionGate.Place late = enter(0).place();
    pass(SHORT_LEASE_MS + 20);
    lease(LONG_LEASE_MS);
    fill();

    leave(0, late);

    assertTrue(enter(1).isFull());
  }

  @Test
  void saysWhenTheFirstPlaceComesFreeAtTheLatest() {
    fill();

    long retryMs = enter(1).retryMs();

    assertTrue(retryMs > 0 && retryMs <= LONG_LEASE_MS, "retry after " + retryMs);
  }

  private record Inside(int node, AdmissionGate.Place place) {}

  /** Many at once, from both nodes, each leaving at some time: never more inside than places. */
  @Test
  void neverHasMoreInsideThanPlaces() {
    long seed = 20_260_117;
    Random random = new Random(seed);
    List<Inside> inside = new ArrayList<>();
    int admitted = 0;
    for (int round = 0; round < 40; round++) {
      List<Word> words = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        words.add(enter(i % 2));
      }
      for (int i = 0; i < words.size(); i++) {
        if (words.get(i).isAdmitted()) {
          admitted++;
          inside.add(new Inside(i % 2, words.get(i).place()));
        }
      }
      // With eight at the door all places are taken.
      assertEquals(PLACES, inside.size(), "seed " + seed + ", round " + round);
      for (int left = 1 + random.nextInt(PLACES); left > 0; left--) {
        Inside one = inside.remove(random.nextInt(inside.size()));
        leave(one.node, one.place);
      }
    }
    assertTrue(admitted > 40, "admitted " + admitted);
  }
}
