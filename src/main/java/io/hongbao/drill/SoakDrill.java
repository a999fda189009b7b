// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Crash and soak".
package io.hongbao.drill;

import io.hongbao.drill.Footprint.Progress;
import io.hongbao.drill.SteadyLoad.Stretch;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The real server at half of the rate that it and its read model can sustain, while days go by on
 * its clock: nothing may grow, and the last answers must be as quick as the first.
 *
 * <p>The sandbox's clock advances so far that packets, keys and transfers become old and leave
 * memory within a sixth of the run; from then on a server that forgets nothing would grow.
 */
public final class SoakDrill {

  private static final int USERS = 1_000;
  private static final long FUND_MINOR = 100_000_000;
  private static final int TOKEN_DAYS = 30;

  /** Age at which memory is left, and how often it goes by: six times, one of them to warm up. */
  private static final long EVICT_MS = Duration.ofHours(25).toMillis();

  private static final int AGES = 6;
  private static final int PARTS = 4;

  private static final double RATE_FIRST = 200;
  private static final double RATE_STEP = 1.5;
  private static final double RATE_KEPT = 0.95;
  private static final long RAMP_P99_NS_MAX = TimeUnit.MILLISECONDS.toNanos(100);

  private static final double P99_RATIO_MAX = 1.5;

  /** Less than this between two parts is the machine's scheduler, not the server. */
  private static final long P99_NOISE_NS = TimeUnit.MILLISECONDS.toNanos(5);

  /** A request is handed on by so many threads: ours, a loop, the journal, a loop, ours. */
  private static final int HANDS = 5;

  /** A machine that is busy with others gets another last part; what grows stays grown. */
  private static final int LAST_PARTS_MAX = 3;

  private static final double HEAP_RATIO_MAX = 1.1;
  private static final long HEAP_NOISE_BYTES = 8 << 20;
  private static final int SETTLE_TRIES = 10;
  private static final long ASKED_AGAIN_MS = 120_000;
  private static final int COUNT_NOISE = 4;
  private static final double NANOS_PER_MS = 1e6;
  private static final double BYTES_PER_MIB = 1 << 20;

  private static final List<String> SETTINGS =
      List.of(
          "--sandbox",
          "--degradation.auto=false",
          "--http.rate_limits=read:off,write:off,list:off,key:off,address:off,failure:off",
          "--evict.after=25h",
          "--idempotency.window=1h",
          "--journal.segment_bytes=4MiB",
          "--snapshot.every_bytes=4MiB",
          "--snapshot.every=2s");

  private final DrillServer server;
  private final double seconds;
  private final long seed;
  private final PrintStream out;
  private final List<String> complaints = new ArrayList<>();
  private int refused;

  private SoakDrill(DrillServer server, double seconds, long seed, PrintStream out) {
    this.server = server;
    this.seconds = seconds;
    this.seed = seed;
    this.out = out;
  }

  /**
   * Plays on a server of its own.
   *
   * @param java how the product is started
   * @param workingDirectory where the directory {@code data} of the drill is made
   * @return whether nothing grew
   */
  public static boolean play(
      double seconds, long seed, List<String> java, Path workingDirectory, PrintStream out)
      throws Exception {
    Path ground = Ground.make(workingDirectory, "soak");
    DrillServer.Launch launch =
        new DrillServer.Launch(ground.resolve("data"), List.of(), java, SETTINGS, Map.of());
    boolean isRight;
    try (DrillServer server = new DrillServer(launch)) {
      isRight = new SoakDrill(server, seconds, seed, out).run();
    }
    if (isRight) {
      Ground.remove(ground);
    } else {
      out.println("the directory is kept: " + ground);
    }
    return isRight;
  }

