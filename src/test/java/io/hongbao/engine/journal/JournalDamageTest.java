// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Journal".
package io.hongbao.engine.journal;

import static io.hongbao.engine.journal.JournalBench.SMALL;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hongbao.disk.DiskFile;
import io.hongbao.disk.FaultyDisk;
import io.hongbao.engine.journal.JournalBench.Seen;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which bytes may be missing without a word, and which stop the start. */
class JournalDamageTest {

  private static final int HEADER_BYTES = 4096;

  private FaultyDisk disk = new FaultyDisk(1);

  /** Opens, appends so many single flushes, and takes the power away without a mark. */
  private List<Seen> written(int flushes) throws IOException {
    JournalBench bench = new JournalBench(disk, SMALL);
    for (int i = 0; i < flushes; i++) {
      bench.append(i % 4, "record " + i);
      bench.flush();
    }
    List<Seen> seen = bench.readFrom(0);
    disk.crash();
    return seen;
  }

  private String newestSegment() throws IOException {
    List<SegmentName> live = SegmentListing.of(disk).live();
    return live.get(live.size() - 1).live();
  }

  private byte[] bytes(String name, long offset, int count) throws IOException {
    ByteBuffer target = ByteBuffer.allocate(count);
    disk.openForRead(name).read(offset, target);
    return target.array();
  }

  private void write(String name, long offset, byte[] bytes) throws IOException {
    DiskFile file = disk.open(name);
    file.write(offset, ByteBuffer.wrap(bytes));
    file.force();
  }

  private List<Seen> reopened() throws IOException {
    return new JournalBench(disk, SMALL).readFrom(0);
  }

  @Test
  void aLastFrameTornAtAnyByteIsLeftBehind() throws IOException {
    for (int tornAt = 0; tornAt < 128; tornAt++) {
      disk = new FaultyDisk(tornAt);
      List<Seen> seen = written(3);
      String name = newestSegment();
      byte[] frame = bytes(name, HEADER_BYTES + 2 * 128, 128);
      boolean whole = true;
      for (int i = tornAt; i < frame.length; i++) {
        whole &= frame[i] == 0;
        frame[i] = 0;
      }
      write(name, HEADER_BYTES + 2 * 128, frame);

      assertEquals(whole ? seen : seen.subList(0, 2), reopened(), "torn at " + tornAt);
    }
  }

  @Test
  void aLastFrameOfGarbageIsLeftBehindAndCounted() throws IOException {
    List<Seen> seen = written(3);
    byte[] garbage = new byte[500];
    java.util.Arrays.fill(garbage, (byte) 0x5a);
    write(newestSegment(), HEADER_BYTES + 2 * 128, garbage);

    JournalBench bench = new JournalBench(disk, SMALL);

    assertEquals(seen.subList(0, 2), bench.readFrom(0));
    assertEquals(500, bench.journal.recovery().droppedBytes());
    assertEquals(256, bench.journal.recovery().endPosition());
    assertEquals(3, bench.append(2, "goes on") + 2);
    bench.flush();
    disk.crash();
    assertEquals(3, reopened().size());
  }

  @Test
  void everyFlippedBitBelowTheMarkStopsTheStartAndIsNamed() throws IOException {
    for (int offset = 0; offset < 5 * 128; offset++) {
      disk = new FaultyDisk(7);
      JournalBench bench = new JournalBench(disk, SMALL);
      for (int i = 0; i < 5; i++) {
        bench.append(0, "record " + i);
        bench.flush();
      }
      bench.mark();
      disk.crash();
      String name = newestSegment();
      disk.flipBit(name, HEADER_BYTES + offset, offset % 8);

      var damage = assertThrows(JournalDamagedException.class, this::reopened, "bit at " + offset);

      assertEquals(name, damage.file());
      assertEquals(HEADER_BYTES + offset / 128 * 128, damage.offset());
    }
  }

  @Test
  void aBitFlippedBelowACleanEndStopsTheStart() throws IOException {
    JournalBench bench = new JournalBench(disk, SMALL);
    bench.append(0, "the only one");
    bench.journal.close();
    disk.flipBit(newestSegment(), HEADER_BYTES + 70, 1);

    assertThrows(JournalDamagedException.class, this::reopened);
  }

  @Test
  void aBitFlippedBelowARecoveredEndStopsTheStart() throws IOException {
    written(5);
    assertEquals(5, reopened().size());
    disk.crash();
    disk.flipBit(newestSegment(), HEADER_BYTES + 70, 1);

    // Recovery copied the last frame and forced it, so its loss is no torn tail any more.
    assertThrows(JournalDamagedException.class, this::reopened);
  }

