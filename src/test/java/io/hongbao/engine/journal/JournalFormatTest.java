// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Journal".
package io.hongbao.engine.journal;

import static io.hongbao.engine.journal.JournalBench.SMALL;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hongbao.disk.FaultyDisk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

/** Reads the journal as a stranger would who has docs/JOURNAL-FORMAT.md and nothing else. */
class JournalFormatTest {

  private final FaultyDisk disk = new FaultyDisk(1);

  private ByteBuffer file(String name) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(16384).order(ByteOrder.LITTLE_ENDIAN);
    disk.openForRead(name).read(0, bytes);
    return bytes.flip();
  }

  private static int crc(ByteBuffer bytes, int from, int length, int crcAt) {
    byte[] copy = new byte[length];
    bytes.get(from, copy);
    ByteBuffer.wrap(copy).putInt(crcAt, 0);
    CRC32C crc = new CRC32C();
    crc.update(copy);
    return (int) crc.getValue();
  }

  private static String text(ByteBuffer bytes, int from, int length) {
    byte[] copy = new byte[length];
    bytes.get(from, copy);
    return new String(copy, StandardCharsets.US_ASCII);
  }

  @Test
  void aStrangerCanReadEverySegment() throws IOException {
    JournalBench bench = new JournalBench(disk, SMALL);
    for (int i = 0; i < 300; i++) {
      bench.append(i % 3, "record " + i);
      if (i % 5 != 0) {
        bench.flush();
      }
    }
    bench.mark();
    List<String> expected = new ArrayList<>();
    bench.readFrom(0).forEach(each -> expected.add(each.sequence() + " " + each.text()));

    List<String> seen = new ArrayList<>();
    long position = 0;
    for (String name : disk.list("journal")) {
      if (name.endsWith(".hbj")) {
        assertEquals(position, Long.parseLong(name, 8, 28, 10));
        position = readSegment(name, position, seen);
      }
    }

    assertEquals(expected, seen);
    assertEquals(bench.journal.durableLogPosition(), position);
  }

  private long readSegment(String name, long base, List<String> seen) throws IOException {
    ByteBuffer bytes = file(name);
    long id = Long.parseLong(name, 29, 39, 10);
    assertEquals("HBSEGMNT", text(bytes, 0, 8));
    assertEquals(1, bytes.getInt(8));
    int headerBytes = bytes.getInt(12);
    assertEquals(4096, headerBytes);
    assertEquals(0x1234_5678_9abc_def0L, bytes.getLong(16));
    assertEquals(0x0fed_cba9_8765_4321L, bytes.getLong(24));
    assertEquals(id, bytes.getLong(32));
    assertEquals(base, bytes.getLong(40));
    assertTrue(bytes.getLong(48) <= base);
    assertEquals(4, bytes.getInt(56));
    assertEquals(crc(bytes, 0, headerBytes, 60), bytes.getInt(60));
    assertEquals(16384, bytes.getLong(64));
    int at = headerBytes;
    while (at < bytes.limit() && bytes.getInt(at) != 0) {
      assertEquals("HBFR", text(bytes, at, 4));
      assertEquals(1, bytes.getShort(at + 4));
      int lengthBytes = bytes.getInt(at + 8);
      assertEquals(0, lengthBytes % 64);
      assertEquals(crc(bytes, at, lengthBytes, 12), bytes.getInt(at + 12));
      assertEquals(id, bytes.getLong(at + 16));
      assertEquals(base + at - headerBytes, bytes.getLong(at + 24));
      assertEquals(bytes.getLong(at + 24), bytes.getLong(at + 32));
      int records = bytes.getInt(at + 40);
      assertEquals(records == 0 ? 2 : 1, bytes.getShort(at + 6));
      assertEquals(0x0fed_cba9_8765_4321L, bytes.getLong(at + 56));
      int recordAt = at + 64;
      for (int i = 0; i < records; i++) {
        int length = bytes.getInt(recordAt);
        assertEquals(1, bytes.getShort(recordAt + 6));
        seen.add(bytes.getLong(recordAt + 8) + " " + text(bytes, recordAt + 24, length));
        recordAt += (24 + length + 7) / 8 * 8;
      }
      assertEquals(recordAt - at - 64, bytes.getInt(at + 44));
      at += lengthBytes;
    }
    return base + at - headerBytes;
  }

  /** The golden bytes of format 1; they never change. */
  @Test
  void aFrameHasTheBytesOfFormatOne() throws IOException {
    JournalBench bench = new JournalBench(disk, SMALL);
    bench.append(2, "hongbao");
    bench.flush();

    byte[] frame = new byte[128];
    file("journal/00000000000000000000-0000000001.hbj").get(4096, frame);

    String golden =
        "484246520100010080000000fe4c10c7" // magic, version, kind, length, crc
            + "01000000000000000000000000000000" // segment id, position
            + "00000000000000000100000020000000" // durable before, records, body bytes
            + "f0debc9a7856341221436587a9cbed0f" // directory id
            + "07000000020001000100000000000000" // record: length, partition, format, sequence
            + "e903000000000000686f6e6762616f00" // time, payload
            + "00".repeat(32);
    assertEquals(golden, HexFormat.of().formatHex(frame));
  }
}
