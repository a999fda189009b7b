// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Read model".
package io.hongbao.export.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hongbao.engine.journal.JournalReader;
import io.hongbao.export.ExportFailedException;
import io.hongbao.export.ExportPosition;
import io.hongbao.export.FakeSource;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real H2 files; the journal is a list. */
class SqlExporterTest {

  private static final long SEED = 4711;
  private static Vertx vertx;

  @TempDir Path directory;

  @BeforeAll
  static void start() {
    vertx = Vertx.vertx();
  }

  @AfterAll
  static void stop() throws Exception {
    ReadModelBench.get(vertx.close());
  }

  private ReadModelBench bench(String name, FakeSource source, int batchRows) throws IOException {
    return new ReadModelBench(vertx, directory.resolve(name), source, batchRows);
  }

  private Path file(String name) {
    return directory.resolve(name).resolve(ReadModelBench.NAME + ".mv.db");
  }

  @Test
  void batchesOfEverySizeGiveTheSameTables() throws Exception {
    FakeSource source = new RandomHistory(SEED).live(600).source;
    List<List<String>> dumps = new ArrayList<>();

    for (int batchRows : new int[] {1, 7, 10_000}) {
      try (ReadModelBench bench = bench("rows" + batchRows, source, batchRows)) {
        dumps.add(bench.drain().dump());
      }
    }

    assertTrue(dumps.get(0).size() > 300, "the history gives rows");
    assertEquals(dumps.get(0), dumps.get(1));
    assertEquals(dumps.get(0), dumps.get(2));
  }

  @Test
  void goesOnWhereItStoppedAfterARestart() throws Exception {
    FakeSource source = new RandomHistory(SEED).live(400).source;
    FakeSource firstHalf = source.firstRecords(source.recordCount() / 2);
    List<String> whole;
    try (ReadModelBench bench = bench("whole", source, 100)) {
      whole = bench.drain().dump();
    }

    try (ReadModelBench bench = bench("halves", firstHalf, 100)) {
      bench.drain();
    }
    try (ReadModelBench bench = bench("halves", source, 100)) {
      bench.loop.step();
      long atStart = bench.loop.progress().confirmedLogPosition();
      bench.drain();

      assertEquals(firstHalf.durableLogPosition(), atStart);
      assertEquals(whole, bench.dump());
    }
  }

  @Test
  void writingABatchTwiceChangesNothing() throws Exception {
    FakeSource source = new RandomHistory(SEED).live(300).source;
    try (ReadModelBench bench = bench("twice", source, 10_000)) {
      List<String> once = bench.drain().dump();

      // As after a crash between the commit and its being heard, but with the whole journal.
      bench.exporter.close();
      ExportPosition stored = bench.exporter.open(0);
      JournalReader reader = source.readFrom(0);
      while (reader.next()) {
        bench.exporter.add(reader);
      }
      assertTrue(bench.exporter.pendingRows() > 0);
      bench.exporter.commit(stored);

      assertEquals(once, bench.dump());
      assertEquals(source.durableLogPosition(), stored.logPosition());
    }
  }

  @Test
  void rowsAndPositionAreOneTransaction() throws Exception {
    FakeSource source = new RandomHistory(SEED).live(300).source;
    try (ReadModelBench bench = bench("torn", source, 10_000)) {
      ExportPosition position = bench.exporter.open(source.durableLogPosition());
      JournalReader reader = source.readFrom(0);
      while (reader.next()) {
        bench.exporter.add(reader);
        position.passed(
            reader.partition(), reader.sequence(), reader.timeMs(), reader.nextLogPosition());
      }
      // The last statement of the batch cannot succeed, the ones before it can.
      ReadModelBench.get(
          bench
              .target
              .writer()
              .query("ALTER TABLE export_position ADD CHECK (id = 2) NOCHECK")
              .execute());
      boolean failed = false;
      try {
        bench.exporter.commit(position);
      } catch (ExportFailedException e) {
        failed = true;
      }
      bench.exporter.close();

      assertTrue(failed);
      assertEquals(List.of(), bench.dump());
    }
  }

  @Test
  void rebuildsWhenTheFilesAreGoneAtTheStart() throws Exception {
    FakeSource source = new RandomHistory(SEED).live(300).source;
    List<String> before;
    try (ReadModelBench bench = bench("gone", source, 100)) {
      before = bench.drain().dump();
    }

    Files.delete(file("gone"));
    try (ReadModelBench bench = bench("gone", source, 100)) {
      assertEquals(before, bench.drain().dump());
    }
  }

