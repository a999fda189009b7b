// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Journal".
package io.hongbao.engine.journal;

import static io.hongbao.engine.journal.JournalBench.SMALL;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hongbao.disk.DiskFile;
import io.hongbao.disk.FaultyDisk;
import io.hongbao.engine.journal.JournalBench.Seen;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Archived segments: which ones, when, and that readers and inspectors do not notice. */
class JournalArchiveTest {

  private final FaultyDisk disk = new FaultyDisk(1);

  private JournalBench filled() throws IOException {
    JournalBench bench = new JournalBench(disk, SMALL);
    for (int i = 0; i < 500; i++) {
      bench.append(i % 4, "record " + i);
      bench.flush();
    }
    return bench;
  }

  private static void maintain(JournalBench bench) throws IOException {
    while (bench.journal.maintain()) {
      continue;
    }
  }

  private List<String> live() throws IOException {
    return SegmentListing.of(disk).live().stream().map(SegmentName::live).toList();
  }

  private List<String> archive() throws IOException {
    return disk.list("archive");
  }

  @Test
  void archivesWholeSegmentsBelowThePositionOnly() throws IOException {
    JournalBench bench = filled();
    List<Seen> all = bench.readFrom(0);
    List<SegmentName> before = SegmentListing.of(disk).live();
    maintain(bench);
    assertEquals(List.of(), archive());

    bench.journal.archiveBelow(before.get(2).basePosition() + 1);
    bench.journal.archiveBelow(5);
    maintain(bench);

    assertEquals(List.of(before.get(0).archived(), before.get(1).archived()), archive());
    assertEquals(before.subList(2, before.size()).get(0).live(), live().get(0));
    assertEquals(all, bench.readFrom(0));
    assertEquals(2, bench.journal.counters().segmentsArchived());
  }

  @Test
  void neverArchivesTheNewestSegment() throws IOException {
    JournalBench bench = filled();

    bench.journal.archiveBelow(Long.MAX_VALUE);
    maintain(bench);

    assertEquals(1, live().size());
    assertEquals(500, bench.readFrom(0).size());
  }

  @Test
  void readsFromAnywhereInTheArchiveAlsoAfterARestart() throws IOException {
    JournalBench bench = filled();
    List<Long> positions = new ArrayList<>();
    List<Seen> all = new ArrayList<>();
    try (JournalReader reader = bench.journal.readFrom(0)) {
      while (reader.next()) {
        all.add(JournalBench.seen(reader));
        positions.add(reader.nextLogPosition());
      }
    }
    bench.journal.archiveBelow(Long.MAX_VALUE);
    maintain(bench);
    disk.crash();

    JournalBench again = new JournalBench(disk, SMALL);

    for (int i = 0; i < 500; i += 11) {
      assertEquals(all.subList(i + 1, 500), again.readFrom(positions.get(i)));
    }
    // Sequences are known although no live segment has all partitions.
    assertEquals(125, again.journal.durableSequence(0));
    assertEquals(0, again.journal.firstLogPosition());
    assertEquals(126, again.append(3, "goes on"));
  }

  @Test
  void aReaderGoesOnWhenItsSegmentIsArchivedUnderIt() throws IOException {
    JournalBench bench = filled();
    List<Seen> all = bench.readFrom(0);
    List<Seen> seen = new ArrayList<>();
    try (JournalReader reader = bench.journal.readFrom(0)) {
      for (int i = 0; i < 40; i++) {
        assertTrue(reader.next());
        seen.add(JournalBench.seen(reader));
      }
      bench.journal.archiveBelow(Long.MAX_VALUE);
      maintain(bench);
      seen.addAll(JournalBench.drain(reader));
    }

    assertEquals(all, seen);
  }

  @Test
  void theInspectorReadsArchiveAndLiveSegments() throws IOException {
    JournalBench bench = filled();
    bench.journal.archiveBelow(bench.journal.durableLogPosition() / 2);
    maintain(bench);
    List<Seen> all = bench.readFrom(0);
    bench.journal.close();

    JournalInspector inspector = new JournalInspector(disk, JournalBench.DIRECTORY_ID);
    JournalFindings findings = inspector.inspect();

    assertNull(findings.damage());
    assertEquals(500, findings.records());
    assertEquals(501, findings.frames());
    assertEquals(1, findings.marks());
    assertEquals(501 * 128 - 64, findings.bytes());
    assertEquals(archive().size(), findings.archivedSegments());
    assertEquals(live().size(), findings.liveSegments());
    assertEquals(findings.endPosition() - 64, findings.durablePosition());
    assertEquals(0, findings.tornBytes());
    try (JournalReader reader = inspector.readFrom(0)) {
      assertEquals(all, JournalBench.drain(reader));
    }
  }

