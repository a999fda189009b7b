// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Benchmarks".
package io.hongbao.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Everybody opens the same packet: this product beside a locked row in MariaDB and beside a script
 * in Redis, each durable before its answer, each behind HTTP.
 *
 * <p>Each rival's HTTP server and its database share the cores that the product's process has to
 * itself.
 */
final class RivalsBench {

  /** As in {@link HttpBench}: a few callers, and some more as a burst brings them. */
  private static final int[] CONNECTIONS = {64, 256};

  private static final double WARM_SECONDS = 3;

  private final BenchOptions options;
  private final Cores cores = Cores.split();

  RivalsBench(BenchOptions options) {
    this.options = options;
  }

  /** Starts a database. */
  private interface Starter {
    Database start(Path folder, Cores cores) throws IOException, InterruptedException;
  }

  List<BenchLine> run() throws Exception {
    List<BenchLine> lines = new ArrayList<>();
    cores.takeClients();
    try (Child server = Child.server(options.directory().resolve("hongbao"), cores, List.of())) {
      int users = (int) Math.min(HttpBench.USERS_MAX, options.accounts());
      HttpRig rig = new HttpRig(server, users, options.shares(), 1, options.progress());
      if (Cores.isOnPath("mariadbd") && hasDriver()) {
        lines.addAll(beside(rig, "mariadb", "SQL on one row of MariaDB", Database::mariaDb));
      } else {
        options.progress().accept("no mariadbd on PATH or no driver in " + options.rivals());
      }
      if (Cores.isOnPath("redis-server")) {
        lines.addAll(beside(rig, "redis", "a script in Redis, always synced", Database::redis));
      } else {
        options.progress().accept("no redis-server on PATH");
      }
    }
    return lines;
  }

  private boolean hasDriver() throws IOException {
    return RocksRival.jars(options.rivals()).stream()
        .anyMatch(url -> url.getPath().contains("mariadb"));
  }

  private List<BenchLine> beside(HttpRig rig, String kind, String what, Starter database)
      throws Exception {
    List<BenchLine> lines = new ArrayList<>();
    try (Database started = database.start(options.directory().resolve(kind), cores);
        Child rival =
            Child.helper(
                cores,
                List.of(
                    "bench",
                    "rival-" + kind,
                    "--window",
                    "" + started.port(),
                    "--rivals",
                    options.rivals().toString()))) {
      int[] sizes = options.connections() == 0 ? CONNECTIONS : new int[] {options.connections()};
      for (int connections : sizes) {
        lines.add(beside(rig, rival, what, connections));
      }
    }
    return lines;
  }

  // Both are asked until their code is compiled, each by as many as will measure it; ours last,
  // since it closes connections that are silent for a minute.
  private BenchLine beside(HttpRig rig, Child rival, String what, int connections)
      throws Exception {
    double warmS = Math.min(WARM_SECONDS, options.seconds());
    try (HttpLoad theirs = new HttpLoad(rival.address(), connections)) {
      new SteadyState(rival, options.progress())
          .reach(() -> theirs.closedLoop(HttpRig.PLAIN, warmS));
      try (HttpLoad load = new HttpLoad(rig.server().address(), connections)) {
        new SteadyState(rig.server(), options.progress()).reach(() -> rig.opens(load, 1, warmS));
        return Rounds.compare(
            "rivals: opens of one packet, %d connections, beside %s".formatted(connections, what),
            "opens/s",
            options.rounds(),
            cores.serverCount(),
            () -> rig.opens(load, 1, options.seconds()),
            () -> told(what, theirs.closedLoop(HttpRig.PLAIN, options.seconds()).perSecond()));
      }
    }
  }

  private double told(String what, double rate) {
    options.progress().accept("%s: %.0f/s".formatted(what, rate));
    return rate;
  }
}
