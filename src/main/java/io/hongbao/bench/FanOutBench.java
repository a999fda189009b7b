// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Benchmarks".
package io.hongbao.bench;

import io.hongbao.bench.rooms.FanOutClients;
import io.hongbao.bench.rooms.FanOutServer;
import io.hongbao.bench.rooms.ReaderKind;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * One room that many read: what a delivery costs beside a bare loop, how many there are in a
 * second, how long one takes, what a reader can hold that does not read.
 *
 * <p>Costs are in processor time of the server's process, which is what a machine has; on a machine
 * with two cores wall time measures the readers too.
 */
final class FanOutBench {

  private static final long ROOM = 7;
  private static final int TEXT_BYTES = 64;
  private static final int[] READERS = {1_000, 5_000};

  /** Flushes of one measurement of cost, and of what comes before, for the compilers. */
  private static final int FLUSHES = 100_000;

  private static final int WARMUPS = 4;

  /** An entry of 64 bytes as the gateway's frame. */
  private static final int FRAME_BYTES = 205;

  /** The bare loop rests as long between two frames as the gateway does: twice a pass. */
  private static final long GAP_NANOS_PER_READER = 20_000;

  private static final long GAP_NANOS_MAX = 100_000_000;
  private static final double[] RATES = {500_000, 1_000_000, 2_000_000, 3_000_000, 4_000_000};
  private static final double LATENCY_DELIVERIES = 20_000;
  private static final int SETTLE_MS_MAX = 5_000;
  private static final int STALLED = 200;

  private final BenchOptions options;
  private final Cores cores;
  private final List<BenchLine> lines = new ArrayList<>();

  FanOutBench(BenchOptions options, Cores cores) {
    this.options = options;
    this.cores = cores;
  }

  List<BenchLine> run() throws Exception {
    if (options.wants("frame") || options.wants("throughput") || options.wants("latency")) {
      for (int readers : options.connections() == 0 ? READERS : new int[] {options.connections()}) {
        options.progress().accept(readers + " readers of one room");
        try (Child server = Child.helper(cores, List.of("bench", "rooms-server", "--loops", "1"))) {
          measure(server, readers);
        }
      }
    }
    if (options.wants("stalled")) {
      options.progress().accept("readers that never read");
      try (Child server = Child.helper(cores, List.of("bench", "rooms-server", "--loops", "1"))) {
        stalled(server);
      }
    }
    return lines;
  }

  // At once, for a person who waits.
  private void add(BenchLine line, long lost) {
    BenchLine whole = line.of(lost, 1);
    options.progress().accept(whole.toText());
    lines.add(whole);
  }

  private void measure(Child server, int readers) throws Exception {
    InetSocketAddress address = address(server);
    try (FanOutClients room = new FanOutClients(ReaderKind.ROOM, true);
        FanOutClients bare = new FanOutClients(ReaderKind.BARE, true)) {
      room.open(address, "127.0.0.1", ROOM, readers);
      bare.open(address, "127.0.0.1", ROOM, readers);
      if (options.wants("frame")) {
        frame(server, room, readers);
      }
      if (options.wants("throughput")) {
        throughput(server, room, readers);
      }
      if (options.wants("latency")) {
        latency(server, room, bare, readers);
      }
    }
  }

  private void frame(Child server, FanOutClients room, int readers) throws Exception {
    int steps = FLUSHES / readers;
    String one = "step %d %d %d".formatted(ROOM, steps, TEXT_BYTES);
    String other = bare(steps, FRAME_BYTES, readers);
    for (int i = 0; i < WARMUPS; i++) {
      obey(server, one);
      obey(server, other);
    }
    room.reset();
    BenchLine line =
        Rounds.compare(
            "rooms: one message a frame, " + readers + " readers, per second of the loop's time",
            "deliveries/s",
            options.rounds(),
            1,
            () -> (double) steps * readers / (obey(server, one)[4] / 1e9),
            () -> (double) steps * readers / (obey(server, other)[4] / 1e9));
    long wanted = (long) options.rounds() * steps * readers;
    settle(room, wanted);
    add(line, wanted - room.entries());
  }

  private static String bare(int count, int bytes, int readers) {
    long gapNanos = Math.min(GAP_NANOS_MAX, GAP_NANOS_PER_READER * readers);
    return "bare %d %d %d".formatted(count, bytes, gapNanos);
  }

  /** What was delivered at one rate. */
  private record Delivered(double perSecond, double perCore, long bytesPerFrame, double perFrame) {
    static final Delivered NOTHING = new Delivered(0, 0, FRAME_BYTES, 1);
  }

  // Higher and higher rates, until not everything arrives in time. On a machine that others use one
  // rate may meet a bad moment, so it gets a second chance.
  private void throughput(Child server, FanOutClients room, int readers) throws Exception {
    double best = 0;
    Delivered cheapest = Delivered.NOTHING;
    int missed = 0;
    // For the compilers.
    deliver(server, room, readers, RATES[0]);
    for (int i = 0; i < RATES.length && missed < 2; ) {
      Delivered now = deliver(server, room, readers, RATES[i]);
      best = Math.max(best, now.perSecond());
      cheapest = now.perCore() > cheapest.perCore() ? now : cheapest;
      if (now.perSecond() > RATES[i] / 1.2) {
        i++;
        missed = 0;
      } else {
        missed++;
      }
    }
    String with = ", " + readers + " readers";
    add(BenchLine.alone("rooms: 64-byte messages" + with, best, "deliveries/s", 1), 0);
    // The bare loop with frames as long, which would hold as many messages.
    int steps = Math.max(5, FLUSHES / readers);
    long[] done = obey(server, bare(steps, (int) cheapest.bytesPerFrame(), readers));
    add(
        BenchLine.beside(
            "rooms: the same per second of processor time",
            cheapest.perCore(),
            "deliveries/s",
            steps * readers * cheapest.perFrame() / (done[1] / 1e9),
            1),
        0);
  }

