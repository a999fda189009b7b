// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Commands".
package io.hongbao.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hongbao.app.ServerStarter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every command: its help, its complaints, its exit codes.
 *
 * <p>The list of commands is the program's own, so a new one fails here until it has rows below.
 */
@Timeout(20)
class CommandTableTest {

  /** An option with a value, as a usage text shows it. */
  private static final Pattern VALUED = Pattern.compile("--([a-z-]+) [A-Z]");

  /**
   * What is typed, the exit code, and how what is said begins. Every command has at least one row
   * for wrong usage, and one for another outcome.
   */
  private static final List<Row> ROWS =
      List.of(
          row("demo --users=1", 2, "--users takes "),
          row("demo --users many", 2, "--users takes a number, not \"many\""),
          row("demo --http.port=1", 2, "demo takes no --http.port (see hongbao help demo)"),
          row("demo now", 2, "\"now\" is not expected here"),
          row("play --users=99999", 2, "--users takes 0 to 2000"),
          row("play --port many", 2, "--port takes 0 to 65535"),
          row("play --http.port=1", 2, "play takes no --http.port (see hongbao help play)"),
          row("play now", 2, "\"now\" is not expected here"),
          row("start --port=70000", 2, "http.port must be a whole number"),
          row("start now", 2, "\"now\" is not expected here"),
          row("start --detach --with-input", 2, "--detach has no input to end with"),
          row("start --data file", 3, "the data directory "),
          row("start --data foreign", 3, ""),
          row("stop --timeout 5", 2, "--timeout takes a duration such as 90s, not \"5\""),
          row("stop now", 2, "\"now\" is not expected here"),
          row("stop", 0, "hongbao is not running on "),
          row("status now", 2, "\"now\" is not expected here"),
          row("status", 1, "hongbao is not running on "),
          row("verify now", 2, "\"now\" is not expected here"),
          row("verify --data none", 3, ""),
          row("backup", 2, "backup needs --to DIR"),
          row("backup --to copy --data none", 3, ""),
          row("restore", 2, "restore needs --from DIR"),
          row("restore --from none", 1, ""),
          row("config", 2, "config needs one of "),
          row("config check --engine.partitions=3", 2, "engine.partitions must divide 1000"),
          row("config check", 0, "configuration ok, data in "),
          row("seed", 2, "seed needs --tokens FILE"),
          row("seed --tokens t --users 0", 2, "--users takes a number from 1 to "),
          row("seed --tokens t --data none", 3, "no server runs on "),
          row("sim now", 2, "\"now\" is not expected here"),
          row("sim --seed many", 2, "--seed wants a whole number, not many"),
          row("crash now", 2, "\"now\" is not expected here"),
          row("soak now", 2, "\"now\" is not expected here"),
          row("soak --seconds 3", 2, "--seconds wants a whole number, not 3"),
          row("crash --rounds 0", 2, "--rounds wants a whole number, not 0"),
          row("bench", 2, "bench wants one of "),
          row("bench engine --seconds 0", 2, "--seconds wants a number above zero, not 0"),
          row("bench engine --directory file", 3, ""),
          row("bench engine --shape round", 2, "--shape is uniform, zipf or one_hot, not round"),
          row("verify-draw", 2, "verify-draw needs a file or an address"),
          row("verify-draw a.json b.json", 2, "one proof at a time"),
          row("verify-draw --commitment 12 a.json", 2, "--commitment takes 64 hex"),
          row("verify-draw none.json", 3, "cannot read none.json: there is no such file"));

  private record Row(String line, int code, String beginning) {
    String command() {
      return line.split(" ", 2)[0];
    }

    @Override
    public String toString() {
      return line + " -> " + code;
    }
  }

  private static Row row(String line, int code, String beginning) {
    return new Row(line, code, beginning);
  }

  @TempDir private Path directory;
  private CliRun cli;