  @Test
  void aBitFlippedInTheLastUnmarkedFrameCutsThatFrameOnly() throws IOException {
    for (int offset = 0; offset < 128; offset++) {
      disk = new FaultyDisk(9);
      List<Seen> seen = written(5);
      disk.flipBit(newestSegment(), HEADER_BYTES + 4 * 128 + offset, 3);

      assertEquals(seen.subList(0, 4), reopened());
    }
  }

  @Test
  void aFlippedBitInASegmentHeaderStopsTheStart() throws IOException {
    for (int offset = 0; offset < HEADER_BYTES; offset += 7) {
      disk = new FaultyDisk(9);
      written(2);
      String name = newestSegment();
      disk.flipBit(name, offset, offset % 8);

      // A version that claims to be newer is refused as such, everything else as damage.
      var refused = assertThrows(IOException.class, this::reopened, "bit at " + offset);
      assertTrue(refused.getMessage().contains(name), refused.getMessage());
    }
  }

  @Test
  void aMissingSegmentInTheMiddleStopsTheStart() throws IOException {
    written(400);
    List<SegmentName> live = SegmentListing.of(disk).live();
    assertTrue(live.size() > 3);
    disk.delete(live.get(2).live());

    var damage = assertThrows(JournalDamagedException.class, this::reopened);

    assertEquals(live.get(1).live(), damage.file());
  }

  @Test
  void allSegmentsMissingBesideAnArchiveStopTheStart() throws IOException {
    JournalBench bench = new JournalBench(disk, SMALL);
    for (int i = 0; i < 300; i++) {
      bench.append(0, "record");
      bench.flush();
    }
    bench.journal.archiveBelow(bench.journal.durableLogPosition());
    while (bench.journal.maintain()) {
      continue;
    }
    disk.crash();
    for (SegmentName name : SegmentListing.of(disk).live()) {
      disk.delete(name.live());
    }

    assertThrows(JournalDamagedException.class, this::reopened);
  }

  @Test
  void framesOfAnotherSegmentInTheFreeSpaceNeverCount() throws IOException {
    JournalBench bench = new JournalBench(disk, SMALL);
    for (int i = 0; i < 170; i++) {
      bench.append(0, "record " + i);
      bench.flush();
    }
    List<SegmentName> live = SegmentListing.of(disk).live();
    long end = bench.journal.durableLogPosition();
    List<Seen> seen = bench.readFrom(0);
    disk.crash();
    String older = live.get(live.size() - 2).live();
    String newest = live.get(live.size() - 1).live();
    int used = (int) (end - live.get(live.size() - 1).basePosition());
    // As if the newest file had got the blocks of the older one and the zeroing had been lost.
    byte[] stale = bytes(older, HEADER_BYTES + used, 3 * 4096 - used);
    write(newest, HEADER_BYTES + used, stale);

    assertEquals(seen, reopened());
  }

  @Test
  void aFrameOfAnotherDirectoryNeverCounts() throws IOException {
    written(3);
    byte[] frame = bytes(newestSegment(), HEADER_BYTES + 2 * 128, 128);
    FaultyDisk other = new FaultyDisk(5);
    JournalSettings settings =
        new JournalSettings(
            new java.util.UUID(3, 4),
            SMALL.partitionCount(),
            SMALL.laneCount(),
            SMALL.segmentBytes(),
            SMALL.frameBytesMax(),
            SMALL.laneBytesMax(),
            SMALL.flushRecords(),
            SMALL.flushWaitNs(),
            SMALL.markAfterNs());
    JournalBench bench = new JournalBench(other, settings);
    bench.append(0, "record 0");
    bench.flush();
    bench.append(1, "record 1");
    bench.flush();
    other.crash();
    disk = other;
    write(newestSegment(), HEADER_BYTES + 2 * 128, frame);

    assertEquals(2, new JournalBench(other, settings).readFrom(0).size());
  }

  @Test
  void aReaderNamesDamageBelowTheDurablePosition() throws IOException {
    JournalBench bench = new JournalBench(disk, SMALL);
    for (int i = 0; i < 5; i++) {
      bench.append(0, "record " + i);
      bench.flush();
    }
    disk.flipBit(newestSegment(), HEADER_BYTES + 3 * 128 + 90, 0);

    var damage = assertThrows(JournalDamagedException.class, () -> bench.readFrom(0));

    assertEquals(HEADER_BYTES + 3 * 128, damage.offset());
  }
}
