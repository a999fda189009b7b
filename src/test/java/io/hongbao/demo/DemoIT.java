// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The demo".
package io.hongbao.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code java -jar hongbao.jar demo} as a newcomer types it, with fewer people. */
class DemoIT {

  /** Generous: the machine may be busy with other builds. */
  private static final int SECONDS_MAX = 240;

  private static final String OK =
      "demo ok users=40 packets=\\d+ shares=\\d+ killed=1 recovered_ms=\\d+ requests=\\d+"
          + " seconds=[0-9.]+";

  @TempDir private Path work;

  private record Running(Process process, Path out) {

    String text() throws IOException {
      return Files.readString(out);
    }

    int finish() throws Exception {
      if (!process.waitFor(SECONDS_MAX, TimeUnit.SECONDS)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().waitFor();
        throw new AssertionError("still running after " + SECONDS_MAX + " s: " + text());
      }
      return process.exitValue();
    }
  }

  @Test
  void twoAtTheSameTimePlayToTheEndAndLeaveNothingBehind() throws Exception {
    Running first = start("--users", "40");
    Running second = start("--users=40", "--quiet");

    assertEquals(0, first.finish(), first::toString);
    assertEquals(0, second.finish(), second::toString);

    List<String> lines = first.text().lines().toList();
    assertTrue(lines.getLast().matches(OK), first.text());
    assertEquals(7, lines.stream().filter(line -> line.matches("[1-7]\\. .*")).count());
    assertTrue(first.text().contains("draw verified"), first.text());
    assertTrue(second.text().matches(OK + "\n"), second.text());
    assertFalse(Files.exists(work.resolve("data")), "the sandboxes are removed");
  }

  @Test
  void aSignalStopsTheServerAndRemovesTheSandbox() throws Exception {
    Running demo = start("--users", "40");
    while (!demo.text().contains("server ready after")) {
      assertTrue(demo.process().isAlive(), demo.text());
      demo.process().waitFor(20, TimeUnit.MILLISECONDS);
    }
    List<ProcessHandle> children = demo.process().descendants().toList();
    assertFalse(children.isEmpty());

    demo.process().destroy();

    assertFalse(demo.finish() == 0);
    for (ProcessHandle child : children) {
      child.onExit().get(SECONDS_MAX, TimeUnit.SECONDS);
    }
    assertFalse(Files.exists(work.resolve("data")), "the sandbox is removed");
  }

  @Test
  void withoutAPlaceForTheSandboxOneSentenceSaysSo() throws Exception {
    Files.writeString(work.resolve("data"), "a file");

    Running demo = start();

    assertEquals(3, demo.finish(), demo.text());
    assertTrue(demo.text().matches("hongbao: no sandbox can be made in .*\n"), demo.text());
    assertEquals("a file", Files.readString(work.resolve("data")));
  }

  @Test
  void aWrongNumberOfPeopleIsAMatterOfUsage() throws Exception {
    Running demo = start("--users", "3");

    assertEquals(2, demo.finish(), demo.text());
    assertEquals("hongbao: --users takes 20 to 2000\n", demo.text());
    try (Stream<Path> left = Files.list(work)) {
      assertTrue(left.noneMatch(path -> path.endsWith("data")));
    }
  }

  private Running start(String... args) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx256m", "-jar", System.getProperty("hongbao.jar"), "demo"));
    command.addAll(List.of(args));
    Path out = Files.createTempFile("hongbao-demo", ".txt");
    out.toFile().deleteOnExit();
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(work.toFile())
            .redirectInput(new File("/dev/null"))
            .redirectErrorStream(true)
            .redirectOutput(out.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("HONGBAO_"));
    return new Running(builder.start(), out);
  }
}
