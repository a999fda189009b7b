// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Commands".
package io.hongbao.cli;

/**
 * One line of the table of commands.
 *
 * @param name what a person types
 * @param summary a few words for the overview
 * @param usage the whole help; its first line begins with {@code usage:}
 */
public record Command(String name, String summary, String usage, Body body) {

  /** What a command does. */
  @FunctionalInterface
  public interface Body {

    /** Returns an {@link ExitCode}; any exception becomes one sentence and its code. */
    int run(CommandContext context) throws Exception;
  }
}
