// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Commands".
package io.hongbao.cli;

import io.hongbao.app.ServerStarter;
import java.util.function.Supplier;

/**
 * The process around a command.
 *
 * @param starter starts the server
 * @param termination tells when the process is asked to end
 * @param mainClass what a child process of the same kind runs
 */
public record Host(Supplier<ServerStarter> starter, Termination termination, Class<?> mainClass) {}
