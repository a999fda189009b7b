// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Proof".
package io.hongbao.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hongbao.model.StateHash;
import io.hongbao.time.SeededRandomness;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.PriorityQueue;
import org.junit.jupiter.api.Test;

/** The engine's own tables against plain collections, on generated input. */
class EngineTablesTest {

  private static final long SEED = 23;

  private final SeededRandomness chance = new SeededRandomness(SEED);

  private int below(int bound) {
    return (int) Long.remainderUnsigned(chance.nextLong(), bound);
  }

  @Test
  void storedKeysAreFoundUntilTheyAreDropped() {
    StateHash hash = new StateHash();
    StoredKeys keys = new StoredKeys(hash);
    Deque<Long> expected = new ArrayDeque<>();
    for (long number = 1; number <= 60_000; number++) {
      // Few different homes, so that runs are long and gaps must be closed.
      keys.add((number * 31 & 0xFF) << 20, number, number, 0, number, number, number);
      expected.addLast(number);
      if (below(100) < 60 && expected.size() > 40) {
        int dropped = 1 + below(2);
        for (int i = 0; i < dropped; i++) {
          keys.dropOldest();
          expected.removeFirst();
        }
      }
      if (number % 1_000 == 0) {
        checkKeys(keys, expected, number);
      }
    }
    while (keys.count() > 0) {
      keys.dropOldest();
    }

    assertEquals(0, hash.value(), "every key took its digest with it");
    assertEquals(Long.MAX_VALUE, keys.oldestMs());
  }

  private static void checkKeys(StoredKeys keys, Deque<Long> expected, long newest) {
    assertEquals(expected.size(), keys.count());
    assertEquals(expected.peekFirst(), keys.oldestMs());
    for (long number = Math.max(1, newest - 2_000); number <= newest; number++) {
      int at = keys.find((number * 31 & 0xFF) << 20, number);
      assertEquals(number >= expected.peekFirst(), at != StoredKeys.NONE);
      assertTrue(at == StoredKeys.NONE || keys.resultId(at) == number);
    }
  }

  @Test
  void timersComeInTheOrderOfTheirTimes() {
    Timers timers = new Timers();
    PriorityQueue<Long> expected = new PriorityQueue<>();
    for (int step = 0; step < 50_000; step++) {
      if (below(3) > 0 || expected.isEmpty()) {
        long dueMs = below(1_000);
        timers.set(dueMs, 3, 200, dueMs * 7);
        expected.add(dueMs);
      } else {
        assertEquals(expected.poll(), timers.nextDueMs());
        assertEquals(timers.nextDueMs() * 7, timers.firstId());
        assertEquals(3, timers.firstSchemaId());
        assertEquals(200, timers.firstKind());
        timers.removeFirst();
      }
      assertEquals(expected.size(), timers.count());
    }
  }

  @Test
  void theGateLetsOutInTheOrderOfWhatIsNeededThenOfArrival() {
    ReplyGate gate = new ReplyGate();
    List<long[]> waiting = new ArrayList<>();
    long appended = 10;
    long durable = 0;
    for (long arrival = 0; arrival < 30_000; arrival++) {
      long required = Math.max(0, appended - below(12));
      gate.add(required, arrival, required, arrival);
      waiting.add(new long[] {required, arrival});
      appended += below(2);
      if (below(20) == 0) {
        durable = Math.max(durable, appended - below(8));
        checkRelease(gate, waiting, durable);
      }
    }
    checkRelease(gate, waiting, Long.MAX_VALUE);
    assertEquals(0, gate.count());
  }

  private static void checkRelease(ReplyGate gate, List<long[]> waiting, long durable) {
    List<Long> expected =
        waiting.stream()
            .filter(one -> one[0] <= durable)
            .sorted((a, b) -> a[0] == b[0] ? Long.compare(a[1], b[1]) : Long.compare(a[0], b[0]))
            .map(one -> one[1])
            .toList();
    waiting.removeIf(one -> one[0] <= durable);
    List<Long> out = new ArrayList<>();

    gate.release(durable, (port, load, record) -> out.add((Long) port));

    assertEquals(expected, out);
    assertEquals(waiting.size(), gate.count());
  }
}
