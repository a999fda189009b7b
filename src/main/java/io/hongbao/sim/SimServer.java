// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The simulator".
package io.hongbao.sim;

import io.hongbao.disk.Disk;
import io.hongbao.engine.Command;
import io.hongbao.engine.Effect;
import io.hongbao.engine.EngineShape;
import io.hongbao.engine.Family;
import io.hongbao.engine.PartitionCore;
import io.hongbao.engine.PartitionSettings;
import io.hongbao.engine.PartitionState;
import io.hongbao.engine.ReplyPort;
import io.hongbao.engine.journal.JournalListener;
import io.hongbao.engine.journal.JournalSettings;
import io.hongbao.engine.journal.LocalJournal;
import io.hongbao.engine.snapshot.Recovery;
import io.hongbao.engine.snapshot.SnapshotBuilder;
import io.hongbao.engine.snapshot.SnapshotStore;
import io.hongbao.export.ExportLimits;
import io.hongbao.export.ExportLoop;
import io.hongbao.export.RecordSource;
import io.hongbao.ledger.Ledger;
import io.hongbao.shard.Lane;
import io.hongbao.shard.LaneSet;
import io.hongbao.time.SeededRandomness;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * One life of the server, from recovery to whatever ends it: real lanes, partitions, journal,
 * snapshots and export loop, run step by step.
 */
final class SimServer implements JournalListener, Auditor.Server {

  static final UUID DIRECTORY_ID = new UUID(0x5EED, 1);

  private final SimOptions options;
  private final SimClock clock;
  private final SimFamilies facts = new SimFamilies();
  private final EngineShape shape;
  private final LocalJournal journal;
  private final SnapshotBuilder builder;
  private final PartitionState[] states;
  private final LaneSet lanes;
  private final List<ArrayDeque<Runnable>> loops = new ArrayList<>();
  private final ExportLoop exports;
  private final long[] passed;
  private @Nullable Throwable failure;

  /** What a life is given. */
  record Parts(
      SimOptions options,
      Disk disk,
      SimClock clock,
      SimNetwork network,
      Auditor auditor,
      MemoryReadModel readModel,
      Effect.Sink effects,
      long life) {}

  /** Recovers what the disk holds; an exception means that the process did not come up. */
  SimServer(Parts parts) throws IOException {
    this.options = parts.options();
    this.clock = parts.clock();
    this.shape = new EngineShape(1, options.partitions());
    JournalSettings settings =
        JournalSettings.standard(DIRECTORY_ID, options.partitions(), options.lanes())
            .withSegmentBytes(options.segmentPages() * 4096, 10 * 4096)
            .withLaneBytesMax(256 * 1024);
    this.journal = LocalJournal.open(parts.disk(), settings, parts.clock()::nanos, this);
    SnapshotStore store = new SnapshotStore(parts.disk());
    this.builder =
        new SnapshotBuilder(
            store,
            journal,
            partition ->
                PartitionState.empty(shape, partition, false, SimFamilies.offline(options)));
    List<Family.Factory> live =
        facts.all(
            options,
            factory ->
                made -> new WatchedFamily(factory.create(made), made.partition(), parts.auditor()));
    Recovery.Recovered recovered =
        new Recovery(store, journal, journal.firstLogPosition())
            .recover(
                options.partitions(),
                partition -> PartitionState.empty(shape, partition, true, live));
    this.states = recovered.states();
    for (PartitionState state : states) {
      state.families().forEach(Family::activated);
    }
    this.passed = recovered.snapshotLogPositions().clone();
    this.lanes = lanes(parts);
    this.exports =
        new ExportLoop(
            RecordSource.of(journal, options.partitions(), journal::firstLogPosition),
            parts.readModel(),
            ExportLimits.DEFAULT.withBatchRows(50),
            parts.clock());
    facts.serves(this);
  }

  private LaneSet lanes(Parts parts) {
    for (int i = 0; i < options.lanes(); i++) {
      loops.add(new ArrayDeque<>());
    }
    LaneSet made =
        new LaneSet(
            loops.stream().map(loop -> (Executor) loop::add).toList(),
            options.partitions(),
            options.isTight() ? 4 : 64,
            journal,
            parts.clock());
    for (int partition = 0; partition < options.partitions(); partition++) {
      Lane lane = made.lane(partition % options.lanes());
      lane.add(
          new PartitionCore(
              states[partition],
              settings(),
              new PartitionCore.Surroundings(
                  parts.clock(),
                  new SeededRandomness(options.seed() * 1_000_003 + parts.life() * 64 + partition),
                  new WatchedAppender(
                      lane.appender(),
                      states[partition],
                      parts.auditor().book(partition),
                      parts.auditor().lines()),
                  parts.network().before(lane),
                  parts.effects(),
                  this::onFailure)));
    }
    return made;
  }

