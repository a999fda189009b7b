// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Journal".
package io.hongbao.engine.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hongbao.disk.FaultyDisk;
import io.hongbao.engine.journal.JournalBench.Seen;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Readers that begin in the middle of frames of many records. */
class LogSeekTest {

  private final FaultyDisk disk = new FaultyDisk(1);
  private final List<Seen> all = new ArrayList<>();
  private final List<Long> places = new ArrayList<>();

  private JournalBench filled() throws IOException {
    JournalBench bench = new JournalBench(disk, JournalBench.SMALL);
    for (int i = 0; i < 600; i++) {
      bench.append(i % 4, "record " + i);
      if (i % 17 == 0) {
        bench.flush();
      }
    }
    bench.flush();
    try (JournalReader reader = bench.journal.readFrom(0)) {
      while (reader.next()) {
        all.add(JournalBench.seen(reader));
        places.add(reader.recordLogPosition());
      }
    }
    assertEquals(600, all.size());
    return bench;
  }

  private void readsFromEveryRecord(JournalBench bench) throws IOException {
    for (int i = 0; i < all.size(); i++) {
      try (JournalReader reader = bench.journal.readFrom(places.get(i))) {
        for (int k = i; k < Math.min(i + 20, all.size()); k++) {
          assertTrue(reader.next());
          assertEquals(all.get(k), JournalBench.seen(reader));
          assertEquals(places.get(k), reader.recordLogPosition());
        }
      }
    }
  }

  @Test
  void aReaderStartsAtAnyRecordOfAFrame() throws IOException {
    readsFromEveryRecord(filled());
  }

  @Test
  void aReaderStartsAtAnyRecordOfTheArchive() throws IOException {
    JournalBench bench = filled();
    bench.journal.archiveBelow(bench.journal.durableLogPosition());
    while (bench.journal.maintain()) {
      continue;
    }
    assertTrue(bench.journal.counters().segmentsArchived() > 1);

    readsFromEveryRecord(bench);
  }
}
