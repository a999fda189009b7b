// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Proof".
package io.hongbao.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hongbao.app.GoldenJournal.Hashes;
import io.hongbao.disk.FileDisk;
import io.hongbao.engine.Outbox;
import io.hongbao.engine.PartitionState;
import io.hongbao.engine.Transfer;
import io.hongbao.engine.TransferQueue;
import io.hongbao.engine.journal.JournalInspector;
import io.hongbao.engine.journal.JournalReader;
import io.hongbao.engine.journal.LocalJournal;
import io.hongbao.engine.snapshot.Recovery;
import io.hongbao.engine.snapshot.SnapshotStore;
import io.hongbao.export.EventCursor;
import io.hongbao.inspect.DirectoryCheck;
import io.hongbao.inspect.Findings;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.agrona.ExpandableArrayBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Every journal that a released version may have written is still read, to the same state.
 *
 * <p>A new format, or a new kind of event, adds a directory beside the others
 * (docs/JOURNAL-FORMAT.md says how); those that are there never change.
 */
class GoldenJournalTest {

  private static final String WRITE = "hongbao.golden.write";
  private static final List<String> SCHEMAS =
      List.of(
          "engine",
          "sandbox",
          "session",
          "room",
          "account",
          "redpacket",
          "webhook",
          "apikey",
          "person");

  @TempDir private Path directory;

  static List<Path> goldens() throws Exception {
    URL root = GoldenJournalTest.class.getResource("/golden");
    assertNotNull(root, "src/test/resources/golden");
    try (Stream<Path> found = Files.list(Path.of(root.toURI()))) {
      return found.filter(Files::isDirectory).sorted().toList();
    }
  }

  private Path copyOf(Path golden) throws IOException {
    Path copy = directory.resolve(golden.getFileName().toString());
    try (Stream<Path> found = Files.walk(golden)) {
      for (Path path : found.toList()) {
        Path target = copy.resolve(golden.relativize(path).toString());
        if (Files.isDirectory(path)) {
          Files.createDirectories(target);
        } else {
          Files.copy(path, target);
        }
      }
    }
    return copy;
  }

  @ParameterizedTest
  @MethodSource("goldens")
  void replaysToTheHashesOfItsTime(Path golden) throws Exception {
    Path copy = copyOf(golden);
    PartitionState[] states = new PartitionState[GoldenScenario.PARTITIONS];
    for (int i = 0; i < states.length; i++) {
      states[i] = empty(i);
    }

    try (FileDisk disk = new FileDisk(copy)) {
      JournalInspector journal = inspected(disk);
      try (JournalReader reader = journal.readFrom(0)) {
        while (reader.next()) {
          states[reader.partition()].replay(
              reader.sequence(),
              reader.timeMs(),
              reader.buffer(),
              reader.offset(),
              reader.lengthBytes());
        }
      }
    }

    assertEquals(Hashes.read(copy), Hashes.of(states));
  }

  @ParameterizedTest
  @MethodSource("goldens")
  void startsFromItsSnapshotsToTheSameHashes(Path golden) throws Exception {
    Path copy = copyOf(golden);

    try (FileDisk disk = new FileDisk(copy);
        LocalJournal journal = GoldenJournal.open(disk, new long[1])) {
      Recovery.Recovered recovered =
          new Recovery(new SnapshotStore(disk), journal, 0)
              .recover(GoldenScenario.PARTITIONS, GoldenJournalTest::empty);

      assertEquals(Hashes.read(copy), Hashes.of(recovered.states()));
      long all = 0;
      for (PartitionState state : recovered.states()) {
        all += state.sequence();
      }
      assertTrue(recovered.recordsReplayed() < all, "snapshots were used");
    }
  }

