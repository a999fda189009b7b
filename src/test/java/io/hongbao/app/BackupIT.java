// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Backup".
package io.hongbao.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hongbao.app.ServerProcess.Outcome;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Backups of a server that serves, with segments that roll and are archived meanwhile. */
class BackupIT {

  private static final int USERS = 40;
  private static final long FIRST_USER = 10_001;
  private static final long FUND_MINOR = 3_000;
  private static final int BACKUPS = 3;

  @TempDir private Path directory;

  @Test
  void aBackupUnderLoadHoldsWhatWasAnsweredBeforeItBegan() throws Exception {
    long seed = Seeds.of("BackupIT");
    Path data = directory.resolve("data");
    Book known = null;

    try (ServerProcess server = ServerProcess.start(data, ServerProcess.SANDBOX);
        HttpCalls calls = HttpCalls.to(server)) {
      Book book = new Book(calls.seedUsers(FIRST_USER, USERS, FUND_MINOR), FUND_MINOR);
      calls.makePublicRoom(Crowd.ROOM);
      try (Crowd crowd = new Crowd(book, calls, seed, "b-").start()) {
        for (int i = 1; i <= BACKUPS; i++) {
          crowd.untilAnswers(400L * i);
          known = book.copy();
          long startNanos = System.nanoTime();
          Outcome backup =
              Commands.run("backup", "--data", data.toString(), "--to", backup(i).toString());
          assertEquals(0, backup.exitCode(), backup::toString);
          System.out.println(
              "BackupIT: " + (System.nanoTime() - startNanos) / 1_000_000 + " ms, " + known);
        }
      }
      assertEquals(List.of(), book.wrongs());
    }

    for (int i = 1; i <= BACKUPS; i++) {
      Outcome restored =
          Commands.run("restore", "--from", backup(i).toString(), "--data", data(i).toString());
      assertEquals(0, restored.exitCode(), restored::toString);
    }
    try (ServerProcess server = ServerProcess.start(data(BACKUPS), ServerProcess.SANDBOX);
        HttpCalls calls = HttpCalls.to(server)) {
      new BookCheck(known, calls).runOnSuccessor();
      assertEquals(0, server.stop().exitCode());
    }
    aDamagedBackupIsNotRestored();
  }

  // Far faster than HTTP: segments of 256 KiB roll several times during each copy.
  @Test
  void segmentsThatRollAndMoveToTheArchiveMeanwhileAreNotMissed() throws Exception {
    long seed = Seeds.of("BackupIT");
    List<List<Long>> known = new ArrayList<>();
    Path data = directory.resolve("data");
    try (EngineOnDisk engine = EngineOnDisk.recover(data).start(seed)) {
      engine.startSnapshots(engine.runtime().journal()::durableLogPosition);
      RandomCommands commands =
          new RandomCommands(seed, engine.shape(), USERS, engine.time()::nowMs);
      engine.run(commands, 2_000);
      AtomicBoolean isOver = new AtomicBoolean();
      Future<Void> load =
          CompletableFuture.runAsync(
              () -> {
                while (!isOver.get()) {
                  run(engine, commands);
                }
              });
      for (int i = 1; i <= BACKUPS; i++) {
        known.add(engine.durableSequences());
        Outcome backup =
            Commands.run("backup", "--data", data.toString(), "--to", backup(i).toString());
        assertEquals(0, backup.exitCode(), backup::toString);
      }
      isOver.set(true);
      load.get();
    }

    for (int i = 1; i <= BACKUPS; i++) {
      Outcome restored =
          Commands.run("restore", "--from", backup(i).toString(), "--data", data(i).toString());
      assertEquals(0, restored.exitCode(), restored::toString);
      try (EngineOnDisk engine = EngineOnDisk.recover(data(i))) {
        for (int partition = 0; partition < EngineOnDisk.PARTITIONS; partition++) {
          long atLeast = known.get(i - 1).get(partition);
          long sequence = engine.runtime().recovered().states()[partition].sequence();
          assertTrue(sequence >= atLeast, sequence + " of partition " + partition + " in copy");
        }
      }
    }
  }

  private static void run(EngineOnDisk engine, RandomCommands commands) {
    try {
      engine.run(commands, 500);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private void aDamagedBackupIsNotRestored() throws Exception {
    Path damaged;
    try (Stream<Path> files = Files.list(backup(1).resolve("journal"))) {
      damaged = files.sorted().findFirst().orElseThrow();
    }
    try (FileChannel channel = FileChannel.open(damaged, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(new byte[] {42}), Files.size(damaged) / 3);
    }

    Outcome restored =
        Commands.run("restore", "--from", backup(1).toString(), "--data", directory + "/never");

    assertEquals(1, restored.exitCode(), restored::toString);
    assertTrue(restored.err().contains(damaged.getFileName().toString()), restored::toString);
    Outcome again =
        Commands.run("backup", "--data", data(1).toString(), "--to", backup(2).toString());
    assertEquals(1, again.exitCode(), again::toString);
  }

  private Path backup(int number) {
    return directory.resolve("backup-" + number);
  }

  private Path data(int number) {
    return directory.resolve("restored-" + number);
  }
}
