// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The demo".
package io.hongbao.demo;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;

/**
 * Puts the play on: a sandbox, the chapters, the last line.
 *
 * <p><b>Thread:</b> the caller's; blocks until the play is over.
 *
 * <p><b>Failure:</b> whatever is not as it must be is a line, and the result is false; only a
 * server that cannot be started is an exception.
 */
public final class Demo {

  private Demo() {}

  /**
   * Plays on a server of its own.
   *
   * @param workingDirectory below which the sandbox is made
   * @param terminal whether a person looks on
   * @param mainClass what a child process runs when this one was not started from a jar
   * @return whether all was as it must be
   * @throws SandboxException when there is no server to play on
   */
  public static boolean play(
      DemoOptions options,
      Path workingDirectory,
      Map<String, String> environment,
      boolean terminal,
      PrintStream out,
      Class<?> mainClass)
      throws SandboxException, InterruptedException {
    Page page = new Page(out, Page.Style.of(options.quiet(), terminal, out.charset(), environment));
    SandboxDirectory directory =
        SandboxDirectory.create(
            workingDirectory,
            LocalDateTime.now(ZoneId.systemDefault()),
            ProcessHandle.current().pid());
    if (options.keep()) {
      directory.keep();
    }
    page.title("Hongbao demo: %d people, seed %d".formatted(options.userCount(), options.seed()));
    page.line(
        "sandbox %s (%s)"
            .formatted(directory.shown(), options.keep() ? "kept" : "removed at the end"));
    List<String> settings = List.of("--room.members_max=" + Math.max(500, options.userCount()));
    long startNanos = System.nanoTime();
    try (Sandbox sandbox =
        new Sandbox(directory, JavaCommand.ofThisProcess(mainClass), settings, page)) {
      start(sandbox, directory, page);
      Play play = new Play(options, sandbox, page);
      boolean ok = play.run(startNanos);
      if (!ok) {
        directory.keep();
      }
      if (directory.isKept()) {
        page.always("sandbox kept: %s".formatted(directory.shown()));
      }
      page.always(play.lastLine());
      return ok;
    }
  }

  private static void start(Sandbox sandbox, SandboxDirectory directory, Page page)
      throws SandboxException, InterruptedException {
    long startNanos = System.nanoTime();
    try {
      sandbox.start();
    } catch (SandboxException failed) {
      directory.keep();
      page.always("sandbox kept: %s".formatted(directory.shown()));
      throw failed;
    }
    page.line(
        "server ready after %d ms: process %d, %s"
            .formatted(Stage.sinceMs(startNanos), sandbox.pid(), sandbox.api()));
  }
}
