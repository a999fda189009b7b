// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Backup".
package io.hongbao.cli;

import io.hongbao.app.DirectoryVerification;
import io.hongbao.datadir.DataDirectory;
import io.hongbao.inspect.Findings;
import io.hongbao.inspect.Restore;
import java.nio.file.Path;
import java.util.Set;

/** {@code hongbao restore}: brings a backup back and verifies it. */
final class RestoreCommand {

  private static final String USAGE =
      """
      usage: hongbao restore --from DIR [--data DIR]

      Copies a backup into a new data directory, compares every file with its SHA-256, and then
      checks the directory as "hongbao verify" does. The data directory must not exist or be empty.
      """;

  private RestoreCommand() {}

  static Command command() {
    return new Command("restore", "bring a backup back, verified", USAGE, RestoreCommand::run);
  }

  private static int run(CommandContext context) throws Exception {
    CommandLine line =
        CommandLine.parse(context.args(), Set.of(), Set.of("from")).withoutOperands();
    String from = line.value("from");
    if (from == null) {
      throw new UsageException("restore needs --from DIR");
    }
    Path backup = context.workingDirectory().resolve(from).toAbsolutePath().normalize();
    Path target = line.configuration(context).data().directory();
    int files = new Restore(backup, target).run();
    context.out().println("restored " + files + " files into " + target);
    try (DataDirectory directory = DataDirectory.openExisting(target, "restore")) {
      Findings findings =
          DirectoryVerification.run(directory, step -> context.err().println("… " + step));
      return VerifyCommand.report(context, target, findings);
    }
  }
}
