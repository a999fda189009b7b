// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Degradation".
package io.hongbao.app;

import io.hongbao.config.Configuration;
import io.hongbao.disk.Disk;
import io.hongbao.engine.Alive;
import io.hongbao.http.LadderDoor;
import io.hongbao.ladder.Ladder;
import io.hongbao.ladder.LoadWatch;
import io.hongbao.ladder.OperatorWord;
import io.hongbao.ladder.Pressure;
import io.hongbao.ladder.Rung;
import io.hongbao.ladder.WordFile;
import io.hongbao.model.Check;
import io.hongbao.observe.ServiceMetrics;
import io.hongbao.probe.ProbeListener;
import io.hongbao.probe.Prober;
import io.hongbao.probe.ProberThread;
import io.hongbao.shard.LaneSet;
import io.hongbao.time.TimeSource;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What the server does by itself for those who run it: the ladder, and the prober.
 *
 * <p><b>Thread:</b> the starter's; prober and watch have one of their own each.
 */
final class OperationsRuntime implements LadderDoor, AutoCloseable {

  private static final Logger LOG = System.getLogger(OperationsRuntime.class.getName());

  private final Vertx vertx;
  private final EngineRuntime engine;
  private final Path directory;
  private final WordFile file;
  private final Ladder ladder = new Ladder();
  private final LoadWatch watch = new LoadWatch();
  private final LoadSignals signals;
  private final Prober prober;
  private final Tell tell = new Tell();
  private final ProberThread proberThread;
  private final ProberThread watchThread;
  private final boolean degradesByLoad;
  private volatile List<Pressure> pressures = List.of();
  private int level;

  /** Passes on to the metrics, which come later than the prober. */
  private static final class Tell implements ProbeListener {

    private volatile ProbeListener to =
        new ProbeListener() {
          @Override
          public void verdict(boolean isGood) {}

          @Override
          public void answered(boolean isWrite, long nanos) {}
        };

    @Override
    public void verdict(boolean isGood) {
      to.verdict(isGood);
    }

    @Override
    public void answered(boolean isWrite, long nanos) {
      to.answered(isWrite, nanos);
    }
  }

  private OperationsRuntime(
      Vertx vertx, Configuration configuration, EngineRuntime engine, Disk disk, TimeSource time)
      throws IOException {
    var settings = configuration.operations();
    this.vertx = vertx;
    this.engine = engine;
    this.directory = configuration.data().directory();
    this.file = new WordFile(disk);
    this.degradesByLoad = settings.degradesByLoad();
    this.prober =
        new Prober(
            configuration.engine().partitions(),
            settings.probeWriteEveryMs(),
            (partition, isWrite, heard) -> ask(engine.lanes(), partition, isWrite, heard),
            time,
            tell);
    this.signals = new LoadSignals(configuration, engine, prober::slowestNanos);
    this.proberThread =
        new ProberThread("hongbao-prober", settings.probeEveryMs(), prober::round, time);
    this.watchThread = new ProberThread("hongbao-watch", LoadWatch.LOOK_MS, this::look, time);
    OperatorWord word = file.read();
    ladder.say(word);
    if (!word.modes().isEmpty()) {
      LOG.log(Level.WARNING, "an operator has switched {0}: {1}", word.modes(), word.cause());
    }
  }

  /** Reads what operators said before; nothing is probed yet. */
  static OperationsRuntime open(
      Vertx vertx, Configuration configuration, EngineRuntime engine, Disk disk, TimeSource time)
      throws IOException {
    return new OperationsRuntime(vertx, configuration, engine, disk, time);
  }

  void start() {
    proberThread.start();
    watchThread.start();
  }

  private static void ask(LaneSet lanes, int partition, boolean isWrite, Prober.Heard heard) {
    boolean isTaken =
        lanes.run(
            partition,
            core -> {
              boolean hasRoom = !isWrite || core.markStateHash() > 0;
              core.probe(
                  (answer, position, repeated) ->
                      heard.answered(hasRoom && answer == Alive.ANSWER));
            });
    if (!isTaken) {
      heard.answered(false);
    }
  }

  private void look() {
    List<Pressure> now = signals.read();
    pressures = now;
    double worst = 0;
    String signal = "";
    for (Pressure one : now) {
      if (one.share() > worst) {
        worst = one.share();
        signal = one.signal().wireName();
      }
    }
    int wanted = degradesByLoad ? watch.look(worst) : 0;
    if (wanted != level) {
      LOG.log(
          Level.WARNING,
          "{0} {1} by load ({2} at {3} % of its limit)",
          Rung.all().get(Math.max(wanted, level) - 1).wireName(),
          wanted > level ? "is refused" : "is served again",
          signal,
          Math.round(100 * worst));
      level = wanted;
      ladder.load(wanted);
    }
  }

  void bind(ServiceMetrics metrics) {
    metrics.bind(ladder, this::pressures);
    tell.to = metrics.bind(prober);
    metrics.bind(
        Check.present(engine.keeper(), "snapshots"),
        Check.present(engine.snapshots(), "snapshots"),
        engine.journal());
    metrics.bindDisk(() -> bytes(FileStore::getUsableSpace), () -> bytes(FileStore::getTotalSpace));
  }

  private interface StoreBytes {
    long of(FileStore store) throws IOException;
  }

  // Asked by whoever scrapes; a volume that does not answer is the journal's trouble first.
  private long bytes(StoreBytes what) {
    try {
      return what.of(Files.getFileStore(directory));
    } catch (IOException unknown) {
      return 0;
    }
  }

  /** Adds to what {@code /health} shows. */
  void describe(JsonObject parts) {
    List<Prober.Failing> failing = prober.failing();
    JsonArray partitions = new JsonArray();
    failing.forEach(one -> partitions.add(one.partition()));
    JsonObject shown = new JsonObject().put("state", failing.isEmpty() ? "answering" : "failing");
    if (!failing.isEmpty()) {
      shown.put("partitions", partitions);
      shown.put("rounds", failing.stream().mapToLong(Prober.Failing::rounds).max().orElse(0));
    }
    parts.put("prober", shown);
    JsonArray refused = new JsonArray();
    Rung.all().stream().filter(ladder::isRefused).forEach(rung -> refused.add(rung.wireName()));
    if (!refused.isEmpty()) {
      parts.put("refused", refused);
    }
  }

  @Override
  public Ladder ladder() {
    return ladder;
  }

  @Override
  public Future<Void> say(OperatorWord word) {
    return vertx
        .executeBlocking(
            () -> {
              file.write(word);
              ladder.say(word);
              LOG.log(Level.WARNING, "an operator says {0}: {1}", word.modes(), word.cause());
              return word;
            })
        .mapEmpty();
  }

  @Override
  public List<Pressure> pressures() {
    return pressures;
  }

  @Override
  public void close() {
    proberThread.close();
    watchThread.close();
  }
}
