// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Benchmarks".
package io.hongbao.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** What a figure was measured on. */
record Machine(int cores, String name) {

  private static final double GIB = 1L << 30;

  static Machine here() {
    int cores = Runtime.getRuntime().availableProcessors();
    String kernel = System.getProperty("os.name") + " " + System.getProperty("os.version");
    String java = "Java " + Runtime.version();
    String heap =
        String.format(Locale.ROOT, "heap %.1f GiB", Runtime.getRuntime().maxMemory() / GIB);
    return new Machine(
        cores, String.join(", ", processor(), cores + " cores", kernel, java, collector(), heap));
  }

  private static String processor() {
    try {
      for (String line : Files.readAllLines(Path.of("/proc/cpuinfo"))) {
        if (line.startsWith("model name")) {
          return line.substring(line.indexOf(':') + 1).strip();
        }
      }
    } catch (IOException otherSystem) {
      // Said below.
    }
    return System.getProperty("os.arch");
  }

  private static String collector() {
    return java.lang.management.ManagementFactory.getGarbageCollectorMXBeans().stream()
        .map(java.lang.management.MemoryManagerMXBean::getName)
        .findFirst()
        .orElse("no collector");
  }
}