  private boolean run() throws Exception {
    out.printf("soak: seed %d, %.0f s%n", seed, seconds);
    server.start();
    Notebook people = Ground.people(server, USERS, FUND_MINOR, Duration.ofDays(TOKEN_DAYS));
    SteadyLoad load = new SteadyLoad(people, server::port, server.operatorKey(), seed);
    double sustained = keptUpWith(load, ramp(load));
    double rate = sustained / 2;
    out.printf("sustainable %.0f/s; soaking at %.0f/s%n", sustained, rate);
    Stretch warm = part(load, rate, 0);
    Footprint first = Footprint.of(server);
    out.printf("warm-up: p99 %.2f ms; %s%n", warm.p99Ns() / NANOS_PER_MS, first);
    Stretch firstPart = warm;
    Stretch last = warm;
    for (int part = 1; part <= PARTS; part++) {
      last = part(load, rate, part);
      Footprint now = Footprint.of(server);
      out.printf(
          "part %d: p99 %.2f ms (woken %.2f ms late), %.0f/s; %s%n",
          part,
          last.p99Ns() / NANOS_PER_MS,
          last.lateNs() / NANOS_PER_MS,
          last.answeredPerS(),
          now);
      if (part == 1) {
        first = now;
        firstPart = last;
      }
    }
    for (int again = 2; again <= LAST_PARTS_MAX && isSlower(firstPart, last); again++) {
      last = part(load, rate, PARTS + again);
      out.printf("the last part again: p99 %.2f ms%n", last.p99Ns() / NANOS_PER_MS);
    }
    if (isSlower(firstPart, last)) {
      complaints.add("the last part was slower than the first by more than half");
    }
    Footprint end = settled(first);
    compare(first, end);
    finish();
    complaints.forEach(line -> out.println("  " + line));
    out.println(lastLine(sustained, firstPart, last, first, end));
    return complaints.isEmpty();
  }

  private String lastLine(
      double sustained, Stretch firstPart, Stretch last, Footprint first, Footprint end) {
    return String.format(
        Locale.ROOT,
        "soak %s rate=%.0f sustainable=%.0f p99_first_ms=%.2f p99_last_ms=%.2f"
            + " heap_mib=%.1f->%.1f threads=%d->%d descriptors=%d->%d segments=%d->%d"
            + " refused=%d seed=%d seconds=%.0f",
        complaints.isEmpty() ? "ok" : "FAILED",
        sustained / 2,
        sustained,
        firstPart.p99Ns() / NANOS_PER_MS,
        last.p99Ns() / NANOS_PER_MS,
        first.heapBytes() / BYTES_PER_MIB,
        end.heapBytes() / BYTES_PER_MIB,
        first.threads(),
        end.threads(),
        first.descriptors(),
        end.descriptors(),
        first.segments(),
        end.segments(),
        refused,
        seed,
        seconds);
  }

  // Each step is longer by half, until the server does not keep up or lets people wait.
  private double ramp(SteadyLoad load) throws Exception {
    double stepS = Math.clamp(seconds / 30, 0.7, 3);
    double sustained = RATE_FIRST / 2;
    // The compiler's time; what comes out is thrown away.
    load.run(RATE_FIRST, stepS, seed);
    for (double rate = RATE_FIRST; ; rate *= RATE_STEP) {
      Stretch step = load.run(rate, stepS, seed);
      boolean isKept =
          step.answeredPerS() >= rate * RATE_KEPT * stepS / (stepS + 0.1)
              && step.p99Ns() < RAMP_P99_NS_MAX
              && step.lost() == 0;
      if (!isKept) {
        return sustained;
      }
      sustained = rate;
    }
  }

  // The read model works when nobody else does, and falls behind first. A rate that it does not
  // keep up with goes well only until the disk is full of what it has not read. The ramp has left
  // it behind, so that it does here what it can.
  private double keptUpWith(SteadyLoad load, double answered) throws Exception {
    double rate = answered / 2;
    Progress before = Footprint.progress(server);
    load.run(rate, Math.clamp(seconds / 30, 1, 20), seed);
    Progress after = Footprint.progress(server);
    long appended = after.appended() - before.appended();
    long exported = after.exported() - before.exported();
    out.printf("at %.0f/s: %d records, %d into the read model%n", rate, appended, exported);
    boolean isUpToDate = after.exported() == after.appended();
    double kept = rate * exported / Math.max(1, appended);
    return isUpToDate ? answered : Math.min(answered, Math.max(RATE_FIRST, kept));
  }

