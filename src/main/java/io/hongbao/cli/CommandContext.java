// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Commands".
package io.hongbao.cli;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What a command is given: it reads nothing else from the process.
 *
 * @param args what follows the command's name, without {@code --debug}
 * @param environment all variables
 * @param workingDirectory where relative paths start
 * @param out for what was asked
 * @param err for complaints
 * @param host what only some commands need
 */
public record CommandContext(
    List<String> args,
    Map<String, String> environment,
    Path workingDirectory,
    PrintStream out,
    PrintStream err,
    Host host) {}
