// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Benchmarks".
package io.hongbao.bench;

import java.io.IOException;
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

  private static final double WARM_SECONDS = 3;

  /** Longer turns leave the read model minutes behind, and the p99 row waits for it. */
  private static final double WARM_SECONDS_P99 = 1;

  HttpBench(BenchOptions options) {
    this.options = options;
  }

  List<BenchLine> run() throws Exception {
    List<BenchLine> lines = new ArrayList<>();
    cores.takeClients();
    double peak = 0;
    if (options.wants("single") || options.wants("batch")) {
      try (Child server = server("http");
          Child baseline =
              Child.helper(
                  cores, List.of("bench", "baseline", "--loops", "" + cores.serverCount()))) {
        HttpRig rig = rig(server);
        if (options.wants("single")) {
          for (int connections : connections()) {
            lines.addAll(singles(rig, baseline, connections));
          }
        }
        if (options.wants("batch")) {
          lines.add(batches(rig));
        }
        peak = rig.peak();
      }
    }
    if (options.wants("p99")) {
      // A server of its own: the read model of the other one is many minutes behind.
      try (Child server = server("http-p99")) {
        lines.add(atHalfOfPeak(rig(server), peak));
      }
    }
    return lines;
  }

  private Child server(String name) throws Exception {
    return Child.server(options.directory().resolve(name), cores, List.of());
  }

  private HttpRig rig(Child server) throws Exception {
    int users = (int) Math.min(USERS_MAX, options.accounts());
    return new HttpRig(server, users, options.shares(), LIVE, options.progress());
  }

  private int[] connections() {
    return options.connections() == 0 ? CONNECTIONS : new int[] {options.connections()};
  }

  // Rate and processor time of the same rounds: the one is what people see, the other says the
  // same of a machine that others use as well.
  private List<BenchLine> singles(HttpRig rig, Child baseline, int connections) throws Exception {
    int rounds = options.rounds();
    double[][] rates = new double[3][rounds];
    double[][] micros = new double[3][rounds];
    try (HttpLoad load = new HttpLoad(rig.server().address(), connections);
        HttpLoad plain = new HttpLoad(baseline.address(), connections)) {
      new SteadyState(rig.server(), options.progress())
          .reach(() -> rig.opens(load, 1, Math.min(WARM_SECONDS, options.seconds())));
      plain.closedLoop(HttpRig.PLAIN, options.seconds());
      for (int i = 0; i < rounds; i++) {
        for (int turn = 0; turn < 2; turn++) {
          if ((turn + i) % 2 == 0) {
            rates[0][i] = rig.opens(load, 1, options.seconds());
            micros[0][i] = rig.cpuMicros();
          } else {
            long before = baseline.cpuNanos();
            HttpLoad.Result result = plain.closedLoop(HttpRig.PLAIN, options.seconds());
            rates[1][i] = result.perSecond();
            micros[1][i] = (baseline.cpuNanos() - before) / 1e3 / result.answers();
          }
        }
        rates[2][i] = rates[0][i] / rates[1][i];
        micros[2][i] = micros[0][i] / micros[1][i];
      }
    }
    String what = "http: single opens, " + connections + " connections";
    int loops = cores.serverCount();
    return List.of(
        Rounds.of(what, "opens/s", loops, rates[0], rates[1], rates[2]),
        Rounds.of(what + ", processor time of all", "µs", loops, micros[0], micros[1], micros[2]));
  }

  private BenchLine atHalfOfPeak(HttpRig rig, double peak) throws Exception {
    double[] p99 = new double[options.rounds()];
    SteadyState steady = new SteadyState(rig.server(), options.progress());
    int[] connections = connections();
    try (HttpLoad load = new HttpLoad(rig.server().address(), connections[0])) {
      steady.reach(() -> rig.opens(load, 1, Math.min(WARM_SECONDS_P99, options.seconds())));
    }
    double rate = Math.max(peak, rig.peak()) / 2;
    // Before the load connects: the server closes connections that are silent for so long.
    steady.catchUp();
    try (HttpLoad load =
        new HttpLoad(rig.server().address(), connections[connections.length - 1])) {
      // Nobody has run an open loop here yet, neither the load nor a server that is half idle.
      p99At(rig, load, rate, Math.min(WARM_SECONDS_P99, options.seconds()));
      for (int i = 0; i < p99.length; i++) {
        p99[i] = p99At(rig, load, rate, options.seconds());
        options.progress().accept("at %.0f/s: p99 %.2f ms".formatted(rate, p99[i]));
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

  private static double p99At(HttpRig rig, HttpLoad load, double rate, double seconds)
      throws IOException {
    OpenScript script = rig.script((long) (rate * seconds * 1.1), 1);
    // The script is large: a collection that copies it would count as the server's delay.
    System.gc();
    return load.openLoop(script, rate, seconds).latency().quantileNanos(P99) / 1e6;
  }

  private BenchLine batches(HttpRig rig) throws Exception {
    int batch = options.batch() > 1 ? options.batch() : BATCH;
    try (HttpLoad load = new HttpLoad(rig.server().address(), 64);
        HttpLoad few = new HttpLoad(rig.server().address(), 8)) {
      new SteadyState(rig.server(), options.progress())
          .reach(() -> rig.opens(few, batch, Math.min(WARM_SECONDS, options.seconds())));
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
