// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Proof".
package io.hongbao.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A program of the machine that a test needs beside Java: {@code node}, {@code curl}, {@code
 * python3}. Where it is missing the test is skipped and says so; on a build machine (variable CI),
 * where .ci/run installs it, the test fails.
 */
public final class Tool {

  private static final int SECONDS_MAX = 120;

  private final Path program;

  private Tool(Path program) {
    this.program = program;
  }

  /** Finds it on the PATH. */
  public static Tool named(String name) {
    for (String folder : System.getenv("PATH").split(File.pathSeparator, -1)) {
      Path candidate = Path.of(folder, name);
      if (Files.isExecutable(candidate)) {
        return new Tool(candidate);
      }
    }
    String missing = name + " is not installed, so what needs it was not tested";
    return System.getenv("CI") == null ? abort(missing) : fail(missing);
  }

  /** What a run left behind; both streams in one. */
  public record Outcome(int exitCode, String output) {}

  /** Runs it to its end. */
  public Outcome run(Path directory, Map<String, String> environment, List<String> arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(arguments);
    Path output = Files.createTempFile(directory, "tool", ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectInput(new File("/dev/null"))
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().putAll(environment);
    Process process = builder.start();
    boolean ended = process.waitFor(SECONDS_MAX, TimeUnit.SECONDS);
    if (!ended) {
      process.destroyForcibly().waitFor();
    }
    String said = Files.readString(output);
    Files.delete(output);
    assertTrue(ended, () -> "still running after " + SECONDS_MAX + " s:\n" + said);
    return new Outcome(process.exitValue(), said);
  }
}
