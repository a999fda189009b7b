// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Start and stop".
package io.hongbao.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.hongbao.app.ServerProcess.Outcome;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The disk gets full under load: the process ends with a sentence, and nothing told is lost. */
class DiskFullIT {

  private static final int USERS = 8;
  private static final long FIRST_USER = 10_001;
  private static final long FUND_MINOR = 3_000;
  private static final int ENVIRONMENT = 3;

  @TempDir private Path directory;

  private boolean isMounted;

  private Path small() {
    return directory.resolve("small");
  }

  private boolean mount() throws Exception {
    Files.createDirectories(small());
    isMounted = run("mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", small().toString());
    return isMounted;
  }

  private static boolean run(String... command) throws Exception {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getOutputStream().close();
      return process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException absent) {
      return false;
    }
  }

  @AfterEach
  void unmount() throws Exception {
    if (isMounted) {
      assertTrue(run("umount", small().toString()), "umount");
    }
  }

  @Test
  void aFullDiskEndsTheServerAndLosesNothing() throws Exception {
    assumeTrue(mount(), "a small file system can be mounted here (needs root)");
    long seed = Seeds.of("DiskFullIT");
    Path data = small().resolve("data");
    Book book;
    Outcome outcome;

    try (ServerProcess server = ServerProcess.start(data, ServerProcess.SANDBOX);
        HttpCalls calls = HttpCalls.to(server)) {
      book = new Book(calls.seedUsers(FIRST_USER, USERS, FUND_MINOR), FUND_MINOR);
      calls.makePublicRoom(Crowd.ROOM);
      try (Crowd crowd = new Crowd(book, calls, seed, "f-").start()) {
        crowd.untilAnswers(100);
        fill(calls);
        outcome = server.awaitEnd();
      }
    }
    System.out.println("DiskFullIT: " + outcome.err().lines().toList().getLast() + ", " + book);

    assertEquals(ENVIRONMENT, outcome.exitCode(), outcome::toString);
    List<String> lines =
        outcome.err().lines().filter(line -> line.startsWith("hongbao: ")).toList();
    assertEquals(1, lines.size(), outcome::toString);
    assertTrue(lines.getFirst().contains("the disk is full"), outcome::toString);

    Path roomy = directory.resolve("roomy");
    copy(data, roomy);
    try (ServerProcess server = ServerProcess.start(roomy, ServerProcess.SANDBOX);
        HttpCalls calls = HttpCalls.to(server)) {
      new BookCheck(book, calls).run();
      assertEquals(0, server.stop().exitCode());
    }
    Outcome verified = Commands.run("verify", "--data", roomy.toString());
    assertEquals(0, verified.exitCode(), verified::toString);
  }

  // Tokens of one call take some 45 KB; half of these would do.
  private static void fill(HttpCalls calls) throws InterruptedException {
    try {
      for (int i = 0; i < 1_000; i++) {
        calls.operatorPost(
            "/v1/operator/tokens",
            null,
            new JsonObject().put("first_user_id", "900001").put("count", 1_000));
      }
    } catch (IOException ended) {
      // As it should be.
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> found = Files.walk(from)) {
      for (Path path : found.toList()) {
        Path target = to.resolve(from.relativize(path).toString());
        if (Files.isDirectory(path)) {
          Files.createDirectories(target);
        } else {
          Files.copy(path, target, StandardCopyOption.COPY_ATTRIBUTES);
        }
      }
    }
  }
}
