// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Recovery".
package io.hongbao.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hongbao.app.EngineOnDisk.Rest;
import io.hongbao.app.ServerProcess.Outcome;
import io.hongbao.datadir.DataDirectory;
import io.hongbao.engine.journal.JournalDamagedException;
import io.hongbao.inspect.Findings;
import io.hongbao.shard.SnapshotKeeper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One directory, filled at random with small segments, so that segments roll, snapshots are made
 * and archives are written meanwhile; then recovered in every way there is, whole and damaged.
 */
class RecoveryIT {

  private static final int USERS = 60;
  private static final int COMMANDS = 30_000;

  @TempDir private static Path directory;

  private static Path whole;
  private static Rest live;
  private static long seed;

  @TempDir private Path own;

  @BeforeAll
  static void fill() throws Exception {
    seed = Seeds.of("RecoveryIT");
    whole = directory.resolve("whole");
    try (EngineOnDisk engine = EngineOnDisk.recover(whole).start(seed)) {
      // What is half exported keeps the other half from the archive.
      engine.startSnapshots(() -> engine.runtime().journal().durableLogPosition() / 2);
      RandomCommands commands =
          new RandomCommands(seed, engine.shape(), USERS, engine.time()::nowMs);
      engine.run(commands, COMMANDS);
      SnapshotKeeper keeper = engine.runtime().keeper();
      assertNotNull(keeper);
      awaitRounds(keeper, keeper.rounds() + 2, engine);
      engine.run(commands, COMMANDS / 20);
      live = engine.rest();
    }
    System.out.println(
        "RecoveryIT: "
            + live.records()
            + " records, "
            + files(whole.resolve("journal")).size()
            + " segments, "
            + files(whole.resolve("archive")).size()
            + " archived, "
            + files(whole.resolve("snapshot")).size()
            + " snapshots");
    assertTrue(files(whole.resolve("journal")).size() > 3, "some segments are live");
    assertTrue(files(whole.resolve("archive")).size() > 3, "some are archived");
    assertEquals(2 * EngineOnDisk.PARTITIONS, files(whole.resolve("snapshot")).size());
  }

