// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Benchmarks".
package io.hongbao.bench;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Which cores the server has, and which its clients: what shares a core with its own load measures
 * the load.
 *
 * <p>Without {@code taskset} or with one core they share all.
 */
record Cores(List<String> server, int serverCount, String clients) {

  static Cores split() {
    int all = Runtime.getRuntime().availableProcessors();
    if (all < 2 || !isOnPath("taskset")) {
      return new Cores(List.of(), all, "");
    }
    int servers = all / 2;
    return new Cores(
        List.of("taskset", "-c", "0-" + (servers - 1)), servers, servers + "-" + (all - 1));
  }

  /** What a child is started with that is to be where the clients are. */
  List<String> client() {
    return clients.isEmpty() ? List.of() : List.of("taskset", "-c", clients);
  }

  /** Puts this process where the clients are. */
  void takeClients() throws IOException, InterruptedException {
    if (!clients.isEmpty()) {
      new ProcessBuilder(
              "taskset", "-a", "-p", "-c", clients, Long.toString(ProcessHandle.current().pid()))
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    }
  }

  /** Whether a program can be started by its name. */
  static boolean isOnPath(String program) {
    for (String folder : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
      if (!folder.isEmpty() && Files.isExecutable(Path.of(folder, program))) {
        return true;
      }
    }
    return false;
  }
}
