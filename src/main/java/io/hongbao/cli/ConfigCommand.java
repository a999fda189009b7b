// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Commands".
package io.hongbao.cli;

import io.hongbao.config.ConfigText;
import io.hongbao.config.Configuration;
import io.hongbao.datadir.FixedValues;
import io.hongbao.datadir.Manifest;
import java.util.List;
import java.util.Set;

/** Shows and checks the configuration without starting anything. */
final class ConfigCommand {

  private static final String USAGE =
      """
      usage: hongbao config print|check|example [--config FILE] [SETTING...]

        print    every setting with its value and who said so; secrets are masked
        check    whether a server could start with this configuration; it must also fit what a
                 data directory that exists has fixed
        example  the documented file with every setting at its default

      Settings come from hongbao.properties in the working directory (or --config FILE), from the
      environment (HONGBAO_HTTP_PORT for http.port), and from flags, in rising precedence.
      """;

  private static final List<String> ACTIONS = List.of("print", "check", "example");

  private ConfigCommand() {}

  static Command command() {
    return new Command("config", "print or check the configuration", USAGE, ConfigCommand::run);
  }

  private static int run(CommandContext context) throws Exception {
    CommandLine line = CommandLine.parse(context.args(), Set.of(), Set.of());
    if (line.operands().size() != 1 || !ACTIONS.contains(line.operands().getFirst())) {
      throw new UsageException("config needs one of " + String.join(", ", ACTIONS));
    }
    switch (line.operands().getFirst()) {
      case "example" -> context.out().print(ConfigText.exampleFile());
      case "print" -> context.out().print(ConfigText.effective(line.configuration(context)));
      default -> {
        Configuration configuration = line.configuration(context);
        Manifest manifest = FixedValues.readAndVerify(configuration);
        context.out().printf("configuration ok, data in %s", configuration.data().directory());
        if (manifest != null) {
          context
              .out()
              .printf(
                  " (exists since %s: %d partitions, site %d%s)",
                  manifest.createdAt(),
                  manifest.partitions(),
                  manifest.site(),
                  manifest.sandbox() ? ", a sandbox" : "");
        }
        context.out().println();
      }
    }
    return ExitCode.OK;
  }
}
