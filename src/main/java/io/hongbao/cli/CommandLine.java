// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Commands".
package io.hongbao.cli;

import io.hongbao.config.ConfigException;
import io.hongbao.config.ConfigLoader;
import io.hongbao.config.Configuration;
import io.hongbao.config.Nearest;
import io.hongbao.config.Setting;
import io.hongbao.config.SettingType;
import io.hongbao.config.Settings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of one command, taken apart: its own options, settings, and the rest.
 *
 * <p>{@code --name=value} and {@code --name value} are the same; a switch needs no value. What
 * comes after {@code --} is never an option. A setting given twice has its last value.
 */
public final class CommandLine {

  private static final String CONFIG = "config";

  /** Short names for the settings that people type. */
  private static final Map<String, Setting> ALIASES =
      Map.of(
          "port", Settings.HTTP_PORT,
          "data", Settings.DATA_DIR,
          "sandbox", Settings.DATA_SANDBOX);

  private final Map<String, String> options = new HashMap<>();
  private final Map<String, String> settings = new LinkedHashMap<>();
  private final List<String> operands = new ArrayList<>();

  private CommandLine() {}

  /**
   * Takes the arguments apart.
   *
   * @param switches the command's own options without value, without dashes
   * @param valued the command's own options with a value; every command has {@code config} as well
   */
  public static CommandLine parse(List<String> args, Set<String> switches, Set<String> valued)
      throws UsageException {
    CommandLine line = new CommandLine();
    int index = 0;
    while (index < args.size()) {
      String arg = args.get(index++);
      if (arg.equals("--")) {
        line.operands.addAll(args.subList(index, args.size()));
        break;
      }
      if (!arg.startsWith("-") || arg.equals("-")) {
        line.operands.add(arg);
        continue;
      }
      if (!arg.startsWith("--")) {
        throw new UsageException("unknown option " + arg);
      }
      int equals = arg.indexOf('=');
      String name = equals < 0 ? arg.substring(2) : arg.substring(2, equals);
      @Nullable String value = equals < 0 ? null : arg.substring(equals + 1);
      if (needsValue(name, switches, valued) && value == null) {
        if (index == args.size() || args.get(index).startsWith("--")) {
          throw new UsageException("--" + name + " needs a value");
        }
        value = args.get(index++);
      }
      line.put(name, value, switches, valued);
    }
    return line;
  }

  private static boolean needsValue(String name, Set<String> switches, Set<String> valued)
      throws UsageException {
    if (switches.contains(name)) {
      return false;
    }
    if (valued.contains(name) || name.equals(CONFIG)) {
      return true;
    }
    Setting setting = settingNamed(name);
    if (setting == null) {
      throw unknown(name, switches, valued);
    }
    return setting.type() != SettingType.BOOL;
  }

  private void put(String name, @Nullable String value, Set<String> switches, Set<String> valued)
      throws UsageException {
    // A command's own option may have the short name of a setting.
    Setting setting = valued.contains(name) ? null : settingNamed(name);
    if (switches.contains(name) && value != null) {
      throw new UsageException("--" + name + " takes no value");
    } else if (setting != null) {
      settings.put(setting.key(), value == null ? "true" : value);
    } else {
      options.put(name, value == null ? "" : value);
    }
  }

  private static @Nullable Setting settingNamed(String name) {
    Setting alias = ALIASES.get(name);
    return alias != null ? alias : Settings.find(name);
  }

  private static UsageException unknown(String name, Set<String> switches, Set<String> valued) {
    List<String> known = new ArrayList<>(switches);
    known.addAll(valued);
    known.add(CONFIG);
    known.addAll(ALIASES.keySet().stream().sorted().toList());
    known.addAll(Settings.keys());
    String hint =
        Nearest.to(name, known).map(nearest -> "; did you mean --" + nearest + "?").orElse("");
    return new UsageException("unknown option --" + name + hint);
  }

  /** Whether the option was given. */
  public boolean has(String option) {
    return options.containsKey(option);
  }

  /** The option's value, or null when it was not given. */
  public @Nullable String value(String option) {
    return options.get(option);
  }

  /** What is neither option nor setting, in order. */
  public List<String> operands() {
    return List.copyOf(operands);
  }

  /** Complains when there is something that the command does not take. */
  public CommandLine withoutOperands() throws UsageException {
    if (!operands.isEmpty()) {
      throw new UsageException("\"" + operands.getFirst() + "\" is not expected here");
    }
    return this;
  }

  /** The configuration that these flags make together with the environment and the file. */
  public Configuration configuration(CommandContext context)
      throws ConfigException, UsageException {
    return new ConfigLoader(
            context.workingDirectory(), context.environment(), settings, options.get(CONFIG))
        .load();
  }
}
