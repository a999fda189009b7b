// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Benchmarks".
package io.hongbao.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The benchmark over HTTP as it is typed, for a moment: server, baseline and client, all real. */
class BenchIT {

  /** Generous: the machine may be busy with other builds. */
  private static final int SECONDS_MAX = 240;

  @TempDir private Path work;

  @Test
  void opensOverHttpBesideTheBaseline() throws Exception {
    Path out = work.resolve("out.txt");
    Process bench =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:TieredStopAtLevel=1",
                    "-jar",
                    Path.of(System.getProperty("hongbao.jar", "target/hongbao.jar"))
                        .toAbsolutePath()
                        .toString(),
                    "bench",
                    "http",
                    "--json",
                    "--rounds=1",
                    "--seconds=0.2",
                    "--accounts=200",
                    "--shares=50",
                    "--connections=4",
                    "--batch=20"))
            .directory(work.toFile())
            .redirectErrorStream(true)
            .redirectOutput(out.toFile())
            .start();

    boolean hasEnded = bench.waitFor(SECONDS_MAX, TimeUnit.SECONDS);
    bench.descendants().forEach(ProcessHandle::destroyForcibly);
    bench.destroyForcibly();
    String text = Files.readString(out);

    assertTrue(hasEnded, text);
    assertEquals(0, bench.exitValue(), text);
    List<String> lines = text.lines().filter(line -> line.startsWith("{")).toList();
    assertEquals(4, lines.size(), text);
    assertTrue(
        lines.getFirst().contains("\"scenario\":\"http: single opens, 4 connections\""), text);
  }
}