  private PartitionSettings settings() {
    PartitionSettings usual = PartitionSettings.defaults();
    return (options.isTight()
            ? new PartitionSettings(
                40,
                12,
                12,
                4,
                3,
                usual.idempotencyWindowMs(),
                usual.resendMs(),
                usual.acknowledgeDelayMs())
            : usual)
        .withKeysMax(options.keysMax());
  }

  @Override
  public void onDurable(int lane) {
    lanes.lane(lane).wake();
  }

  @Override
  public void onFailure(Throwable cause) {
    if (failure == null) {
      failure = cause;
    }
  }

  /** What ends this process, or null. */
  @Nullable Throwable failure() {
    return failure;
  }

  @Override
  public long sequence(int partition) {
    return states[partition].sequence();
  }

  @Override
  public long durableSequence(int partition) {
    return journal.durableSequence(partition);
  }

  @Override
  public boolean isExported(int partition, long position) {
    return exports.progress().isExported(partition, position);
  }

  @Override
  public SimFamilies doors() {
    return facts;
  }

  @Override
  public long nowMs() {
    return clock.nowMs();
  }

  @Override
  public Ledger ledger(int partition) {
    return states[partition].parts().ledger();
  }

  PartitionState state(int partition) {
    return states[partition];
  }

  LocalJournal journal() {
    return journal;
  }

  /** Hands a command in on some lane, as a connection there would. */
  void submit(int lane, int partition, Command command, ReplyPort port) {
    lanes.lane(lane).submit(partition, command, port);
  }

  /** Lets one loop run what is on its queue. */
  void runLoop(int lane) {
    ArrayDeque<Runnable> loop = loops.get(lane);
    for (int left = loop.size(); left > 0 && failure == null; left--) {
      loop.remove().run();
    }
  }

  void wake(int lane) {
    lanes.lane(lane).wake();
  }

  void flush() {
    journal.step();
  }

  void export() {
    exports.step();
  }

  /** Takes how far each partition is durable. */
  interface DurableTaker {
    void take(int partition, long sequence);
  }

  void forEachDurable(DurableTaker taker) {
    for (int i = 0; i < states.length; i++) {
      taker.take(i, durableSequence(i));
    }
  }

  /** Whether what the read model does not hold is known not to exist. */
  boolean mayConcludeAbsence() {
    return exports.progress().isWhole() && exports.progress().isCaughtUp();
  }

  boolean isExportDrained() {
    return exports.isDrained();
  }

  boolean hasDueTimers(long nowMs) {
    for (PartitionState state : states) {
      if (failure == null && state.parts().timers().nextDueMs() <= nowMs) {
        return true;
      }
    }
    return false;
  }

  /** Prepares and archives segments; the process lives on when that fails. */
  void maintain() throws IOException {
    journal.maintain();
  }

  /** Runs all loops and the writer until nothing moves. */
  void settle() {
    for (int i = 0; i < options.lanes(); i++) {
      wake(i);
    }
    boolean isMoving = true;
    for (int round = 0; isMoving && round < 50 && failure == null; round++) {
      isMoving = false;
      for (int i = 0; i < options.lanes(); i++) {
        isMoving |= !loops.get(i).isEmpty();
        runLoop(i);
      }
      while (failure == null && journal.step() == 0) {
        isMoving = true;
      }
    }
  }

  /** Makes a snapshot of one partition, as the background does, and lets old segments go. */
  void snapshot(int partition) throws IOException {
    long[] sequence = new long[1];
    if (!lanes.run(partition, core -> sequence[0] = core.markStateHash())) {
      return;
    }
    settle();
    if (failure == null && sequence[0] > 0 && durableSequence(partition) >= sequence[0]) {
      passed[partition] = builder.build(partition, sequence[0], journal.firstLogPosition());
      long exported = exports.progress().confirmedLogPosition();
      journal.archiveBelow(Math.min(exported, Arrays.stream(passed).min().orElse(0)));
    }
  }
}