  @BeforeEach
  void useADirectoryWithoutServer() throws IOException {
    Files.writeString(directory.resolve("file"), "");
    Files.writeString(Files.createDirectory(directory.resolve("foreign")).resolve("a"), "");
    ServerStarter never =
        (configuration, dataDirectory) -> {
          throw new AssertionError("started");
        };
    cli = new CliRun(directory.toRealPath(), never);
  }

  static Stream<Row> rows() {
    return ROWS.stream();
  }

  static Stream<String> commands() {
    return Cli.commands().stream().map(Command::name);
  }

  @Test
  void everyCommandHasRowsForWrongUsageAndForAnotherOutcome() {
    Set<String> wrongUsage = commandsWith(true);
    Set<String> other = commandsWith(false);
    // These play for many seconds, and have tests of their own.
    other.add("demo");
    // PlayIT: it never ends by itself.
    other.add("play");
    other.add("sim");
    other.add("crash");
    other.add("soak");
    Set<String> all = commands().collect(Collectors.toCollection(TreeSet::new));

    assertEquals(all, wrongUsage, "commands with a row of code 2");
    assertEquals(all, other, "commands with a row of another code");
  }

  private static Set<String> commandsWith(boolean isUsage) {
    return rows()
        .filter(row -> (row.code() == ExitCode.USAGE) == isUsage)
        .map(Row::command)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void saysOneSentenceAndExitsWithItsCode(Row row) {
    CliRun.Result result = cli.run(row.line().split(" "));

    assertEquals(row.code(), result.code(), result.toString());
    boolean isComplaint = !result.err().isEmpty();
    assertTrue(isComplaint ? row.code() > 0 : row.code() < ExitCode.USAGE, result.toString());
    String said = isComplaint ? result.err() : result.out();
    String start = isComplaint ? "hongbao: " + row.beginning() : row.beginning();
    assertTrue(said.startsWith(start), result.toString());
    assertEquals(1, said.lines().count(), result.toString());
    assertEquals("", isComplaint ? result.out() : result.err());
    assertTrue(!said.contains("Exception") && !said.contains("\tat "), said);
  }

  @ParameterizedTest
  @MethodSource("commands")
  void hasHelpInThreeWaysAndOnALineOfTheOverview(String name) {
    CliRun.Result help = cli.run("help", name);

    assertEquals(ExitCode.OK, help.code());
    assertTrue(help.out().startsWith("usage: hongbao " + name), help.out());
    assertTrue(help.out().lines().allMatch(line -> line.length() <= 100), help.out());
    assertTrue(help.out().endsWith("\n"), help.out());
    assertEquals("", help.err());
    assertEquals(help, cli.run(name, "--help"));
    assertEquals(help, cli.run(name, "-h"));
    assertEquals(help, cli.run(name, "whatever", "--help"));
    assertTrue(cli.run("help").out().contains("\n  " + name + " "), name);
  }

  @ParameterizedTest
  @MethodSource("commands")
  void refusesWhatItDoesNotKnow(String name) {
    for (String unknown : List.of("-x", "--no-such-option", "--no-such-option=1")) {
      CliRun.Result result = cli.run(name, unknown);

      assertEquals(ExitCode.USAGE, result.code(), name + " " + unknown + ": " + result);
      assertTrue(result.err().startsWith("hongbao: "), result.err());
      assertTrue(result.err().contains(unknown.replaceFirst("=.*", "")), result.err());
      assertEquals("", result.out());
    }
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyOptionOfItsHelpExistsAndNeedsItsValue(String name) {
    Set<String> options = new TreeSet<>();
    Matcher shown = VALUED.matcher(cli.run("help", name).out());
    while (shown.find()) {
      options.add(shown.group(1));
    }
    List<String> wrong = new ArrayList<>();
    for (String option : options) {
      CliRun.Result result = cli.run(name, "--" + option);
      if (result.code() != ExitCode.USAGE
          || !result.err().equals("hongbao: --" + option + " needs a value\n")) {
        wrong.add("--" + option + ": " + result);
      }
    }
    assertEquals(List.of(), wrong);
  }
}
