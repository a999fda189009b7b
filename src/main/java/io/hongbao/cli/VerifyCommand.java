// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Proof".
package io.hongbao.cli;

import io.hongbao.app.DirectoryVerification;
import io.hongbao.datadir.DataDirectory;
import io.hongbao.inspect.Findings;
import java.nio.file.Path;
import java.util.Set;

/** {@code hongbao verify}: checks a stopped data directory from its first byte to its last. */
final class VerifyCommand {

  private static final String USAGE =
      """
      usage: hongbao verify [--data DIR]

      Checks a data directory that no server uses: every frame and checksum of journal and archive,
      replay of every record with the journaled hashes compared on the way, every snapshot, all
      money, and the read model. Names file and offset of damage. Changes nothing.
      Exit code 0 when all is right, 1 when something differs.
      """;

  private VerifyCommand() {}

  static Command command() {
    return new Command("verify", "check a stopped data directory", USAGE, VerifyCommand::run);
  }

  private static int run(CommandContext context) throws Exception {
    CommandLine line = CommandLine.parse(context.args(), Set.of(), Set.of()).withoutOperands();
    Path path = line.configuration(context).data().directory();
    try (DataDirectory directory = DataDirectory.openExisting(path, "verify")) {
      Findings findings =
          DirectoryVerification.run(directory, step -> context.err().println("… " + step));
      return report(context, path, findings);
    }
  }

  static int report(CommandContext context, Path path, Findings findings) {
    findings.facts().forEach(fact -> context.out().println("  " + fact));
    findings.differences().forEach(difference -> context.out().println("WRONG " + difference));
    context
        .out()
        .println(
            findings.isOk()
                ? "verify ok " + path
                : "verify failed "
                    + path
                    + ": "
                    + findings.differences().size()
                    + " difference(s)");
    return findings.isOk() ? ExitCode.OK : ExitCode.FAILED;
  }
}
