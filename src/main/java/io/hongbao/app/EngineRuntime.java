// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Start and stop".
package io.hongbao.app;

import io.hongbao.config.Configuration;
import io.hongbao.disk.FileDisk;
import io.hongbao.engine.Effect;
import io.hongbao.engine.EngineShape;
import io.hongbao.engine.Family;
import io.hongbao.engine.PartitionCore;
import io.hongbao.engine.PartitionSettings;
import io.hongbao.engine.PartitionState;
import io.hongbao.engine.journal.JournalListener;
import io.hongbao.engine.journal.JournalSettings;
import io.hongbao.engine.journal.LocalJournal;
import io.hongbao.engine.snapshot.Recovery;
import io.hongbao.engine.snapshot.SnapshotBuilder;
import io.hongbao.engine.snapshot.SnapshotStore;
import io.hongbao.shard.BackgroundSnapshots;
import io.hongbao.shard.Lane;
import io.hongbao.shard.LaneSet;
import io.hongbao.shard.SlotTable;
import io.hongbao.shard.SnapshotKeeper;
import io.hongbao.time.Randomness;
import io.hongbao.time.TimeSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The engine of one process: journal, recovered partitions on their lanes, snapshots.
 *
 * <p><b>Thread:</b> the starter's; what it made runs on its own threads.
 */
final class EngineRuntime implements JournalListener {

  /** What a key takes at most: a place of 52 bytes in a table a third full, 16 in a ring half. */
  private static final long KEY_BYTES_MAX = 200;

  /**
   * Every start begins a segment. Starts between which little happens make no snapshots, and
   * without those nothing is archived: three preallocated files wait, then a round is worth its
   * while.
   */
  private static final int LIVE_SEGMENTS_MAX = 3;

  private final FileDisk disk;
  private final LocalJournal journal;
  private final SnapshotStore store;
  private final Recovery.Recovered recovered;
  private final EngineShape shape;
  private final SlotTable slots;
  private final Consumer<Throwable> onFailure;
  private final AtomicBoolean hasFailed = new AtomicBoolean();
  private volatile @Nullable LaneSet lanes;
  private volatile Runnable onProgress = () -> {};
  private int repliesOpenMax = Integer.MAX_VALUE;
  private final HeldTimers heldTimers;
  private @Nullable SnapshotKeeper keeper;
  private @Nullable BackgroundSnapshots snapshots;

  /**
   * Opens the journal and recovers all partitions; nothing is served yet.
   *
   * @param families what every partition is made of
   * @param onFailure told once, with the cause, when the process must stop
   */
  static EngineRuntime recover(
      FileDisk disk,
      JournalSettings journalSettings,
      EngineShape shape,
      SlotTable slots,
      TimeSource time,
      List<Family.Factory> families,
      Consumer<Throwable> onFailure)
      throws IOException {
    return new EngineRuntime(disk, journalSettings, shape, slots, time, families, onFailure);
  }

  private final List<Family.Factory> families;

  private EngineRuntime(
      FileDisk disk,
      JournalSettings journalSettings,
      EngineShape shape,
      SlotTable slots,
      TimeSource time,
      List<Family.Factory> families,
      Consumer<Throwable> onFailure)
      throws IOException {
    this.onFailure = onFailure;
    this.disk = disk;
    this.heldTimers = new HeldTimers(disk);
    this.shape = shape;
    this.slots = slots;
    this.families = families;
    this.journal = LocalJournal.open(disk, journalSettings, time::nanos, this);
    this.store = new SnapshotStore(disk);
    this.recovered =
        new Recovery(store, journal, journal.firstLogPosition(), recoverers(shape))
            .recover(
                shape.partitionCount(),
                partition -> PartitionState.empty(shape, partition, true, families));
  }

  private static int recoverers(EngineShape shape) {
    return Math.min(Runtime.getRuntime().availableProcessors(), shape.partitionCount());
  }

  /** Tells a follower of the journal that more is durable; called on the journal's thread. */
  void whenDurable(Runnable follower) {
    onProgress = follower;
  }

  LocalJournal journal() {
    return journal;
  }

  Recovery.Recovered recovered() {
    return recovered;
  }

  /** Puts the partitions on lanes and starts the journal's threads. */
  LaneSet start(
      Configuration configuration,
      List<Executor> loops,
      TimeSource time,
      Randomness randomness,
      Effect.Sink effects) {
    boolean mustHold = mustHoldTimers(configuration, time.nowMs());
    LaneSet made =
        new LaneSet(
            loops,
            shape.partitionCount(),
            Integer.highestOneBit(configuration.engine().mailboxMax()),
            journal,
            time);
    PartitionSettings settings = partitionSettings(configuration);
    // Half of the limit: slots close before anybody has to be turned away.
    repliesOpenMax = settings.repliesMax() / 2;
    for (int partition = 0; partition < shape.partitionCount(); partition++) {
      Lane lane = made.lane(partition % made.count());
      PartitionState state = recovered.states()[partition];
      PartitionCore core =
          new PartitionCore(
              state,
              settings,
              new PartitionCore.Surroundings(
                  time, randomness, lane.appender(), lane, effects, this::onFatal));
      if (mustHold) {
        core.holdDueTimers();
      }
      lane.add(core);
      state.families().forEach(Family::activated);
    }
    lanes = made;
    journal.startThreads();
    return made;
  }

