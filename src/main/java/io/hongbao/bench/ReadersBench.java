// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Benchmarks".
package io.hongbao.bench;

import io.hongbao.bench.rooms.FanOutClients;
import io.hongbao.bench.rooms.ReaderKind;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What readers of the real server cost: to come, while a room is served, and to be there.
 *
 * <p>The baseline is a Netty channel that was upgraded by the smallest answer and has no handler
 * left.
 */
final class ReadersBench {

  private static final int IDLE = 8_000;
  private static final int SERVED = 10_000;
  private static final int JOINING = 5_000;
  private static final int WARMUP = 1_000;
  private static final double TALKS_PER_S = 5;

  private final BenchOptions options;
  private final Cores cores;
  private final List<BenchLine> lines = new ArrayList<>();
  private int sources;

  ReadersBench(BenchOptions options, Cores cores) {
    this.options = options;
    this.cores = cores;
  }

  List<BenchLine> run() throws Exception {
    if (options.wants("joins")) {
      joins();
    }
    if (options.wants("memory")) {
      memory();
    }
    return lines;
  }

  private void add(BenchLine line, long lost) {
    BenchLine whole = line.of(lost, cores.serverCount());
    options.progress().accept(whole.toText());
    lines.add(whole);
  }

  private int count(int usual) {
    return options.connections() == 0 ? usual : options.connections();
  }

  // Each crowd has its own address, other ones in each run: the kernel looks long for a free port
  // among those of connections that have only just ended.
  private String source() {
    long run = ProcessHandle.current().pid();
    return "127.%d.%d.%d".formatted(64 + (run >> 8 & 63), run & 255, 1 + sources++);
  }

  private void joins() throws Exception {
    int served = count(SERVED);
    int joining = Math.min(served, JOINING);
    options.progress().accept(joining + " readers who come while " + served + " are served");
    double bare;
    try (Child server = Child.helper(cores, List.of("bench", "rooms-server", "--loops", "1"));
        FanOutClients first = new FanOutClients(ReaderKind.BARE, true);
        FanOutClients clients = new FanOutClients(ReaderKind.BARE, true)) {
      InetSocketAddress address = FanOutBench.address(server);
      first.open(address, source(), 0, joining);
      bare = joining / seconds(() -> clients.open(address, source(), 0, joining));
    }
    try (RoomServer server =
            RoomServer.start(options.directory().resolve("joins"), cores, List.of());
        FanOutClients there = new FanOutClients(ReaderKind.JSON, true);
        FanOutClients coming = new FanOutClients(ReaderKind.JSON, true)) {
      there.open(server.address(), source(), RoomServer.ROOM, served);
      server.talk(TALKS_PER_S);
      TimeUnit.SECONDS.sleep(1);
      long heard = there.entries();
      double seconds =
          seconds(() -> coming.open(server.address(), source(), RoomServer.ROOM, joining));
      options
          .progress()
          .accept("the room had " + (there.entries() - heard) + " deliveries meanwhile");
      add(
          BenchLine.beside(
              "rooms: joins while a room of %d is served, %s talks a second"
                  .formatted(served, TALKS_PER_S),
              coming.joined() / seconds,
              "joins/s",
              bare,
              cores.serverCount()),
          served + joining - there.joined() - coming.joined() + there.gaps() + coming.gaps());
    }
  }

  private interface Work {
    void run() throws Exception;
  }

  private static double seconds(Work work) throws Exception {
    long begin = System.nanoTime();
    work.run();
    return (System.nanoTime() - begin) / 1e9;
  }

  private void memory() throws Exception {
    int idle = count(IDLE);
    options.progress().accept("memory of " + idle + " idle readers of each kind");
    double bare;
    try (Child server = Child.helper(cores, List.of("bench", "rooms-server", "--loops", "1"));
        FanOutClients warm = new FanOutClients(ReaderKind.BARE, true);
        FanOutClients clients = new FanOutClients(ReaderKind.BARE, true)) {
      InetSocketAddress address = FanOutBench.address(server);
      warm.open(address, source(), 0, Math.min(idle, WARMUP));
      long before = server.settledBytes();
      clients.open(address, source(), 0, idle);
      bare = (double) (server.settledBytes() - before) / idle;
    }
    try (RoomServer server =
        RoomServer.start(options.directory().resolve("memory"), cores, List.of())) {
      // What the first connections cost once for all.
      for (ReaderKind kind : List.of(ReaderKind.JSON, ReaderKind.BINARY)) {
        try (FanOutClients warm = new FanOutClients(kind, true)) {
          warm.open(server.address(), source(), RoomServer.ROOM, Math.min(idle, WARMUP));
        }
      }
      try (FanOutClients json = new FanOutClients(ReaderKind.JSON, true);
          FanOutClients binary = new FanOutClients(ReaderKind.BINARY, true)) {
        memory(server, json, "JSON", idle, bare);
        memory(server, binary, "binary", idle, bare);
      }
    }
  }

  private void memory(RoomServer server, FanOutClients clients, String name, int idle, double bare)
      throws Exception {
    long before = server.settledBytes();
    clients.open(server.address(), source(), RoomServer.ROOM, idle);
    double each = (double) (server.settledBytes() - before) / Math.max(1, clients.joined());
    long lost = idle - clients.joined() + clients.closed();
    add(
        BenchLine.beside(
            "rooms: server memory of one idle reader, " + name,
            each,
            "bytes",
            bare,
            cores.serverCount()),
        lost);
    add(
        BenchLine.alone(
            "rooms: 1,000,000 idle readers, " + name + " (computed)",
            each * 1e6 / (1 << 30),
            "GiB",
            cores.serverCount()),
        lost);
  }
}
