// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Read model".
package io.hongbao.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The read model is taken away in every way, and comes back equal. */
class ReadModelIT {

  private static final int USERS = 30;
  private static final long FIRST_USER = 10_001;
  private static final long FUND_MINOR = 3_000;

  @TempDir private Path directory;

  @Test
  void listsThatAreLostComeBackFromTheJournal() throws Exception {
    long seed = Seeds.of("ReadModelIT");
    Path data = directory.resolve("data");
    Book book;

    try (ServerProcess server = ServerProcess.start(data, ServerProcess.SANDBOX);
        HttpCalls calls = HttpCalls.to(server)) {
      book = new Book(calls.seedUsers(FIRST_USER, USERS, FUND_MINOR), FUND_MINOR);
      calls.makePublicRoom(Crowd.ROOM);
      try (Crowd crowd = new Crowd(book, calls, seed, "l-").start()) {
        crowd.untilAnswers(400);
        deleteDatabase(data);
        crowd.untilAnswers(700);
        endItsProcess(server);
        crowd.untilAnswers(900);
      }
      new BookCheck(book, calls).run();
      long caughtUpMs = new ListsCheck(book, calls).run();
      System.out.println("ReadModelIT: rebuilt in service, equal after " + caughtUpMs + " ms");
      ProcessHandle database = itsProcess(server);
      assertEquals(0, server.stop().exitCode());
      assertFalse(database.isAlive(), "it outlived the server");
    }

    // There may be none: a server that had not yet seen that its file was gone has closed it.
    database(data).forEach(file -> file.toFile().delete());
    comesBack(data, book, "deleted");
    flipInTheMiddle(data);
    comesBack(data, book, "damaged");
  }

  private static void comesBack(Path data, Book book, String what) throws Exception {
    try (ServerProcess server = ServerProcess.start(data, ServerProcess.SANDBOX);
        HttpCalls calls = HttpCalls.to(server)) {
      long caughtUpMs = new ListsCheck(book, calls).run();
      System.out.println("ReadModelIT: " + what + ", equal after " + caughtUpMs + " ms");
      assertEquals(0, server.stop().exitCode());
    }
  }

  /** A server that is killed cannot end the process; its input ends, and that does. */
  @Test
  void theProcessEndsWithAServerThatIsKilled() throws Exception {
    try (ServerProcess server =
        ServerProcess.start(directory.resolve("data"), ServerProcess.SANDBOX)) {
      ProcessHandle database = itsProcess(server);
      server.kill();
      database.onExit().get(20, TimeUnit.SECONDS);
    }
  }

  private static ProcessHandle itsProcess(ServerProcess server) throws InterruptedException {
    ProcessHandle handle = ProcessHandle.of(server.pid()).orElseThrow();
    // It starts beside the rest of the server.
    for (int look = 0; look < 2_000; look++) {
      Optional<ProcessHandle> child = handle.children().findFirst();
      if (child.isPresent()) {
        return child.get();
      }
      Thread.sleep(10);
    }
    throw new AssertionError("the read model has no process");
  }

  private static void endItsProcess(ServerProcess server) throws Exception {
    ProcessHandle database = itsProcess(server);
    assertTrue(database.destroyForcibly());
    database.onExit().get(20, TimeUnit.SECONDS);
  }

  private static List<Path> database(Path data) throws IOException {
    try (Stream<Path> found = Files.list(data.resolve("readmodel"))) {
      return found.filter(Files::isRegularFile).toList();
    }
  }

  private static void deleteDatabase(Path data) throws IOException {
    List<Path> files = database(data);
    assertTrue(files.stream().anyMatch(file -> file.toString().endsWith(".mv.db")));
    for (Path file : files) {
      Files.delete(file);
    }
  }

  private static void flipInTheMiddle(Path data) throws IOException {
    for (Path file : database(data)) {
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        ByteBuffer noise = ByteBuffer.allocate((int) Math.min(40_000, channel.size() / 2));
        channel.write(noise, channel.size() / 4);
      }
    }
  }
}
