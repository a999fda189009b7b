// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Benchmarks".
package io.hongbao.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * Very many readers who only wait, for minutes; then somebody says one thing, and each must hear
 * it.
 *
 * <p>One process may have some 20,000 sockets, and one address 28,000 ports: so there are as many
 * servers, each with its clients, as it takes. They answer pings, as clients do.
 */
final class IdleBench {

  private static final int CONNECTIONS = 100_000;

  /** 20,000 descriptors less what a server keeps for HTTP, its journal and its libraries. */
  private static final int PER_SERVER_MAX = 17_000;

  /** Every fourth is a client of Bilibili's. */
  private static final int BINARY_SHARE = 4;

  private static final String MARK = "goodbye-to-all";
  private static final int LOOK_S = 20;
  private static final int HEARD_S_MAX = 60;
  private static final int STATE_JOINED = 0;
  private static final int STATE_CLOSED = 1;
  private static final int STATE_MARKED = 2;

  private final BenchOptions options;
  private final Cores cores;
  private final List<RoomServer> servers = new ArrayList<>();
  private final List<Child> clients = new ArrayList<>();
  private final List<BenchLine> lines = new ArrayList<>();

  IdleBench(BenchOptions options, Cores cores) {
    this.options = options;
    this.cores = cores;
  }

  List<BenchLine> run() throws Exception {
    if (options.wants("idle")) {
      try {
        hold(options.connections() == 0 ? CONNECTIONS : options.connections());
      } finally {
        for (Child each : clients) {
          each.close();
        }
        for (RoomServer each : servers) {
          each.child().kill();
        }
      }
    }
    return lines;
  }

  private void hold(int wanted) throws Exception {
    int count = (wanted + PER_SERVER_MAX - 1) / PER_SERVER_MAX;
    options.progress().accept(wanted + " idle readers on " + count + " servers");
    long before = 0;
    for (int i = 0; i < count; i++) {
      servers.add(
          RoomServer.start(
              options.directory().resolve("idle" + i),
              cores,
              List.of("--gateway.presence_every=1h")));
      clients.add(Child.helper(cores.client(), List.of("bench", "rooms-clients")));
      before += servers.get(i).settledBytes();
    }
    long begin = System.nanoTime();
    for (int i = 0; i < count; i++) {
      int each = wanted / count + (i < wanted % count ? 1 : 0);
      open(i, "BINARY", each / BINARY_SHARE);
      open(i, "JSON", each - each / BINARY_SHARE);
      say("there are %,d readers after %.0f s", sum(STATE_JOINED), secondsSince(begin));
    }
    double openS = secondsSince(begin);
    long after = 0;
    for (RoomServer server : servers) {
      after += server.settledBytes();
    }
    begin = System.nanoTime();
    double heldS = options.minutes() * 60;
    while (secondsSince(begin) < heldS) {
      double left = Math.min(LOOK_S, heldS - secondsSince(begin));
      TimeUnit.MILLISECONDS.sleep((long) Math.max(1, 1_000 * left));
      say(
          "%.0f s: %,d joined, %,d closed",
          secondsSince(begin), sum(STATE_JOINED), sum(STATE_CLOSED));
    }
    long alive = sum(STATE_JOINED) - sum(STATE_CLOSED);
    double heardS = broadcast(wanted);
    long heard = sum(STATE_MARKED);
    String held = String.format(Locale.ROOT, " after %.1f min", options.minutes());
    add("rooms: idle readers alive" + held, (double) alive, "connections", wanted - alive);
    add("rooms: of them heard what was said then", (double) heard, "connections", wanted - heard);
    add("rooms: until the last of them had", heardS, "s", wanted - heard);
    add("rooms: until all of them had joined", openS, "s", wanted - sum(STATE_JOINED));
    double each = (double) (after - before) / wanted;
    add("rooms: memory of their servers for each", each, "bytes", wanted - alive);
  }

  private void open(int server, String kind, int count) throws Exception {
    int port = servers.get(server).address().getPort();
    String source = "127.0.0." + (10 + server);
    FanOutBench.obey(
        clients.get(server),
        "open %s %d %s %d %d".formatted(kind, port, source, RoomServer.ROOM, count));
  }

  private double broadcast(int wanted) throws Exception {
    for (Child each : clients) {
      FanOutBench.obey(each, "watch " + MARK);
    }
    long begin = System.nanoTime();
    for (RoomServer server : servers) {
      server.say(MARK);
    }
    while (sum(STATE_MARKED) < wanted && secondsSince(begin) < HEARD_S_MAX) {
      TimeUnit.MILLISECONDS.sleep(20);
    }
    return secondsSince(begin);
  }

  private long sum(int what) throws Exception {
    long sum = 0;
    for (Child each : clients) {
      sum += FanOutBench.obey(each, "state")[what];
    }
    return sum;
  }

  private void add(String scenario, double value, String unit, long lost) {
    BenchLine line =
        BenchLine.alone(scenario, value, unit, servers.size()).of(lost, cores.serverCount());
    options.progress().accept(line.toText());
    lines.add(line);
  }

  private void say(String format, Object... with) {
    options.progress().accept(String.format(Locale.ROOT, format, with));
  }

  private static double secondsSince(long beginNanos) {
    return (System.nanoTime() - beginNanos) / 1e9;
  }
}