  @ParameterizedTest
  @MethodSource("goldens")
  void itsBooksAreRight(Path golden) throws Exception {
    try (FileDisk disk = new FileDisk(copyOf(golden))) {
      Findings findings =
          new DirectoryCheck(
                  disk,
                  GoldenJournal.directoryId(),
                  GoldenJournal.shape(),
                  FamilyWiring.offline(),
                  step -> {})
              .run();

      assertTrue(findings.isOk(), () -> String.join("\n", findings.differences()));
    }
  }

  @Test
  void everyTemplateOfEverySchemaOccurs() throws Exception {
    TreeSet<String> missing = templates();
    assertFalse(missing.isEmpty());
    EventCursor events = new EventCursor();

    for (Path golden : goldens()) {
      try (FileDisk disk = new FileDisk(copyOf(golden))) {
        try (JournalReader reader = inspected(disk).readFrom(0)) {
          while (reader.next()) {
            events.wrap(reader.buffer(), reader.offset(), reader.lengthBytes());
            while (events.next()) {
              missing.remove(name(events.schemaId(), events.templateId()));
            }
          }
        }
        removeTransfers(new SnapshotStore(disk), missing);
      }
    }

    assertEquals(new TreeSet<String>(), missing, "templates that no golden journal holds");
  }

  // Transfers under way stand in snapshots only.
  private static void removeTransfers(SnapshotStore snapshots, TreeSet<String> missing)
      throws IOException {
    ExpandableArrayBuffer scratch = new ExpandableArrayBuffer();
    for (int i = 0; i < GoldenScenario.PARTITIONS; i++) {
      int partition = i;
      SnapshotStore.Loaded loaded = snapshots.newest(partition, () -> empty(partition));
      assertNotNull(loaded, () -> "snapshot of partition " + partition);
      Outbox outbox = loaded.state().parts().outbox();
      for (int to = 0; to < outbox.partitionCount(); to++) {
        TransferQueue queue = outbox.toward(to);
        for (long number = queue.acknowledged() + 1; number <= queue.last(); number++) {
          Transfer transfer = queue.transfer(number);
          loaded.state().family(transfer.schemaId()).codec().encode(transfer, scratch, 0);
          missing.remove(
              name(transfer.schemaId(), scratch.getShort(2, java.nio.ByteOrder.LITTLE_ENDIAN)));
        }
      }
    }
  }

  private static TreeSet<String> templates() throws Exception {
    TreeSet<String> templates = new TreeSet<>();
    for (String schema : SCHEMAS) {
      try (InputStream xml =
          GoldenJournalTest.class.getResourceAsStream("/sbe/" + schema + "-events.xml")) {
        Element root =
            DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(xml)
                .getDocumentElement();
        int schemaId = Integer.parseInt(root.getAttribute("id"));
        NodeList messages = root.getElementsByTagName("sbe:message");
        for (int i = 0; i < messages.getLength(); i++) {
          Element message = (Element) messages.item(i);
          templates.add(name(schemaId, Integer.parseInt(message.getAttribute("id"))));
        }
      }
    }
    return templates;
  }

  private static String name(int schemaId, int templateId) {
    return "schema %d template %d".formatted(schemaId, templateId);
  }

  private static PartitionState empty(int partition) {
    return PartitionState.empty(GoldenJournal.shape(), partition, false, FamilyWiring.offline());
  }

  private static JournalInspector inspected(FileDisk disk) throws IOException {
    JournalInspector inspector = new JournalInspector(disk, GoldenJournal.directoryId());
    assertEquals(null, inspector.inspect().damage());
    return inspector;
  }

  /** With {@code -Dhongbao.golden.write=DIR} the first of the two is kept as a new golden one. */
  @Test
  void theScenarioIsTheSameEachTime() throws Exception {
    String wanted = System.getProperty(WRITE);
    Path first = wanted == null ? directory.resolve("first") : Path.of(wanted);
    Path second = directory.resolve("second");

    GoldenJournal.write(first);
    GoldenJournal.write(second);

    assertEquals(Hashes.read(first), Hashes.read(second));
  }
}