  @Test
  void rebuildsWhenTheFilesAreDeletedUnderLoad() throws Exception {
    RandomHistory history = new RandomHistory(SEED).live(300);
    try (ReadModelBench bench = bench("load", history.source, 50)) {
      bench.drain();

      Files.delete(file("load"));
      history.live(50);
      for (int i = 0; i < 20; i++) {
        bench.loop.step();
        bench.time.advanceMs(1);
      }
      history.live(50);
      List<String> rebuilt = bench.drain().dump();

      assertTrue(Files.exists(file("load")));
      assertEquals(1, bench.loop.meters().failures());
      try (ReadModelBench fresh = bench("fresh", history.source, 10_000)) {
        assertEquals(fresh.drain().dump(), rebuilt);
      }
    }
  }

  @Test
  void rebuildsADamagedFile() throws Exception {
    FakeSource source = new RandomHistory(SEED).live(300).source;
    List<String> before;
    try (ReadModelBench bench = bench("damaged", source, 100)) {
      before = bench.drain().dump();
    }
    byte[] good = Files.readAllBytes(file("damaged"));
    byte[] noise = new byte[good.length];
    Arrays.fill(noise, (byte) 0x5A);
    byte[] tornHead = good.clone();
    System.arraycopy(noise, 0, tornHead, 0, 8192);
    byte[] tornMiddle = good.clone();
    System.arraycopy(noise, 0, tornMiddle, 8192, good.length - 8192);
    byte[] text = "not a database".getBytes(StandardCharsets.UTF_8);

    for (byte[] content :
        List.of(
            noise, tornHead, tornMiddle, Arrays.copyOf(good, good.length / 2), text, new byte[0])) {
      Files.write(file("damaged"), content);
      try (ReadModelBench bench = bench("damaged", source, 100)) {
        assertEquals(before, bench.drain().dump());
      }
    }
  }

  @Test
  void dropsTheRowsOfAnotherDataDirectory() throws Exception {
    FakeSource other = new RandomHistory(SEED + 1).live(300).source;
    FakeSource source = new RandomHistory(SEED).live(300).source;
    List<String> expected;
    try (ReadModelBench bench = bench("own", source, 100)) {
      expected = bench.drain().dump();
    }
    try (ReadModelBench bench =
        new ReadModelBench(vertx, directory.resolve("shared"), other, 100, new UUID(9, 9))) {
      assertNotEquals(expected, bench.drain().dump());
    }

    try (ReadModelBench bench = bench("shared", source, 100)) {
      assertEquals(expected, bench.drain().dump());
    }
  }

  @Test
  void dropsTheRowsOfAnotherVersion() throws Exception {
    FakeSource source = new RandomHistory(SEED).live(200).source;
    List<String> expected;
    try (ReadModelBench bench = bench("layout", source, 100)) {
      expected = bench.drain().dump();
      ReadModelBench.get(
          bench.target.writer().query("UPDATE export_position SET layout = 'older'").execute());
      ReadModelBench.get(
          bench.target.writer().query("ALTER TABLE packet DROP COLUMN cover").execute());
    }

    try (ReadModelBench bench = bench("layout", source, 100)) {
      assertEquals(expected, bench.drain().dump());
    }
  }

  @Test
  void keepsTheSeedOfAnOpenPacketOut() throws Exception {
    RandomHistory history = new RandomHistory(SEED).live(300);
    try (ReadModelBench bench = bench("secret", history.source, 100)) {
      String all = String.join("\n", bench.drain().dump());

      int secrets = 0;
      for (RandomHistory.Packet packet : history.packets) {
        if (packet.spec != null) {
          boolean isClosed = packet.closedAtMs > 0;
          secrets += isClosed ? 0 : 1;
          assertEquals(isClosed, all.contains(packet.spec.seed().hex()));
        }
      }
      assertTrue(secrets > 0);
    }
  }

  @Test
  void aTableThatIsDroppedUnderItIsRebuilt() throws Exception {
    RandomHistory history = new RandomHistory(SEED).live(200);
    try (ReadModelBench bench = bench("dropped", history.source, 100)) {
      bench.drain();
      ReadModelBench.get(bench.target.writer().query("DROP TABLE packet_share").execute());
      history.live(100);
      List<String> rebuilt = bench.drain().dump();

      try (ReadModelBench fresh = bench("fresh2", history.source, 100)) {
        assertEquals(fresh.drain().dump(), rebuilt);
      }
      assertFalse(rebuilt.isEmpty());
    }
  }
}
