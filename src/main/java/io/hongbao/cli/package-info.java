// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Commands".
/**
 * The subcommands a person types: each takes its arguments and two streams, and returns an exit
 * code.
 *
 * <p>A command never exits the process itself, so that tests and other commands can run it. Exit
 * codes: 0 ok, 1 failed, 2 usage, 3 environment; errors are one sentence, without a stack trace.
 *
 * <p><b>Thread:</b> the caller's, which may be blocked: never an event loop.
 */
@NullMarked
package io.hongbao.cli;

import org.jspecify.annotations.NullMarked;
