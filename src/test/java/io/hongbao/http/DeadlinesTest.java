// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The edge".
package io.hongbao.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.hongbao.http.Deadlines.Entry;
import io.hongbao.model.BrokenInvariantException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DeadlinesTest {

  private final Deadlines<String> deadlines = new Deadlines<>(100);
  private final Deadlines<String> others = new Deadlines<>(100);
  private final List<String> due = new ArrayList<>();

  @Test
  void whatCameFirstIsDueFirstAndOnlyOnce() {
    deadlines.add(new Entry<>("a"), 0);
    deadlines.add(new Entry<>("b"), 10);
    deadlines.add(new Entry<>("c"), 20);

    deadlines.expire(99, due::add);
    assertEquals(List.of(), due);
    deadlines.expire(110, due::add);
    assertEquals(List.of("a", "b"), due);
    deadlines.expire(1000, due::add);
    deadlines.expire(2000, due::add);
    assertEquals(List.of("a", "b", "c"), due);
    assertEquals(0, deadlines.count());
  }

  @Test
  void leavingIsPossibleFromAnyPlaceAndTwice() {
    var random = new Random(5);
    List<Entry<String>> in = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      var entry = new Entry<>("e" + i);
      deadlines.add(entry, i);
      in.add(entry);
      if (random.nextInt(3) > 0) {
        Entry<String> leaving = in.remove(random.nextInt(in.size()));
        deadlines.remove(leaving);
        deadlines.remove(leaving);
      }
    }

    assertEquals(in.size(), deadlines.count());
    deadlines.expire(5_000, due::add);
    assertEquals(in.size(), due.size());
  }

  @Test
  void anEntryWaitsInOneListAndLeavesOnlyThat() {
    var entry = new Entry<>("a");
    deadlines.add(entry, 0);

    others.remove(entry);

    assertEquals(1, deadlines.count());
    assertThrows(BrokenInvariantException.class, () -> others.add(entry, 0));
    deadlines.remove(entry);
    others.add(entry, 0);
    assertEquals(1, others.count());
  }

  @Test
  void whoeverIsDueMayEnterAgain() {
    var entry = new Entry<>("a");
    deadlines.add(entry, 0);

    deadlines.expire(100, owner -> deadlines.add(entry, 100));

    assertEquals(1, deadlines.count());
  }
}