  private Stretch part(SteadyLoad load, double rate, int number) throws Exception {
    double partS = seconds / (PARTS + 1);
    long slices = Math.max(1, Math.round(partS));
    Thread clock =
        Thread.ofVirtual().start(() -> advance(partS, AGES * EVICT_MS / (PARTS + 1), slices));
    Stretch stretch = load.run(rate, partS, seed + number);
    clock.join();
    load.settle();
    refused += stretch.refused();
    if (stretch.lost() > 0) {
      complaints.add(stretch.lost() + " connections were lost in part " + number);
    }
    return stretch;
  }

  // Time goes by in small steps beside the load.
  private void advance(double partS, long byMs, long slices) {
    try (Wire wire = new Wire(server::port)) {
      for (int i = 0; i < slices; i++) {
        TimeUnit.MILLISECONDS.sleep((long) (partS * 1_000 / (slices + 1)));
        Answer answer =
            wire.post(
                "/v1/sandbox/clock/advance",
                server.operatorKey(),
                new JsonObject().put("by_ms", byMs / slices));
        if (!answer.isOk()) {
          complaints.add("the clock does not advance: " + answer);
        }
      }
    } catch (IOException lost) {
      complaints.add("the clock does not advance: " + lost);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static boolean isSlower(Stretch first, Stretch last) {
    long noiseNs = Math.max(P99_NOISE_NS, HANDS * Math.max(first.lateNs(), last.lateNs()));
    return last.p99Ns() > P99_RATIO_MAX * first.p99Ns() && last.p99Ns() - first.p99Ns() > noiseNs;
  }

  // What runs in the background gets some seconds to end. What the read model did not have yet when
  // its time came, on a busy machine, leaves memory when it is asked about again: after a minute.
  private Footprint settled(Footprint first) throws Exception {
    Footprint now = Footprint.of(server);
    for (int i = 0; i < SETTLE_TRIES && !isSettled(first, now); i++) {
      TimeUnit.SECONDS.sleep(1);
      if (now.heapBytes() > heapMax(first)) {
        advance(0, ASKED_AGAIN_MS, 1);
      }
      now = Footprint.of(server);
    }
    return now;
  }

  private static boolean isSettled(Footprint first, Footprint now) {
    return now.waiting() == 0
        && now.segments() <= first.segments()
        && now.heapBytes() <= heapMax(first);
  }

  private static long heapMax(Footprint first) {
    return Math.max(
        (long) (first.heapBytes() * HEAP_RATIO_MAX), first.heapBytes() + HEAP_NOISE_BYTES);
  }

  private void compare(Footprint first, Footprint end) {
    grows("heap", end.heapBytes(), heapMax(first));
    long directMax =
        Math.max(
            (long) (first.directBytes() * HEAP_RATIO_MAX), first.directBytes() + HEAP_NOISE_BYTES);
    grows("direct memory", end.directBytes(), directMax);
    grows("threads", end.threads(), first.threads() + COUNT_NOISE);
    grows("descriptors", end.descriptors(), first.descriptors() + COUNT_NOISE);
    grows("waiting", end.waiting(), 0);
    grows("segments", end.segments(), first.segments() + COUNT_NOISE);
  }

  private void grows(String what, long is, long max) {
    if (is > max) {
      complaints.add("%s: %d, more than %d".formatted(what, is, max));
    }
  }

  private void finish() throws Exception {
    try (Wire wire = new Wire(server::port)) {
      Answer answer = wire.get("/v1/operator/trial-balance", server.operatorKey());
      if (!answer.body().getBoolean("balanced", false)) {
        complaints.add("the books do not balance: " + answer);
      }
    }
    int code = server.stop();
    if (code != 0) {
      complaints.add("the server stopped with exit code " + code);
    }
  }
}