  // A sandbox's clock is moved on purpose.
  private boolean mustHoldTimers(Configuration configuration, long nowMs) {
    try {
      return !configuration.data().sandbox()
          && heldTimers.look(recovered.states(), nowMs, configuration.engine().timerGapMs());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static PartitionSettings partitionSettings(Configuration configuration) {
    var engine = configuration.engine();
    PartitionSettings defaults = PartitionSettings.defaults();
    // Half of the heap: enough to give every user his first money, which is the most at a time.
    long keys = Runtime.getRuntime().maxMemory() / 2 / KEY_BYTES_MAX / engine.partitions();
    PartitionSettings settings =
        new PartitionSettings(
            engine.repliesMax(),
            engine.repliesMax() * engine.reservePercent() / 100,
            engine.outboxMax(),
            engine.outboxMax() * engine.reservePercent() / 100,
            engine.timersPerBatch(),
            engine.idempotencyWindowMs(),
            defaults.resendMs(),
            defaults.acknowledgeDelayMs());
    return settings.withKeysMax(Math.clamp(keys, 1_000, Integer.MAX_VALUE / 4));
  }

  /** Starts the background snapshots. */
  void startSnapshots(
      Configuration configuration, TimeSource time, LongSupplier exportedLogPosition) {
    SnapshotBuilder builder =
        new SnapshotBuilder(
            store, journal, partition -> PartitionState.empty(shape, partition, false, families));
    keeper =
        new SnapshotKeeper(
            lanes(),
            journal,
            builder,
            exportedLogPosition,
            journal.firstLogPosition(),
            recovered.snapshotLogPositions());
    snapshots =
        new BackgroundSnapshots(
            keeper,
            journal,
            time,
            configuration.snapshot().everyBytes(),
            configuration.snapshot().everyMs());
    snapshots.start();
    if (journal.liveSegments() > LIVE_SEGMENTS_MAX) {
      snapshots.ask();
    }
  }

  boolean holdsTimers() {
    return heldTimers.isHeld();
  }

  /** An operator says that the clock is right; false if it is to be said again. */
  boolean releaseTimers() throws IOException {
    return heldTimers.release(lanes(), shape.partitionCount());
  }

  LaneSet lanes() {
    return io.hongbao.model.Check.present(lanes, "lanes");
  }

  @Nullable SnapshotKeeper keeper() {
    return keeper;
  }

  @Nullable BackgroundSnapshots snapshots() {
    return snapshots;
  }

  boolean isStarted() {
    return lanes != null;
  }

  /** Closes the slots of partitions that are near a limit; called on each lane's tick. */
  void lookAtSlots(Lane lane) {
    for (PartitionCore core : lane.cores()) {
      slots.set(core.partition(), core.waitingReplies() < repliesOpenMax);
    }
  }

  /** Waits until everything accepted has been answered. */
  void drain(long deadlineMs) throws InterruptedException {
    LaneSet all = lanes();
    for (long waited = 0; waited < deadlineMs; waited += 5) {
      int waiting = 0;
      for (int i = 0; i < all.count(); i++) {
        all.lane(i).wake();
        waiting += all.lane(i).waitingReplies() + all.waiting(i);
      }
      if (waiting == 0) {
        return;
      }
      TimeUnit.MILLISECONDS.sleep(5);
    }
  }

  /** A last round of snapshots, so that the next start has little to replay; it may do without. */
  void snapshotNow(long untilNanos, TimeSource time) throws InterruptedException {
    if (snapshots != null) {
      snapshots.close();
    }
    if (keeper == null || !keeper.hasWork() || hasFailed.get()) {
      return;
    }
    try {
      keeper.round(() -> time.nanos() < untilNanos);
    } catch (IOException | RuntimeException e) {
      System.getLogger(EngineRuntime.class.getName())
          .log(System.Logger.Level.WARNING, "no last snapshots; the next start replays more", e);
    }
  }

  void close() throws IOException {
    try (FileDisk closing = disk) {
      journal.close();
    }
  }

  @Override
  public void onDurable(int lane) {
    LaneSet known = lanes;
    if (known != null) {
      known.lane(lane).wake();
    }
    onProgress.run();
  }

  @Override
  public void onFailure(Throwable cause) {
    onFatal(cause);
  }

  private void onFatal(Throwable cause) {
    if (hasFailed.compareAndSet(false, true)) {
      onFailure.accept(cause);
      System.getLogger(EngineRuntime.class.getName())
          .log(System.Logger.Level.ERROR, "the engine must stop: " + cause, cause);
    }
  }
}
