// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Backup".
package io.hongbao.cli;

import io.hongbao.datadir.DataDirectory;
import io.hongbao.inspect.Backup;
import io.hongbao.live.sql.RoomCopy;
import java.nio.file.Path;
import java.util.Set;

/** {@code hongbao backup}: copies a data directory, also while a server uses it. */
final class BackupCommand {

  private static final String USAGE =
      """
      usage: hongbao backup --to DIR [--data DIR]

      Copies the data directory into a new directory: snapshots, archive, journal, and a manifest
      with the SHA-256 of every file. A server may be running; everything it had acknowledged when
      the command began is in the copy. The read model is not copied; it is rebuilt.
      """;

  private BackupCommand() {}

  static Command command() {
    return new Command("backup", "copy a data directory, in use or not", USAGE, BackupCommand::run);
  }

  private static int run(CommandContext context) throws Exception {
    CommandLine line = CommandLine.parse(context.args(), Set.of(), Set.of("to")).withoutOperands();
    String to = line.value("to");
    if (to == null) {
      throw new UsageException("backup needs --to DIR");
    }
    Path source = line.configuration(context).data().directory();
    DataDirectory.readManifest(source);
    Path target = context.workingDirectory().resolve(to).toAbsolutePath().normalize();
    int files =
        new Backup(source, target, step -> context.err().println("… " + step), RoomCopy::check)
            .run();
    context.out().println("backup ok " + target + ": " + files + " files");
    return ExitCode.OK;
  }
}
