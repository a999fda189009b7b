// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Benchmarks".
package io.hongbao.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Opens over HTTP, beside the smallest JSON server that Vert.x can be, with the same client.
 *
 * <p>Server and baseline are pinned to the same cores and never work at the same time; the client
 * has the others.
 */
final class HttpBench {

  /** Users; at their quota of 100 calls a second each this is enough for a million opens. */
  static final int USERS_MAX = 10_000;

  static final int LIVE = 1_000;

  private static final int[] CONNECTIONS = {64, 256};
  private static final int BATCH = 500;
  private static final double P99 = 0.99;

  private final BenchOptions options;
  private final Cores cores = Cores.split();

  HttpBench(BenchOptions options) {
    this.options = options;
  }

  List<BenchLine> run() throws Exception {
    List<BenchLine> lines = new ArrayList<>();
    Path directory = options.directory().resolve("http");
    cores.takeClients();
    try (Child server = Child.server(directory, cores, List.of());
        Child baseline =
            Child.helper(
                cores, List.of("bench", "baseline", "--loops", "" + cores.serverCount()))) {
      int users = (int) Math.min(USERS_MAX, options.accounts());
      HttpRig rig = new HttpRig(server, users, options.shares(), LIVE, options.progress());
      for (int connections : connections()) {
        lines.add(singles(rig, baseline, connections));
      }
      lines.add(atHalfOfPeak(rig));
      lines.add(batches(rig));
    }
    return lines;
  }

  private int[] connections() {
    return options.connections() == 0 ? CONNECTIONS : new int[] {options.connections()};
  }

  private BenchLine singles(HttpRig rig, Child baseline, int connections) throws Exception {
    try (HttpLoad load = new HttpLoad(rig.server().address(), connections);
        HttpLoad plain = new HttpLoad(baseline.address(), connections)) {
      rig.opens(load, 1, options.seconds());
      plain.closedLoop(HttpRig.PLAIN, options.seconds());
      return Rounds.compare(
          "http: single opens, " + connections + " connections",
          "opens/s",
          options.rounds(),
          cores.serverCount(),
          () -> rig.opens(load, 1, options.seconds()),
          () -> plain.closedLoop(HttpRig.PLAIN, options.seconds()).perSecond());
    }
  }

  private BenchLine atHalfOfPeak(HttpRig rig) throws IOException {
    double[] p99 = new double[options.rounds()];
    double rate = rig.peak() / 2;
    int[] connections = connections();
    try (HttpLoad load =
        new HttpLoad(rig.server().address(), connections[connections.length - 1])) {
      for (int i = 0; i < p99.length; i++) {
        OpenScript script = rig.script((long) (rate * options.seconds() * 1.1), 1);
        HttpLoad.Result result = load.openLoop(script, rate, options.seconds());
        p99[i] = result.latency().quantileNanos(P99) / 1e6;
      }
    }
    return new BenchLine(
        "http: p99 at half of the peak, open loop",
        Rounds.median(p99),
        "ms",
        Double.NaN,
        Double.NaN,
        p99.length,
        Arrays.stream(p99).min().orElse(0),
        Arrays.stream(p99).max().orElse(0),
        cores.serverCount());
  }

  private BenchLine batches(HttpRig rig) throws Exception {
    int batch = options.batch() > 1 ? options.batch() : BATCH;
    try (HttpLoad load = new HttpLoad(rig.server().address(), 64);
        HttpLoad few = new HttpLoad(rig.server().address(), 8)) {
      rig.opens(few, batch, options.seconds());
      return Rounds.compare(
          "http: opens in batches of " + batch + ", beside single opens",
          "opens/s",
          options.rounds(),
          cores.serverCount(),
          () -> rig.opens(few, batch, options.seconds()),
          () -> rig.opens(load, 1, options.seconds()));
    }
  }
}
