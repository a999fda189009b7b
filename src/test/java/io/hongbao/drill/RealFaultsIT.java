// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Crash and soak".
package io.hongbao.drill;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The real server on a machine that lets it down: syncs and writes fail, it is halted in the middle
 * of everything, its wall clock jumps. It stops or carries on as the laws say; nothing is lost.
 *
 * <p>Disk and clock fail through a preloaded library (src/test/c/faults.c), which needs Linux and a
 * C compiler; without them those parts are skipped, visibly. A full disk is DiskFullIT's.
 */
class RealFaultsIT {

  private static final int USERS = 24;
  private static final long FUND_MINOR = 3_000;
  private static final int ANSWERS = 150;
  private static final int ENVIRONMENT = 3;
  private static final long HALT_MS = 2_500;
  private static final long STEP_MS = Duration.ofHours(1).toMillis();
  private static final int NOTICED_S_MAX = 30;
  private static final List<String> SETTINGS =
      List.of(
          "--sandbox",
          "--degradation.auto=false",
          "--engine.partitions=20",
          "--journal.segment_bytes=1MiB",
          "--snapshot.every_bytes=1MiB",
          "--snapshot.every=1s");

  @TempDir private Path directory;

  private final long seed = Long.getLong("hongbao.faults.seed", System.nanoTime() & 0xFFFF_FFFFL);
  private int loads;

  @Test
  void aMachineThatFailsLosesNothing() throws Exception {
    System.out.println("RealFaultsIT: seed " + seed);
    Path data = directory.resolve("data");
    FaultLibrary library = FaultLibrary.build(directory).orElse(null);
    if (library == null) {
      System.out.println("RealFaultsIT: SKIPPED failing syncs, writes, wall clock: no C compiler");
    }
    Map<String, String> environment =
        library == null ? Map.of() : library.environment(data.resolve("journal"));
    try (DrillServer server =
        new DrillServer(
            new DrillServer.Launch(data, List.of(), Jar.shortLived(), SETTINGS, environment))) {
      server.start();
      Notebook notebook = Ground.people(server, USERS, FUND_MINOR);
      if (library != null) {
        failingDisk(server, notebook, library, true);
        failingDisk(server, notebook, library, false);
      }
      halted(server, notebook);
      if (library != null) {
        steppingClock(server, notebook, library);
      }
      assertEquals(0, server.stop(), "exit code of the last stop");
      assertEquals(0, server.run("verify"), "exit code of verify");
    }
  }

  private Callers callers(DrillServer server, Notebook notebook) throws IOException {
    loads++;
    return new Callers(
            notebook, server::port, server.operatorKey(), seed + loads, "f" + loads + "-")
        .start();
  }

  private static void nothingIsLost(DrillServer server, Notebook notebook, String what)
      throws Exception {
    Comparison comparison = new Comparison(notebook, server::port, server.operatorKey());
    comparison.fresh();
    System.out.printf(
        "RealFaultsIT: %s: %d acknowledged so far, %d had happened unheard%n",
        what, notebook.acknowledged(), comparison.happenedUnheard());
    assertEquals(List.of(), notebook.differences(), what);
  }

  // After a failed sync or write memory may be ahead of the disk: the process must end by itself,
  // without one more answer, and the next one start from what the disk has.
  private void failingDisk(
      DrillServer server, Notebook notebook, FaultLibrary library, boolean isSync)
      throws Exception {
    String what = isSync ? "syncs that fail" : "writes that fail";
    int linesBefore = server.lines().size();
    long happenedBefore = library.happened();
    try (Callers callers = callers(server, notebook)) {
      callers.untilAnswers(ANSWERS);
      library.failSyncs(isSync);
      library.failWrites(!isSync);
      assertEquals(ENVIRONMENT, server.awaitEnd(), what + ": exit code");
      callers.end();
    }
    assertTrue(library.happened() > happenedBefore, what + " really failed");
    List<String> sentences =
        server.lines().stream()
            .skip(linesBefore)
            .filter(line -> line.startsWith("hongbao: "))
            .toList();
    assertEquals(1, sentences.size(), () -> what + ": one sentence, not " + sentences);
    System.out.println("RealFaultsIT: " + sentences.getFirst());
    library.failSyncs(false);
    library.failWrites(false);
    server.start();
    nothingIsLost(server, notebook, what);
  }

  // SIGSTOP and SIGCONT: everybody waits, nobody is told anything wrong.
  private void halted(DrillServer server, Notebook notebook) throws Exception {
    try (Callers callers = callers(server, notebook)) {
      callers.untilAnswers(ANSWERS);
      signal(server, "STOP");
      TimeUnit.MILLISECONDS.sleep(HALT_MS / 2);
      long answers = callers.answers();
      TimeUnit.MILLISECONDS.sleep(HALT_MS / 2);
      assertEquals(answers, callers.answers(), "answers of a halted server");
      signal(server, "CONT");
      callers.untilAnswers(answers + ANSWERS);
    }
    assertTrue(server.isAlive(), "the server goes on after a halt");
    nothingIsLost(server, notebook, "a halt of " + HALT_MS + " ms");
  }

  private static void signal(DrillServer server, String name) throws Exception {
    Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(server.pid())).start();
    assertEquals(0, kill.waitFor(), "kill -" + name);
  }

  // The wall clock jumps ahead and back; the server tells it once and goes its own way. Then it is
  // killed, and starts an hour before the times that it has journaled.
  private void steppingClock(DrillServer server, Notebook notebook, FaultLibrary library)
      throws Exception {
    List<Long> steps = new ArrayList<>(List.of(STEP_MS, 0L, -STEP_MS));
    Instant before = now(server);
    long beforeNanos = System.nanoTime();
    try (Callers callers = callers(server, notebook)) {
      for (long offsetMs : steps) {
        callers.untilAnswers(callers.answers() + ANSWERS);
        library.stepWall(offsetMs);
      }
      awaitAlarm(server);
      callers.untilAnswers(callers.answers() + ANSWERS);
    }
    Duration own = Duration.between(before, now(server));
    Duration real = Duration.ofNanos(System.nanoTime() - beforeNanos);
    assertTrue(
        own.minus(real).abs().toSeconds() < 5,
        () -> "went " + own + " in " + real + " of real time");
    assertTrue(server.isAlive(), "the server goes on after a step of the clock");
    nothingIsLost(server, notebook, "a wall clock that steps");

    Instant last = now(server);
    server.kill();
    server.start();
    assertTrue(now(server).isBefore(last), "the wall clock of the start is an hour behind");
    nothingIsLost(server, notebook, "a start an hour before the last record");
    library.stepWall(0);
  }

  private static void awaitAlarm(DrillServer server) throws Exception {
    for (int waited = 0; waited < NOTICED_S_MAX * 10; waited++) {
      if (server.lines().stream()
          .anyMatch(line -> line.matches(".*the wall clock stepped by -?3.*"))) {
        return;
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
    throw new AssertionError("nobody noticed that the wall clock stepped");
  }

  private static Instant now(DrillServer server) throws IOException {
    try (Wire wire = new Wire(server::port)) {
      return Instant.parse(wire.get("/v1/time", "").body().getString("now"));
    }
  }
}
