// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Benchmarks".
package io.hongbao.bench;

import io.hongbao.bench.rooms.FanOutClients;
import io.hongbao.client.HongbaoClient;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Rooms that many read: what a delivery costs beside a bare loop, how many there are in a second,
 * how long one takes, what an idle reader costs, how fast readers come.
 *
 * <p>Costs are in processor time of the server's process, which is what a machine has; on a machine
 * with two cores wall time measures the readers too.
 */
final class FanOutBench {

  private static final long ROOM = 7;
  private static final int TEXT_BYTES = 64;
  private static final int[] READERS = {1_000, 5_000};

  /** Flushes of one measurement of cost. */
  private static final int FLUSHES = 100_000;

  /** The bare loop rests as long between two frames as the gateway does: twice a pass. */
  private static final long GAP_NANOS_PER_READER = 20_000;

  private static final double[] RATES = {500_000, 1_000_000, 2_000_000, 3_000_000, 4_000_000};
  private static final double LATENCY_DELIVERIES = 20_000;
  private static final int IDLE = 10_000;
  private static final int JOINING = 5_000;

  private final BenchOptions options;
  private final Cores cores = Cores.split();
  private final List<BenchLine> lines = new ArrayList<>();

  FanOutBench(BenchOptions options) {
    this.options = options;
  }

  List<BenchLine> run() throws Exception {
    cores.takeClients();
    for (int readers : options.connections() == 0 ? READERS : new int[] {options.connections()}) {
      options.progress().accept(readers + " readers of one room");
      try (Child server = Child.helper(cores, List.of("bench", "fanout-server", "--loops", "1"))) {
        measure(server, readers);
      }
    }
    options.progress().accept(IDLE + " idle readers, then " + JOINING + " who come");
    try (Child server =
        Child.server(
            options.directory().resolve("fanout"),
            cores,
            List.of("--http.connections_max=2000", "--gateway.per_address_max=1000000"))) {
      idle(server);
    }
    return lines;
  }

  // At once, for a person who waits.
  private void add(BenchLine line) {
    options.progress().accept(line.toText());
    lines.add(line);
  }

  private void measure(Child server, int readers) throws Exception {
    InetSocketAddress address = address(server);
    String with = ", " + readers + " readers";
    try (FanOutClients room = new FanOutClients(address, "/room", readers, ROOM, "");
        FanOutClients bare = new FanOutClients(address, "/bare", readers, 0, "")) {
      int steps = FLUSHES / readers;
      String one = "step %d %d %d".formatted(ROOM, steps, TEXT_BYTES);
      // As many bytes as the frame of the gateway has.
      String other = "bare %d %d %d".formatted(steps, 205, GAP_NANOS_PER_READER * readers);
      obey(server, one);
      obey(server, other);
      add(
          Rounds.compare(
              "fanout: one message a frame" + with + ", per second of processor time",
              "deliveries/s",
              options.rounds(),
              1,
              () -> (double) steps * readers / (obey(server, one)[1] / 1e9),
              () -> (double) steps * readers / (obey(server, other)[1] / 1e9)));
      bare.reset();
      throughput(server, room, readers, with);
      latency(server, room, readers, with);
    }
  }

  // Higher and higher rates, until not everything arrives in time.
  private void throughput(Child server, FanOutClients room, int readers, String with)
      throws Exception {
    double best = 0;
    double bestPerCore = 0;
    for (double rate : RATES) {
      room.reset();
      double perSecond = rate / readers;
      long[] done =
          obey(
              server, "pace %d %s %d %s".formatted(ROOM, perSecond, TEXT_BYTES, options.seconds()));
      long wanted = done[0] * readers;
      settle(room, wanted);
      double seconds = done[2] / 1e9;
      boolean isWhole = room.entries() == wanted && done[3] == 0 && room.gaps() == 0;
      if (!isWhole) {
        break;
      }
      best = Math.max(best, wanted / seconds);
      bestPerCore = Math.max(bestPerCore, wanted / (done[1] / 1e9));
      if (seconds > options.seconds() * 1.2) {
        break;
      }
    }
    add(
        BenchLine.alone(
            "fanout: 64-byte messages" + with + ", lost 0, cores 1", best, "deliveries/s", 1));
    add(
        BenchLine.alone(
            "fanout: the same per second of processor time, lost 0",
            bestPerCore,
            "deliveries/s",
            1));
  }

  private void latency(Child server, FanOutClients room, int readers, String with)
      throws Exception {
    room.reset();
    room.wantLatency();
    double perSecond = LATENCY_DELIVERIES / readers;
    long[] done =
        obey(server, "pace %d %s %d %s".formatted(ROOM, perSecond, TEXT_BYTES, options.seconds()));
    settle(room, done[0] * readers);
    long lost = done[0] * readers - room.entries();
    for (double quantile : new double[] {0.5, 0.99}) {
      add(
          BenchLine.alone(
              "fanout: publish to receive%s, 20,000 deliveries/s, p%d, lost %d"
                  .formatted(with, Math.round(quantile * 100), lost),
              room.latency().quantileNanos(quantile) / 1e6,
              "ms",
              1));
    }
  }

  private static void settle(FanOutClients room, long wanted) throws InterruptedException {
    for (int waited = 0; room.entries() < wanted && waited < 5_000; waited += 10) {
      TimeUnit.MILLISECONDS.sleep(10);
    }
  }

  private void idle(Child server) throws Exception {
    HongbaoClient.at(server.address().toString())
        .withToken(server.operatorKey())
        .withHeader("Hongbao-Cause", "bench")
        .post("/v1/operator/rooms", Map.of("room_id", Long.toString(ROOM), "public", Boolean.TRUE));
    InetSocketAddress address = address(server);
    // What the first connections cost once for all.
    new FanOutClients(address, "/v1/rooms/ws", 200, ROOM, "").close();
    long before = rssBytes(server);
    try (FanOutClients idle = new FanOutClients(address, "/v1/rooms/ws", IDLE, ROOM, "")) {
      TimeUnit.SECONDS.sleep(2);
      double each = (double) (rssBytes(server) - before) / IDLE;
      add(
          BenchLine.alone(
              "fanout: server memory of one idle reader (JSON), lost " + (IDLE - idle.joined()),
              each,
              "bytes",
              cores.serverCount()));
      add(
          BenchLine.alone(
              "fanout: 1,000,000 idle readers (computed)", each * 1e6 / (1 << 30), "GiB", 1));
      long begin = System.nanoTime();
      try (FanOutClients more = new FanOutClients(address, "/v1/rooms/ws", JOINING, ROOM, "")) {
        double seconds = (System.nanoTime() - begin) / 1e9;
        add(
            BenchLine.alone(
                "fanout: joins while a room of 10,000 is served, lost " + (JOINING - more.joined()),
                more.joined() / seconds,
                "joins/s",
                cores.serverCount()));
      }
    }
  }

  private static long rssBytes(Child server) throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc", server.pid() + "", "status"))) {
      if (line.startsWith("VmRSS:")) {
        return 1024 * Long.parseLong(line.replaceAll("\\D", ""));
      }
    }
    return 0;
  }

  private static InetSocketAddress address(Child server) {
    return new InetSocketAddress(server.address().getHost(), server.address().getPort());
  }

  // Entries published, processor nanoseconds, nanoseconds, entries shed.
  private static long[] obey(Child server, String command) throws IOException {
    String[] words = server.ask(command).split(" ", -1);
    long[] numbers = new long[words.length - 1];
    for (int i = 1; i < words.length; i++) {
      numbers[i - 1] = Long.parseLong(words[i]);
    }
    return numbers;
  }
}