  private static void awaitRounds(SnapshotKeeper keeper, long rounds, EngineOnDisk engine)
      throws Exception {
    for (int waitedMs = 0; keeper.rounds() < rounds; waitedMs += 10) {
      assertTrue(waitedMs < 30_000, () -> "snapshot rounds: " + keeper.rounds());
      engine.runtime().snapshots().ask();
      Thread.sleep(10);
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> found = Files.list(folder)) {
      return found.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private Path copy() throws IOException {
    Path copy = own.resolve("data");
    try (Stream<Path> found = Files.walk(whole)) {
      for (Path path : found.toList()) {
        Path target = copy.resolve(whole.relativize(path));
        if (Files.isDirectory(path)) {
          Files.createDirectories(target);
        } else {
          Files.copy(path, target);
        }
      }
    }
    return copy;
  }

  /** Recovers and compares; tells how many records were replayed. */
  private static long recovered(Path data) throws Exception {
    try (EngineOnDisk engine = EngineOnDisk.recover(data)) {
      assertEquals(live.hashes(), engine.recoveredHashes(), () -> "hashes, seed " + seed);
      assertEquals(live.records(), engine.recoveredSequences());
      return engine.runtime().recovered().recordsReplayed();
    }
  }

  private static void assertVerifies(Path data) throws Exception {
    try (DataDirectory stopped = DataDirectory.openExisting(data, "verify")) {
      Findings findings = DirectoryVerification.run(stopped, step -> {});
      assertTrue(findings.isOk(), () -> String.join("\n", findings.differences()));
    }
  }

  @Test
  void snapshotsAndTailAreWhatWasLive() throws Exception {
    Path data = copy();

    assertVerifies(data);
    long replayed = recovered(data);

    assertTrue(replayed < live.records() / 3, () -> replayed + " records replayed");
    assertVerifies(data);
  }

  @Test
  void withoutSnapshotsTheWholeJournalIsReplayed() throws Exception {
    Path data = copy();
    for (Path file : files(data.resolve("snapshot"))) {
      Files.delete(file);
    }

    assertEquals(live.records(), recovered(data));
    assertVerifies(data);
  }

  @Test
  void aDamagedSnapshotIsReplacedByTheOneBefore() throws Exception {
    Path data = copy();
    List<Path> snapshots = files(data.resolve("snapshot"));
    for (int i = 0; i < snapshots.size(); i += 4) {
      // Two of each partition, older first.
      Path newest = snapshots.get(i + 1);
      if (i % 8 == 0) {
        truncate(newest, Files.size(newest) / 2);
      } else {
        flip(newest, Files.size(newest) / 2);
      }
    }
    truncate(snapshots.get(3), 0);
    truncate(snapshots.get(2), 10);

    recovered(data);
    Outcome verify = Commands.run("verify", "--data", data.toString());

    assertEquals(1, verify.exitCode(), verify::toString);
    for (int index : new int[] {1, 2, 3, 5, 9}) {
      String file = "snapshot/" + snapshots.get(index).getFileName();
      assertTrue(verify.out().contains(file + " is damaged"), verify::toString);
    }
  }

  @Test
  void aFlippedByteInASealedSegmentStopsTheStartAndIsNamed() throws Exception {
    Path data = copy();
    Path sealed = files(data.resolve("journal")).get(1);
    long offset = Files.size(sealed) / 2;
    flip(sealed, offset);

    Outcome start = ServerProcess.startAndFail(data, List.of());
    Outcome verify = Commands.run("verify", "--data", data.toString());

    String file = "journal/" + sealed.getFileName();
    assertEquals(1, start.exitCode(), start::toString);
    assertTrue(start.err().contains(file + " at offset "), start::toString);
    assertEquals(1, start.err().lines().filter(line -> line.startsWith("hongbao:")).count());
    assertEquals(1, verify.exitCode(), verify::toString);
    assertTrue(verify.out().contains(file), verify::toString);
    long named = Long.parseLong(start.err().replaceAll("(?s).* at offset (\\d+).*", "$1"));
    assertTrue(
        named <= offset && offset - named < EngineOnDisk.SEGMENT_BYTES / 8,
        () -> "damage at " + offset + ", named " + named);
  }

  @Test
  void aFlippedByteInTheArchiveIsFoundByVerify() throws Exception {
    Path data = copy();
    Path archived = files(data.resolve("archive")).get(1);
    flip(archived, Files.size(archived) / 2);

    Outcome verify = Commands.run("verify", "--data", data.toString());

    assertEquals(1, verify.exitCode(), verify::toString);
    assertTrue(verify.out().contains("archive/" + archived.getFileName()), verify::toString);
    recovered(data);
  }

  // The journal alone looks complete then; only a snapshot can tell.
  @Test
  void segmentsThatAreGoneBehindASnapshotStopTheStart() throws Exception {
    Path data = copy();
    List<Path> live = files(data.resolve("journal"));
    for (Path file : live.subList(1, live.size())) {
      Files.delete(file);
    }

    JournalDamagedException damage =
        assertThrows(JournalDamagedException.class, () -> EngineOnDisk.recover(data).close());

    assertTrue(damage.getMessage().contains("of which a snapshot holds record"), damage::toString);
    Outcome verify = Commands.run("verify", "--data", data.toString());
    assertEquals(1, verify.exitCode(), verify::toString);
    assertTrue(verify.out().contains("but its snapshot holds"), verify::toString);
  }

  private static void flip(Path file, long offset) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      ByteBuffer one = ByteBuffer.allocate(1);
      channel.read(one, offset);
      one.put(0, (byte) ~one.get(0)).flip();
      channel.write(one, offset);
    }
  }

  private static void truncate(Path file, long sizeBytes) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(sizeBytes);
    }
  }
}
