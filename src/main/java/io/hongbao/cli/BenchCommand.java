// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Benchmarks".
package io.hongbao.cli;

import io.hongbao.bench.Bench;
import io.hongbao.bench.BenchOptions;
import io.hongbao.bench.Folders;
import io.hongbao.bench.Shape;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** {@code hongbao bench}: how fast it is on this machine, beside a baseline of the same run. */
final class BenchCommand {

  private static final String USAGE =
      """
      usage: hongbao bench SCENARIO [OPTION...]

      Measures the product beside a baseline, in turns, and prints the median of the ratios.

        engine      durable opens in process; baseline: the barest state machine in memory
        http        opens over HTTP; baseline: the smallest JSON server of Vert.x, same client;
                    --row picks from single, p99, batch
        journal     batches of records; baselines: a raw write and force, RocksDB's sync batches
        memory      bytes of an idle account and of a live packet with ten shares
        readmodel   rows of an open, rows into H2, opens that lists keep up with
        recovery    a start with --accounts and --packets in memory; pauses while snapshots are built
        rivals      opens of one packet over HTTP; baselines: SQL in MariaDB, a script in Redis
        rooms       live rooms that many read; baseline: a bare loop with one prepared buffer;
                    --row picks from frame, throughput, latency, joins, memory, stalled, idle
        rooms100k   --packets rooms send one packet each at once, 20 openers each; sums are checked
        scale       cost of an open with --packets live ones, beside 1,000

        --rounds N       turns (default 5)
        --seconds T      of one measurement (default 5)
        --accounts N     users with a wallet (default 1000000)
        --packets N      live packets (default 1000)
        --shares N       of each packet (default 500)
        --loops N        event loops (default: one per core)
        --window N       opens under way at a time
        --batch N        opens handed in together (default 1)
        --connections N  of HTTP clients (default: 64, then 256); of readers of rooms
        --minutes T      that idle readers are held (default 5)
        --row NAME,...   of the benchmark, for one that has rows
        --shape S        uniform, zipf or one_hot: which packet the next open goes to
        --rivals DIR     libraries of rivals (default target/bench; "mvn -Pbench" puts them there)
        --directory DIR  where it may write (default: a new one in the system's folder for these)
        --json           one JSON object a line
      """;

  private BenchCommand() {}

  static Command command() {
    return new Command(
        "bench", "measure it on this machine, beside a baseline", USAGE, BenchCommand::run);
  }

  private static int run(CommandContext context) throws Exception {
    CommandLine line =
        CommandLine.parse(
            context.args(),
            Set.of("json"),
            Set.of(
                "rounds",
                "seconds",
                "accounts",
                "packets",
                "shares",
                "loops",
                "window",
                "batch",
                "connections",
                "minutes",
                "row",
                "shape",
                "rivals",
                "directory"));
    if (line.operands().size() != 1 || !Bench.names().contains(line.operands().getFirst())) {
      throw new UsageException("bench wants one of " + String.join(", ", Bench.names()));
    }
    String directory = line.value("directory");
    if (directory != null) {
      return run(context, line, context.workingDirectory().resolve(directory));
    }
    Path own = Files.createTempDirectory("hongbao-bench");
    try {
      return run(context, line, own);
    } finally {
      Folders.remove(own);
    }
  }

  private static int run(CommandContext context, CommandLine line, Path directory)
      throws Exception {
    BenchOptions options =
        new BenchOptions(
            directory,
            (int) number(line, "rounds", 5),
            number(line, "seconds", 5),
            (long) number(line, "accounts", 1_000_000),
            (int) number(line, "packets", 1_000),
            (int) number(line, "shares", 500),
            (int) number(line, "loops", Runtime.getRuntime().availableProcessors()),
            (int) number(line, "window", 32_768),
            (int) number(line, "batch", 1),
            (int) number(line, "connections", 0),
            shape(line),
            number(line, "minutes", 5),
            rows(line.operands().getFirst(), line),
            rivals(context, line),
            text -> context.err().println("… " + text));
    for (String text : Bench.run(line.operands().getFirst(), options, line.has("json"))) {
      context.out().println(text);
    }
    return ExitCode.OK;
  }

  private static Path rivals(CommandContext context, CommandLine line) {
    String folder = line.value("rivals");
    return context.workingDirectory().resolve(folder == null ? "target/bench" : folder);
  }

  private static Set<String> rows(String name, CommandLine line) throws UsageException {
    String text = line.value("row");
    Set<String> rows = text == null ? Set.of() : new TreeSet<>(List.of(text.split(",", -1)));
    if (!Bench.rows(name).containsAll(rows)) {
      throw new UsageException(
          Bench.rows(name).isEmpty()
              ? "bench " + name + " has no rows to pick from"
              : "--row names some of " + String.join(", ", Bench.rows(name)));
    }
    return rows;
  }

  private static Shape shape(CommandLine line) throws UsageException {
    String text = line.value("shape");
    if (text == null) {
      return Shape.UNIFORM;
    }
    try {
      return Shape.valueOf(text.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new UsageException("--shape is uniform, zipf or one_hot, not " + text);
    }
  }

  private static double number(CommandLine line, String option, double absent)
      throws UsageException {
    String text = line.value(option);
    if (text == null) {
      return absent;
    }
    try {
      double value = Double.parseDouble(text);
      if (value > 0) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw new UsageException("--" + option + " wants a number above zero, not " + text);
  }
}
