// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Commands".
package io.hongbao.cli;

import io.hongbao.app.ServerStarter;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Runs commands in this process and keeps what they say. */
record CliRun(
    Path directory, ServerStarter starter, Map<String, String> environment, Termination end) {

  record Result(int code, String out, String err) {}

  CliRun(Path directory, ServerStarter starter) {
    this(directory, starter, Map.of(), new Termination());
  }

  CliRun with(Map<String, String> variables) {
    return new CliRun(directory, starter, variables, end);
  }

  CliRun with(ServerStarter other) {
    return new CliRun(directory, other, environment, end);
  }

  Result run(String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Cli cli = new Cli(directory, new Host(() -> starter, end, FakeServerMain.class));
    int code =
        cli.run(
            List.of(args),
            environment,
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8));
    return new Result(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }
}