  // Counts only when nothing was left out.
  private Delivered deliver(Child server, FanOutClients room, int readers, double rate)
      throws Exception {
    room.reset();
    long[] done =
        obey(
            server,
            "pace %d %s %d %s".formatted(ROOM, rate / readers, TEXT_BYTES, options.seconds()));
    long wanted = done[0] * readers;
    settle(room, wanted);
    boolean isWhole = room.entries() == wanted && done[3] == 0 && room.gaps() == 0;
    double perSecond = wanted / (done[2] / 1e9);
    double perCore = wanted / (done[1] / 1e9);
    options
        .progress()
        .accept(
            String.format(
                Locale.ROOT,
                "%,.0f/s asked: %,.0f/s, %,.0f per second of processor time, %s",
                rate,
                perSecond,
                perCore,
                isWhole ? "nothing lost" : "left out " + done[3] + ", gaps " + room.gaps()));
    long frames = Math.max(1, room.frames());
    return isWhole
        ? new Delivered(perSecond, perCore, room.bytes() / frames, (double) wanted / frames)
        : Delivered.NOTHING;
  }

  private void latency(Child server, FanOutClients room, FanOutClients bare, int readers)
      throws Exception {
    double perSecond = LATENCY_DELIVERIES / readers;
    long[][] done = new long[2][];
    FanOutClients[] clients = {room, bare};
    String[] commands = {"pace " + ROOM, "bare-pace"};
    for (int i = 0; i < 2; i++) {
      clients[i].reset();
      clients[i].wantLatency();
      done[i] =
          obey(
              server,
              "%s %s %d %s".formatted(commands[i], perSecond, TEXT_BYTES, 2 * options.seconds()));
      settle(clients[i], done[i][0] * readers);
    }
    long lost = done[0][0] * readers - room.entries();
    for (double quantile : new double[] {0.5, 0.99}) {
      add(
          BenchLine.beside(
              "rooms: publish to receive, %d readers, 20,000 deliveries/s, p%d"
                  .formatted(readers, Math.round(quantile * 100)),
              room.latency().quantileNanos(quantile) / 1e6,
              "ms",
              bare.latency().quantileNanos(quantile) / 1e6,
              1),
          lost);
    }
  }

  // Beside one reader that has everything, while a room is loud enough to fill all outboxes.
  private void stalled(Child server) throws Exception {
    InetSocketAddress address = address(server);
    int count = options.connections() == 0 ? STALLED : options.connections();
    try (FanOutClients good = new FanOutClients(ReaderKind.ROOM, true);
        FanOutClients dead = new FanOutClients(ReaderKind.ROOM, false)) {
      good.open(address, "127.0.0.1", ROOM, 1);
      dead.open(address, "127.0.0.1", ROOM, count);
      while (obey(server, "watching " + ROOM)[0] < count + 1) {
        TimeUnit.MILLISECONDS.sleep(10);
      }
      long before = obey(server, "held")[1];
      good.reset();
      long published = 0;
      long most = 0;
      long all = 0;
      for (int i = 0; i < options.rounds(); i++) {
        published += obey(server, "flood %d 5000 256 %s".formatted(ROOM, options.seconds() / 5))[0];
        long[] held = obey(server, "held");
        most = Math.max(most, held[0] + held[3]);
        all = Math.max(all, held[1] - before);
      }
      settle(good, published);
      long lost = published - good.entries();
      add(
          BenchLine.beside(
              "rooms: held for one of %d readers that never read, beside its bound"
                  .formatted(count),
              (double) most,
              "bytes",
              FanOutServer.OUTBOX_BYTES,
              1),
          lost);
      add(
          BenchLine.beside(
              "rooms: buffers of the server for each of them, the ring included",
              (double) all / count,
              "bytes",
              FanOutServer.OUTBOX_BYTES,
              1),
          lost);
    }
  }

  private static void settle(FanOutClients room, long wanted) throws InterruptedException {
    for (int waited = 0; room.entries() < wanted && waited < SETTLE_MS_MAX; waited += 10) {
      TimeUnit.MILLISECONDS.sleep(10);
    }
  }

  static InetSocketAddress address(Child server) {
    return new InetSocketAddress(server.address().getHost(), server.address().getPort());
  }

  // Entries published, processor nanoseconds, nanoseconds, entries shed, nanoseconds of the loops.
  static long[] obey(Child server, String command) throws IOException {
    String[] words = server.ask(command).split(" ", -1);
    long[] numbers = new long[words.length - 1];
    for (int i = 1; i < words.length; i++) {
      numbers[i - 1] = Long.parseLong(words[i]);
    }
    return numbers;
  }
}
