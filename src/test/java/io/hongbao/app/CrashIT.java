// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Proof".
package io.hongbao.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The real server, killed under load again and again: what was answered is there afterwards, once.
 */
class CrashIT {

  private static final int ROUNDS = 5;
  private static final int USERS = 40;
  private static final long FIRST_USER = 10_001;
  private static final long FUND_MINOR = 3_000;

  @TempDir private Path directory;

  @Test
  void whatWasAnsweredBeforeSigkillIsThereAfterwardsOnce() throws Exception {
    long seed = Seeds.of("CrashIT");
    SplittableRandom random = new SplittableRandom(seed);
    Path data = directory.resolve("data");
    Book book = null;

    for (int round = 1; round <= ROUNDS + 1; round++) {
      try (ServerProcess server = ServerProcess.start(data, ServerProcess.SANDBOX);
          HttpCalls calls = HttpCalls.to(server)) {
        if (book == null) {
          book = new Book(calls.seedUsers(FIRST_USER, USERS, FUND_MINOR), FUND_MINOR);
          calls.makePublicRoom(Crowd.ROOM);
        } else {
          new BookCheck(book, calls).run();
        }
        if (round > ROUNDS) {
          assertEquals(0, server.stop().exitCode(), "exit code of the last stop");
          break;
        }
        try (Crowd crowd = new Crowd(book, calls, random.nextLong(), "r" + round + "-").start()) {
          crowd.untilAnswers(100 + random.nextInt(900));
          server.kill();
        }
        System.out.println("CrashIT round " + round + ": " + book);
      }
    }

    ServerProcess.Outcome verified = ServerProcess.run(data, "verify");
    assertEquals(0, verified.exitCode(), verified::toString);
  }
}
