// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Two commands".
package io.hongbao.bootstrap;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs a program to its end and says what came of it. */
final class Processes {

  /** Generous: the machine may be busy with other builds. */
  private static final int SECONDS_MAX = 60;

  /** What a program left behind. */
  record Outcome(int exitCode, String out, String err) {}

  /** A program under way; its output goes to files, so that it never waits for a reader. */
  record Running(Process process, Path out, Path err) {

    Outcome finish() throws IOException, InterruptedException {
      boolean ended = process.waitFor(SECONDS_MAX, TimeUnit.SECONDS);
      if (!ended) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
      }
      Outcome outcome =
          new Outcome(
              ended ? process.exitValue() : -1, Files.readString(out), Files.readString(err));
      assertTrue(ended, () -> "still running after " + SECONDS_MAX + " s: " + outcome);
      return outcome;
    }
  }

  private Processes() {}

  /** Starts with exactly this environment and nothing of ours. */
  static Running start(Path directory, Map<String, String> environment, List<String> command)
      throws IOException {
    Path out = Files.createTempFile("hongbao-out", ".txt");
    Path err = Files.createTempFile("hongbao-err", ".txt");
    out.toFile().deleteOnExit();
    err.toFile().deleteOnExit();
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectInput(new File("/dev/null"))
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    return new Running(builder.start(), out, err);
  }

  static Outcome run(Path directory, Map<String, String> environment, List<String> command)
      throws IOException, InterruptedException {
    return start(directory, environment, command).finish();
  }
}
