// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Two commands".
package io.hongbao.bootstrap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.hongbao.bootstrap.Processes.Outcome;
import io.hongbao.bootstrap.Processes.Running;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code java -jar hongbao.jar} with an old Java in front; skipped where no old one is installed.
 */
class LauncherIT {

  private static final String NEW_HOME = System.getProperty("java.home");

  @TempDir private static Path directory;

  private static Path jar;

  @BeforeAll
  static void makeTheJar() throws IOException {
    jar = StubJar.make(directory);
  }

  @Test
  void anOldJavaHandsOverToANewOne() throws Exception {
    Outcome outcome =
        Processes.run(
            directory,
            Map.of("HONGBAO_JAVA_HOME", NEW_HOME),
            command("-Dkey=kept", "exit", "7", "two words"));

    assertEquals("", outcome.err());
    assertEquals(7, outcome.exitCode());
    assertEquals(
        List.of("java " + Runtime.version().feature(), "key kept", "args exit|7|two words"),
        outcome.out().lines().toList());
  }

  @Test
  void aSignalToTheOldJavaEndsTheNewOne() throws Exception {
    Running running =
        Processes.start(
            directory, Map.of("HONGBAO_JAVA_HOME", NEW_HOME), command("-Dkey=x", "wait"));
    while (!Files.readString(running.out()).contains("ready")) {
      assertTrue(running.process().isAlive(), () -> running.toString());
      running.process().waitFor(20, TimeUnit.MILLISECONDS);
    }
    List<ProcessHandle> children = running.process().children().toList();

    running.process().destroy();
    Outcome outcome = running.finish();

    assertTrue(outcome.out().endsWith("bye\n"), outcome::toString);
    assertEquals(5, outcome.exitCode(), "the exit code is the child's");
    assertEquals(1, children.size());
    assertFalse(children.get(0).isAlive());
  }

  @Test
  void withoutANewJavaOneSentenceSaysWhatIsMissing() throws Exception {
    Outcome outcome =
        Processes.run(
            directory,
            Map.of(
                "HONGBAO_JAVA_HOME", "/nonsense",
                "HONGBAO_JVM_FOLDERS", directory.resolve("none").toString(),
                "PATH", directory.resolve("none").toString()),
            command("-Dkey=x", "demo"));

    assertEquals("", outcome.out());
    String sentence =
        "Hongbao needs JDK 25 or newer; found \\d+ at .*; install one or set \\w+\\.\n";
    assertTrue(outcome.err().matches(sentence), outcome::err);
    assertEquals(3, outcome.exitCode());
  }

  @Test
  void aNewJavaRunsTheCommandLineItself() throws Exception {
    Map<String, String> nothingElse = new HashMap<>();
    nothingElse.put("PATH", directory.toString());
    Outcome outcome =
        Processes.run(
            directory,
            nothingElse,
            List.of(NEW_HOME + "/bin/java", "-jar", jar.toString(), "exit", "4"));

    assertEquals("", outcome.err());
    assertEquals(4, outcome.exitCode());
    assertTrue(outcome.out().contains("args exit|4\n"), outcome::out);
  }

  private static List<String> command(String flag, String... args) throws IOException {
    List<String> command =
        new ArrayList<>(List.of(oldJava() + "/bin/java", flag, "-jar", jar.toString()));
    command.addAll(List.of(args));
    return command;
  }

  /** An installation of Java 8 to 24, or the test is skipped and says so. */
  private static Path oldJava() throws IOException {
    for (String folder : List.of("/usr/lib/jvm", "/opt", "/Library/Java/JavaVirtualMachines")) {
      if (!Files.isDirectory(Path.of(folder))) {
        continue;
      }
      try (Stream<Path> homes = Files.list(Path.of(folder))) {
        for (Path home : homes.sorted().toList()) {
          Path release = home.resolve("release");
          if (Files.isReadable(release) && Files.isExecutable(home.resolve("bin/java"))) {
            String text = Files.readString(release);
            if (text.matches("(?s).*JAVA_VERSION=\"(1\\.8|9|1\\d|2[0-4])\\b.*")) {
              return home;
            }
          }
        }
      }
    }
    assumeTrue(false, "no Java 8 to 24 is installed here, so nothing can be in front");
    throw new AssertionError();
  }
}