  @Test
  void theInspectorNamesATornTail() throws IOException {
    JournalBench bench = filled();
    long end = bench.journal.durableLogPosition();
    disk.crash();
    String newest = live().get(live().size() - 1);
    long base = SegmentListing.of(disk).live().get(live().size() - 1).basePosition();
    DiskFile file = disk.open(newest);
    file.write(4096 + end - base, ByteBuffer.wrap(new byte[] {0, 0, 7}));

    JournalFindings findings = new JournalInspector(disk, null).inspect();

    assertNull(findings.damage());
    assertEquals(newest, findings.tornFile());
    assertEquals(4096 + end - base, findings.tornOffset());
    assertEquals(3, findings.tornBytes());
    assertEquals(end, findings.endPosition());
  }

  @Test
  void theInspectorNamesADamagedArchive() throws IOException {
    JournalBench bench = filled();
    bench.journal.archiveBelow(Long.MAX_VALUE);
    maintain(bench);
    String copy = archive().get(1);
    long sizeBytes = disk.openForRead(copy).sizeBytes();
    int harmless = 0;
    for (long offset = 0; offset < sizeBytes; offset += 5) {
      // The bytes of gzip's header for time, flags and system say nothing about the content.
      if (offset >= 4 && offset < 10) {
        continue;
      }
      disk.flipBit(copy, offset, 2);

      JournalDamagedException damage = new JournalInspector(disk, null).inspect().damage();

      disk.flipBit(copy, offset, 2);
      if (damage == null) {
        // Two compressed forms of the same bytes; those are checked.
        harmless++;
      } else {
        assertEquals(copy, damage.file());
      }
    }
    assertTrue(harmless < sizeBytes / 5 / 20, harmless + " of " + sizeBytes / 5);
    assertNull(new JournalInspector(disk, null).inspect().damage());
  }

  @Test
  void theInspectorMissesAnArchivedSegment() throws IOException {
    JournalBench bench = filled();
    bench.journal.archiveBelow(Long.MAX_VALUE);
    maintain(bench);
    disk.delete(archive().get(1));

    assertNotNull(new JournalInspector(disk, null).inspect().damage());
  }

  @Test
  void aReaderSaysWhenTheLogBeginsLater() throws IOException {
    JournalBench bench = filled();
    bench.journal.archiveBelow(Long.MAX_VALUE);
    maintain(bench);
    bench.journal.close();
    disk.delete(archive().get(0));
    JournalBench again = new JournalBench(disk, SMALL);

    assertTrue(again.journal.firstLogPosition() > 0);
    assertThrows(JournalDamagedException.class, () -> again.readFrom(0));
    assertFalse(again.readFrom(again.journal.firstLogPosition()).isEmpty());
  }

  @Test
  void everybodyCanUncompressTheArchive() throws IOException {
    JournalBench bench = filled();
    String first = live().get(0);
    byte[] original = new byte[16384];
    disk.openForRead(first).read(0, ByteBuffer.wrap(original));
    bench.journal.archiveBelow(Long.MAX_VALUE);
    maintain(bench);

    DiskFile copy = disk.openForRead(archive().get(0));
    byte[] compressed = new byte[(int) copy.sizeBytes()];
    copy.read(0, ByteBuffer.wrap(compressed));
    InputStream stream =
        new java.util.zip.GZIPInputStream(new java.io.ByteArrayInputStream(compressed));
    byte[] plain = stream.readAllBytes();

    assertEquals(4096 + SegmentListing.of(disk).archived().get(1).basePosition(), plain.length);
    assertEquals(-1, java.util.Arrays.mismatch(plain, 0, plain.length, original, 0, plain.length));
  }

  @Test
  void aFailedAttemptIsMadeAgain() throws IOException {
    JournalBench bench = filled();
    bench.journal.archiveBelow(Long.MAX_VALUE);
    int failures = 0;
    for (int i = 0; i < 12; i++) {
      FaultyDisk.Operation[] operations = {
        FaultyDisk.Operation.WRITE, FaultyDisk.Operation.FORCE, FaultyDisk.Operation.RENAME
      };
      disk.fail(operations[i % 3], 0);
      try {
        bench.journal.maintain();
      } catch (IOException e) {
        failures++;
      }
    }
    assertTrue(failures > 3);
    assertEquals(failures, bench.journal.counters().backgroundFailures());
    disk.fail(FaultyDisk.Operation.WRITE, Integer.MAX_VALUE);
    disk.fail(FaultyDisk.Operation.FORCE, Integer.MAX_VALUE);
    disk.fail(FaultyDisk.Operation.RENAME, Integer.MAX_VALUE);
    maintain(bench);

    assertEquals(1, live().size());
    assertEquals(500, bench.readFrom(0).size());
    assertNull(bench.failure);
  }
}
