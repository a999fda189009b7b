// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Background work".
package io.hongbao.app;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lets the threads that nobody waits for give way to event loops and journal.
 *
 * <p>The read model, the rooms' store and snapshots take whatever processor time there is. As
 * equals of an event loop they make it wait for whole slices of the scheduler. With a higher nice
 * value they have the cores that are idle, and about a tenth of those that are not.
 *
 * <p><b>Thread:</b> one at a time, off the event loops: it reads {@code /proc}.
 *
 * <p><b>Failure:</b> on a system without {@code /proc} or {@code setpriority} nothing happens; it
 * is a matter of speed only.
 */
final class BackgroundWork {

  private static final Logger LOG = System.getLogger(BackgroundWork.class.getName());

  /** Linux weighs this as a tenth of an ordinary thread. */
  private static final int NICE = 10;

  private static final long EVERY_MS = 2_000;
  private static final int PRIO_PROCESS = 0;
  private static final Path TASKS = Path.of("/proc/self/task");

  /**
   * Beginnings of names, as far as the kernel keeps them: fifteen characters. Not the compilers':
   * who starves them runs slow code.
   */
  private static final List<String> NAMES =
      List.of("vert.x-worker-t", "hongbao-export", "hongbao-room-st", "hongbao-snapsho");

  private final Set<String> done = new HashSet<>();
  private final @Nullable MethodHandle setPriority = setPriority();
  private boolean isBroken;

  /** Looks from now on, until Vert.x is closed: such threads come when they are first needed. */
  static void watch(Vertx vertx) {
    BackgroundWork work = new BackgroundWork();
    // In order: one look at a time.
    vertx.setPeriodic(
        EVERY_MS,
        ignored ->
            vertx
                .executeBlocking(
                    () -> {
                      work.look();
                      return true;
                    })
                .onFailure(closing -> LOG.log(Level.DEBUG, "no look", closing)));
  }

  /** Looks for threads that have come since the last look. */
  void look() {
    MethodHandle handle = setPriority;
    if (handle == null || isBroken || !Files.isDirectory(TASKS)) {
      return;
    }
    try (DirectoryStream<Path> tasks = Files.newDirectoryStream(TASKS)) {
      for (Path task : tasks) {
        String id = String.valueOf(task.getFileName());
        if (!done.contains(id) && isBackground(task)) {
          done.add(id);
          int result = (int) handle.invokeExact(PRIO_PROCESS, Integer.parseInt(id), NICE);
          LOG.log(Level.DEBUG, "thread {0} gives way: {1}", id, result);
        }
      }
    } catch (Throwable e) {
      isBroken = true;
      LOG.log(Level.INFO, "background threads do not give way here: " + e);
    }
  }

  private static boolean isBackground(Path task) {
    try {
      String name = Files.readString(task.resolve("comm"));
      return NAMES.stream().anyMatch(name::startsWith);
    } catch (IOException ended) {
      return false;
    }
  }

  // Restricted for what a wrong signature could do; this one is three ints and an int.
  @SuppressWarnings("restricted")
  private static @Nullable MethodHandle setPriority() {
    try {
      Linker linker = Linker.nativeLinker();
      FunctionDescriptor shape =
          FunctionDescriptor.of(
              ValueLayout.JAVA_INT,
              ValueLayout.JAVA_INT,
              ValueLayout.JAVA_INT,
              ValueLayout.JAVA_INT);
      return linker
          .defaultLookup()
          .find("setpriority")
          .map(symbol -> linker.downcallHandle(symbol, shape))
          .orElse(null);
    } catch (RuntimeException | Error unsupported) {
      return null;
    }
  }
}
