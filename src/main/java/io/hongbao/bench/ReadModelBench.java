// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Benchmarks".
package io.hongbao.bench;

import java.util.List;

/**
 * What the lists cost: rows per open, rows per second into H2, and the rate of opens that a server
 * can bear for ever because its read model keeps up, beside the rate of a burst.
 */
final class ReadModelBench {

  /** A second of batches is a minute of the read model's work, which is waited for. */
  private static final double WARM_SECONDS = 0.2;

  private static final int CONNECTIONS = 64;
  private static final int BATCH = 200;
  private static final String ROWS = "hongbao_export_rows";

  private final BenchOptions options;
  private final Cores cores = Cores.split();

  ReadModelBench(BenchOptions options) {
    this.options = options;
  }

  List<BenchLine> run() throws Exception {
    cores.takeClients();
    int connections = options.connections() == 0 ? CONNECTIONS : options.connections();
    try (Child server = Child.server(options.directory().resolve("readmodel"), cores, List.of())) {
      int users = (int) Math.min(HttpBench.USERS_MAX, options.accounts());
      HttpRig rig =
          new HttpRig(server, users, options.shares(), HttpBench.LIVE, options.progress());
      SteadyState steady = new SteadyState(server, options.progress());
      try (HttpLoad load = new HttpLoad(server.address(), connections)) {
        steady.reach(() -> rig.opens(load, BATCH, WARM_SECONDS));
      }
      steady.catchUp();
      OpenScript script = rig.script((long) (rig.batchedPeak() * options.seconds() * 1.5), BATCH);
      steady.catchUp();
      double rowsBefore = server.metric(ROWS);
      long begin = System.nanoTime();
      HttpLoad.Result burst;
      // Connects only now: the server closes connections that were silent for a minute.
      try (HttpLoad load = new HttpLoad(server.address(), connections)) {
        burst = load.closedLoop(script, options.seconds());
      }
      long opens = script.ok();
      long drainBegin = System.nanoTime();
      double rowsAtBurst = server.metric(ROWS);
      steady.catchUp();
      double rows = server.metric(ROWS) - rowsBefore;
      double allSeconds = (System.nanoTime() - begin) / 1e9;
      double drainSeconds = (System.nanoTime() - drainBegin) / 1e9;
      double burstRate = opens / burst.seconds();
      double drainRate = (rows - (rowsAtBurst - rowsBefore)) / drainSeconds;
      int loops = cores.serverCount();
      return List.of(
          BenchLine.alone("read model: rows of an open", rows / opens, "rows", loops),
          BenchLine.alone(
              "read model: rows into H2, nothing else to do", drainRate, "rows/s", loops),
          Rounds.of(
              "read model: opens it keeps up with, beside a burst",
              "opens/s",
              loops,
              new double[] {opens / allSeconds},
              new double[] {burstRate},
              new double[] {opens / allSeconds / burstRate}));
    }
  }
}
