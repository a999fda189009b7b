// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Read model".
package io.hongbao.export.sql;

import static io.hongbao.export.sql.ReadModelBench.get;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hongbao.disk.FileDisk;
import io.hongbao.export.FakeSource;
import io.hongbao.export.redpacket.RedPacketExports;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code hongbao verify} says of a read model. */
class ReadModelCheckTest {

  private static final long SEED = 99;
  private static Vertx vertx;
  private static int checks;

  @TempDir Path directory;

  private final FakeSource source = new RandomHistory(SEED).live(400).source;

  @BeforeAll
  static void start() {
    vertx = Vertx.vertx();
  }

  @AfterAll
  static void stop() throws Exception {
    get(vertx.close());
  }

  private void build(String... changes) throws Exception {
    try (ReadModelBench bench = new ReadModelBench(vertx, directory, source, 500)) {
      bench.drain();
      for (String change : changes) {
        get(bench.target.readers().query(change).execute());
      }
    }
  }

  private ReadModelCheck check(Path where, UUID directoryId) throws Exception {
    ReadModelCheck check =
        new ReadModelCheck(directoryId, RandomHistory.PARTITIONS, List.of(new RedPacketExports()));
    String url = H2Target.fileUrl(where.resolve(ReadModelBench.NAME).toString());
    try (FileDisk disk = new FileDisk(where)) {
      check.run(
          H2Target.fileForReading(vertx, disk, ReadModelBench.NAME, url),
          H2Target.memory(vertx, "check" + checks++),
          source.readFrom(0));
    }
    return check;
  }

  private ReadModelCheck check() throws Exception {
    return check(directory, ReadModelBench.DIRECTORY_ID);
  }

  @Test
  void findsNothingWrongWithAFaithfulModel() throws Exception {
    build();

    ReadModelCheck check = check();

    assertEquals(List.of(), check.differences());
    assertTrue(check.facts().getFirst().contains("rows in 5 tables"), check.facts().toString());
  }

  @Test
  void acceptsAModelThatIsBehind() throws Exception {
    FakeSource shorter = source.firstRecords(source.recordCount() / 3);
    try (ReadModelBench bench = new ReadModelBench(vertx, directory, shorter, 500)) {
      bench.drain();
    }

    assertEquals(List.of(), check().differences());
  }

  @Test
  void namesTheFirstRowThatDiffers() throws Exception {
    build("UPDATE packet_share SET amount_minor = amount_minor + 1 WHERE place = 2");

    List<String> differences = check().differences();

    assertEquals(1, differences.size(), differences.toString());
    assertTrue(differences.getFirst().contains("table packet_share"), differences.toString());
    assertTrue(differences.getFirst().contains("first difference: ["), differences.toString());
  }

  @Test
  void noticesRowsTooManyAndTooFew() throws Exception {
    build(
        "DELETE FROM statement_entry WHERE user_id = 10003",
        "INSERT INTO stray_payment VALUES (1, 2, 3, 4, 5, 6, 7, 8, 'x')");

    List<String> differences = check().differences();

    assertEquals(2, differences.size(), differences.toString());
  }

  @Test
  void noticesAPositionThatTheRowsDoNotSupport() throws Exception {
    build("UPDATE export_position SET log_position = log_position - 1");

    assertFalse(check().differences().isEmpty());
  }

  @Test
  void aMissingOrForeignModelIsNoDifference() throws Exception {
    ReadModelCheck missing = check();
    build();
    ReadModelCheck foreign = check(directory, new UUID(7, 7));

    assertEquals(List.of(), missing.differences());
    assertTrue(missing.facts().getFirst().contains("rebuilds it"), missing.facts().toString());
    assertFalse(Files.exists(directory.resolve("none")));
    assertEquals(List.of(), foreign.differences());
    assertTrue(foreign.facts().getFirst().contains("another data directory"));
  }

  @Test
  void looksAtAModelWhoseServerWasKilled() throws Exception {
    Path killed = directory.resolve("killed");
    Path file = killed.resolve(ReadModelBench.NAME + ".mv.db");
    Files.createDirectories(file.getParent());
    try (ReadModelBench bench = new ReadModelBench(vertx, directory.resolve("live"), source, 50)) {
      bench.drain();
      // Half a transaction, forced to the file, as a kill at a bad moment leaves it.
      get(bench.target.writer().begin());
      get(bench.target.writer().query("DELETE FROM packet_share").execute());
      get(bench.target.readers().query("CHECKPOINT SYNC").execute());
      Files.copy(directory.resolve("live").resolve(ReadModelBench.NAME + ".mv.db"), file);
    }
    byte[] before = Files.readAllBytes(file);

    ReadModelCheck check = check(killed, ReadModelBench.DIRECTORY_ID);

    assertEquals(List.of(), check.differences());
    assertTrue(check.facts().getFirst().contains("rows in 5 tables"), check.facts().toString());
    assertEquals(before.length, Files.size(file));
  }
}
