// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Background work".
package io.hongbao.app;

import io.hongbao.process.LinuxScheduler;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Lets the threads that nobody waits for give way to event loops and journal.
 *
 * <p>An answer needs two threads in turn, the journal's and an event loop, and each wakes up for
 * it. Linux lets a running thread end its turn first, some milliseconds, even one with a higher
 * nice value; with the read model's writer on the same core that was two thirds of the time an open
 * took. So whoever writes the read model or snapshots runs only on cores that are idle: with all of
 * them busy it is behind anyway, and catches up from the journal when they are not; snapshots that
 * are late have a second thread. That and the rooms' threads have to go on, at a tenth of a busy
 * core; so do the compilers once the server is warm.
 *
 * <p>Of the two that are awaited the journal's has the shorter turns: between writing and flushing
 * it needs the core for ten microseconds, and the disk is idle until it gets it.
 *
 * <p><b>Thread:</b> one at a time, off the event loops: it reads {@code /proc}.
 *
 * <p><b>Failure:</b> on another system nothing happens; it is a matter of speed only.
 */
final class BackgroundWork {

  private static final Logger LOG = System.getLogger(BackgroundWork.class.getName());

  /** Linux weighs this as a tenth of an ordinary thread. */
  private static final int NICE = 10;

  /** The shortest turn that Linux takes. */
  private static final long JOURNAL_TURN_NANOS = 100_000;

  /** Shorter than those of all other threads, some 3 ms, and longer than the journal's. */
  private static final long LOOP_TURN_NANOS = 1_000_000;

  private static final long EVERY_MS = 2_000;

  /**
   * Looks, a minute of them, after which the compilers give way: who starves them at the start runs
   * slow code, and later a turn of theirs, some milliseconds, is what an answer waits for.
   */
  private static final int WARM_LOOKS = 30;

  private static final Path TASKS = Path.of("/proc/self/task");

  // Beginnings of names, as far as the kernel keeps them: fifteen characters.
  private static final List<String> IDLE = List.of("hongbao-export", "hongbao-snapsho");
  private static final List<String> GIVING_WAY =
      List.of(
          "vert.x-worker-t",
          "hongbao-room-st",
          "hongbao-room-mo",
          "hongbao-room-wo",
          "hongbao-urgent-");
  private static final List<String> COMPILERS = List.of("C1 Compiler", "C2 Compiler");
  private static final List<String> LOOPS = List.of("vert.x-eventloo");
  private static final List<String> JOURNAL = List.of("hongbao-journal");

  private final Set<String> done = new HashSet<>();
  private final LinuxScheduler scheduler = LinuxScheduler.ofThisSystem();
  private int looks;

  /** Looks from now on, until Vert.x is closed: such threads come when they are first needed. */
  static void watch(Vertx vertx) {
    BackgroundWork work = new BackgroundWork();
    if (!work.scheduler.isThere()) {
      return;
    }
    // One look at a time, and one thread for all of them: the common pool begins another thread for
    // each piece of work until it has twenty.
    WorkerExecutor watcher = vertx.createSharedWorkerExecutor("hongbao-turns", 1);
    vertx.setPeriodic(
        EVERY_MS,
        ignored ->
            watcher
                .executeBlocking(
                    () -> {
                      work.look();
                      return true;
                    })
                .onFailure(closing -> LOG.log(Level.DEBUG, "no look", closing)));
  }

  /** Looks for threads that have come since the last look. */
  void look() {
    looks++;
    try (DirectoryStream<Path> tasks = Files.newDirectoryStream(TASKS)) {
      for (Path task : tasks) {
        String id = String.valueOf(task.getFileName());
        if (done.add(id)) {
          String name = nameOf(task);
          if (looks < WARM_LOOKS && starts(COMPILERS, name)) {
            done.remove(id);
          } else {
            tell(Integer.parseInt(id), name);
          }
        }
      }
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "threads cannot be listed", e);
    }
  }

  private void tell(int thread, String name) {
    boolean isTold = true;
    if (starts(IDLE, name)) {
      isTold = scheduler.onlyWhenIdle(thread);
    } else if (starts(GIVING_WAY, name) || starts(COMPILERS, name)) {
      isTold = scheduler.nice(thread, NICE);
    } else if (starts(LOOPS, name)) {
      isTold = scheduler.shortTurns(thread, LOOP_TURN_NANOS);
    } else if (starts(JOURNAL, name)) {
      isTold = scheduler.shortTurns(thread, JOURNAL_TURN_NANOS);
    }
    if (!isTold) {
      LOG.log(Level.DEBUG, "the system keeps thread {0} as it is", name);
    }
  }

  private static boolean starts(List<String> beginnings, String name) {
    return beginnings.stream().anyMatch(name::startsWith);
  }

  // A thread that has just begun may not have its name yet, so it is looked at once it is named.
  private String nameOf(Path task) {
    try {
      String name = Files.readString(task.resolve("comm")).strip();
      if (name.equals("java")) {
        done.remove(String.valueOf(task.getFileName()));
      }
      return name;
    } catch (IOException ended) {
      return "";
    }
  }
}
