// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Benchmarks".
package io.hongbao.bench;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Brings a server to where it is after its first minutes: its code is compiled, and, where it
 * matters, its read model has caught up.
 *
 * <p>A server with one core is slow to get there, since its compilers share the core with what they
 * compile, and what writes the read model runs only when there is time.
 *
 * <p><b>Thread:</b> the measuring thread.
 */
final class SteadyState {

  private static final String LAG = "hongbao_export_lag_records";
  private static final long CATCH_UP_MS_MAX = 900_000;
  private static final int TURNS_MAX = 20;

  /** Of the processor time of the server. */
  private static final double COMPILING_MAX = 0.02;

  private static final long NANOS_PER_TICK = 10_000_000;

  private final Child server;
  private final Consumer<String> progress;

  SteadyState(Child server, Consumer<String> progress) {
    this.server = server;
    this.progress = progress;
  }

  /** A turn of the load that is going to be measured. */
  interface Turn {
    void run() throws Exception;
  }

  /** Runs turns until the compilers have next to nothing to do in one. */
  void reach(Turn load) throws Exception {
    for (int turn = 0; turn < TURNS_MAX; turn++) {
      long cpuBefore = server.cpuNanos();
      long compilersBefore = compilerNanos(server.pid());
      load.run();
      double share =
          (double) (compilerNanos(server.pid()) - compilersBefore)
              / Math.max(1, server.cpuNanos() - cpuBefore);
      progress.accept(
          String.format(Locale.ROOT, "warm-up: compilers had %.0f %% of the time", 100 * share));
      if (share < COMPILING_MAX) {
        return;
      }
    }
  }

  /** Waits until the read model holds everything. */
  void catchUp() throws IOException, InterruptedException {
    for (long waited = 0; waited < CATCH_UP_MS_MAX; waited += 50) {
      if (server.metric(LAG) == 0) {
        return;
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
    throw new IOException("the read model does not catch up");
  }

  // 0 where there is no /proc: one turn is all then.
  private static long compilerNanos(long process) throws IOException {
    Path tasks = Path.of("/proc", Long.toString(process), "task");
    if (!Files.isDirectory(tasks)) {
      return 0;
    }
    long ticks = 0;
    try (DirectoryStream<Path> all = Files.newDirectoryStream(tasks)) {
      for (Path task : all) {
        ticks += compilerTicks(task);
      }
    }
    return ticks * NANOS_PER_TICK;
  }

  private static long compilerTicks(Path task) {
    try {
      // The name stands in brackets and may hold anything; user and system time are the twelfth and
      // thirteenth of what follows it.
      String stat = Files.readString(task.resolve("stat"));
      String name = stat.substring(stat.indexOf('(') + 1, stat.lastIndexOf(')'));
      if (!name.startsWith("C1 Compiler") && !name.startsWith("C2 Compiler")) {
        return 0;
      }
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      return Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
    } catch (IOException ended) {
      return 0;
    }
  }
}
