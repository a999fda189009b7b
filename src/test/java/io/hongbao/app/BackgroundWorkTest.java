// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Background work".
package io.hongbao.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.hongbao.process.LinuxScheduler;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the system says of threads afterwards, in {@code /proc/self/task/N/stat}. */
class BackgroundWorkTest {

  private static final int NICE_FIELD = 18;
  private static final int POLICY_FIELD = 40;
  private static final int IDLE = 5;

  private final CountDownLatch end = new CountDownLatch(1);
  private final List<Thread> threads = new ArrayList<>();

  @BeforeEach
  void onlyHere() {
    assumeTrue(LinuxScheduler.ofThisSystem().isThere(), "not Linux");
  }

  @AfterEach
  void end() throws InterruptedException {
    end.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private void thread(String name) throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    Thread thread =
        new Thread(
            () -> {
              begun.countDown();
              try {
                end.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            name);
    threads.add(thread);
    thread.start();
    begun.await();
  }

  private static String[] stat(String name) throws IOException {
    try (DirectoryStream<Path> tasks = Files.newDirectoryStream(Path.of("/proc/self/task"))) {
      for (Path task : tasks) {
        String stat = Files.readString(task.resolve("stat"));
        if (stat.contains("(" + name + ")")) {
          // Fields are counted from the third, the name may have blanks.
          return ("0 0 " + stat.substring(stat.lastIndexOf(')') + 2)).split(" ");
        }
      }
    }
    throw new AssertionError("no thread " + name);
  }

  @Test
  void theReadModelsWriterRunsOnIdleCoresOnlyAndOthersGiveWay() throws Exception {
    thread("hongbao-export");
    thread("hongbao-room-st");
    thread("hongbao-journal");
    thread("hongbao-snapsho");
    thread("hongbao-urgent-");

    new BackgroundWork().look();

    assertEquals(IDLE, Integer.parseInt(stat("hongbao-export")[POLICY_FIELD]));
    assertEquals(IDLE, Integer.parseInt(stat("hongbao-snapsho")[POLICY_FIELD]));
    assertEquals("10", stat("hongbao-urgent-")[NICE_FIELD]);
    assertEquals("10", stat("hongbao-room-st")[NICE_FIELD]);
    assertEquals("0", stat("hongbao-room-st")[POLICY_FIELD]);
    assertEquals("0", stat("hongbao-journal")[NICE_FIELD]);
  }

  @Test
  void theCompilersGiveWayOnceTheServerIsWarm() throws Exception {
    thread("C2 CompilerXyz");
    BackgroundWork work = new BackgroundWork();

    work.look();
    assertEquals("0", stat("C2 CompilerXyz")[NICE_FIELD], "code is slow at first");

    for (int i = 0; i < 30; i++) {
      work.look();
    }
    assertEquals("10", stat("C2 CompilerXyz")[NICE_FIELD]);
  }

  @Test
  void whatTheSystemDoesNotKnowIsRefusedAndNothingThrown() {
    assertTrue(!LinuxScheduler.ofThisSystem().nice(Integer.MAX_VALUE, 10));
  }
}
