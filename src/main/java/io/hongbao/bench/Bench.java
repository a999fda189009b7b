// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Benchmarks".
package io.hongbao.bench;

import io.hongbao.bench.rooms.FanOutProcess;
import io.hongbao.bench.rooms.FanOutServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The table of benchmarks. */
public final class Bench {

  private static final Map<String, Scenario> SCENARIOS =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("baseline", Bench::serveBaseline),
              Map.entry("engine", options -> new EngineBench(options).run()),
              Map.entry("rooms-server", Bench::serveRooms),
              Map.entry("rooms-clients", Bench::connectRooms),
              Map.entry("http", options -> new HttpBench(options).run()),
              Map.entry("journal", options -> new JournalBench(options).run()),
              Map.entry("memory", options -> new MemoryBench(options).run()),
              Map.entry("readmodel", options -> new ReadModelBench(options).run()),
              Map.entry("recovery", options -> new RecoveryBench(options).run()),
              Map.entry("rival-mariadb", options -> serveRival("mariadb", options)),
              Map.entry("rival-redis", options -> serveRival("redis", options)),
              Map.entry("rivals", options -> new RivalsBench(options).run()),
              Map.entry("rooms100k", options -> new RoomsBench(options).run()),
              Map.entry("rooms", Bench::rooms),
              Map.entry("scale", options -> new ScaleBench(options).run())));

  private Bench() {}

  // No benchmark either; the port of its database stands where windows do.
  private static List<BenchLine> serveRival(String kind, BenchOptions options) throws Exception {
    RivalServer.serve(kind, options.window(), options.rivals(), System.out);
    return List.of();
  }

  // No benchmark: the gateway and the bare loop of "rooms".
  private static List<BenchLine> serveRooms(BenchOptions options) throws Exception {
    FanOutServer.serve(options.loops(), System.out);
    return List.of();
  }

  // No benchmark: some of the idle readers of "rooms".
  private static List<BenchLine> connectRooms(BenchOptions options) throws Exception {
    FanOutProcess.run(System.out);
    return List.of();
  }

  private static List<BenchLine> rooms(BenchOptions options) throws Exception {
    Cores cores = Cores.split();
    cores.takeClients();
    List<BenchLine> lines = new ArrayList<>(new FanOutBench(options, cores).run());
    lines.addAll(new ReadersBench(options, cores).run());
    lines.addAll(new IdleBench(options, cores).run());
    return lines;
  }

  // No benchmark: the server that "http" compares with, in its own process.
  private static List<BenchLine> serveBaseline(BenchOptions options) throws Exception {
    BaselineServer.serve(options.loops(), System.out);
    return List.of();
  }

  /** One benchmark. */
  interface Scenario {
    List<BenchLine> run(BenchOptions options) throws Exception;
  }

  /** The names that can be asked for. */
  public static List<String> names() {
    return List.copyOf(SCENARIOS.keySet());
  }

  /** The rows of one that has rows; empty for the others. */
  public static List<String> rows(String name) {
    return switch (name) {
      case "http" -> List.of("single", "p99", "batch");
      case "rooms" ->
          List.of("frame", "throughput", "latency", "stalled", "joins", "memory", "idle");
      default -> List.of();
    };
  }

  /** Runs a benchmark and returns a line for each of its figures. */
  public static List<String> run(String name, BenchOptions options, boolean json) throws Exception {
    Scenario scenario = SCENARIOS.get(name);
    if (scenario == null) {
      throw new IllegalArgumentException("no benchmark is called " + name);
    }
    Machine machine = Machine.here();
    return scenario.run(options).stream()
        .map(line -> json ? line.toJson(machine) : line.toText())
        .toList();
  }
}
