// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Commands".
/**
 * The subcommands a person types: each takes its arguments and two streams, and returns an exit
 * code.
 *
 * <p>{@link io.hongbao.cli.Cli} finds the command by its name in a small table and turns whatever
 * goes wrong into one sentence and an exit code ({@link io.hongbao.cli.ExitCode}): 0 ok, 1 failed,
 * 2 usage, 3 environment. A command never exits the process itself, so that tests and other
 * commands can run it.
 *
 * <p><b>Thread:</b> the caller's, which may be blocked: never an event loop.
 */
@NullMarked
package io.hongbao.cli;

import org.jspecify.annotations.NullMarked;
