// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Proof".
package io.hongbao.shard;

import io.hongbao.account.AccountFacts;
import io.hongbao.account.AccountFamily;
import io.hongbao.account.AccountLimits;
import io.hongbao.disk.FaultyDisk;
import io.hongbao.engine.Command;
import io.hongbao.engine.EngineShape;
import io.hongbao.engine.Family;
import io.hongbao.engine.HandClock;
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
import io.hongbao.redpacket.Neighbourhood;
import io.hongbao.redpacket.PacketLimits;
import io.hongbao.redpacket.RedPacketFamily;
import io.hongbao.time.SeededRandomness;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The whole engine in one thread, from recovery to the end of its process: journal over a disk in
 * memory, lanes over queues that a test runs, snapshots, archive.
 */
final class EngineLife implements JournalListener {

  static final int PARTITIONS = 4;
  static final int LANES = 2;
  static final long ROOM = 7;
  static final UUID DIRECTORY_ID = new UUID(1, 2);
  static final EngineShape SHAPE = new EngineShape(1, PARTITIONS);

  private static final JournalSettings JOURNAL =
      JournalSettings.standard(DIRECTORY_ID, PARTITIONS, LANES)
          .withSegmentBytes(32 * 4096, 8 * 4096)
          .withLaneBytesMax(64 * 1024);

  private final HandClock clock;
  private final List<Deque<Runnable>> loops = new ArrayList<>();
  private final SnapshotStore store;
  private final SnapshotBuilder builder;
  private final long[] passed;
  final LocalJournal journal;
  final LaneSet lanes;
  @Nullable Throwable failure;

  /** Everything that packets and accounts ask of what is around them. */
  private static final class Facts implements Neighbourhood, AccountFacts {
    @Override
    public boolean isInRoom(long roomId, long userId) {
      return roomId == ROOM;
    }

    @Override
    public int slotForNewPacket(long chance) {
      return (int) Long.remainderUnsigned(chance, 1000);
    }

    @Override
    public boolean hasProvider(String provider) {
      return false;
    }

    @Override
    public boolean isExported(int partition, long position) {
      return true;
    }

    @Override
    public long balanceMinorMax(int asset) {
      return asset == 1 ? 1_000_000_000L : 0;
    }
  }

  static List<Family.Factory> families() {
    Facts facts = new Facts();
    return List.of(
        RedPacketFamily.factory(PacketLimits.defaults(), facts),
        AccountFamily.factory(AccountLimits.defaults(), facts));
  }

  /** Recovers what the disk holds; an exception means that the process did not come up. */
  EngineLife(FaultyDisk disk, HandClock clock, long seed) throws IOException {
    this.clock = clock;
    this.journal = LocalJournal.open(disk, JOURNAL, clock::nanos, this);
    this.store = new SnapshotStore(disk);
    this.builder =
        new SnapshotBuilder(
            store, journal, partition -> PartitionState.empty(SHAPE, partition, false, families()));
    List<Family.Factory> live = families();
    Recovery.Recovered recovered =
        new Recovery(store, journal, journal.firstLogPosition())
            .recover(PARTITIONS, partition -> PartitionState.empty(SHAPE, partition, true, live));
    this.passed = recovered.snapshotLogPositions().clone();
    for (int i = 0; i < LANES; i++) {
      loops.add(new ArrayDeque<>());
    }
    this.lanes =
        new LaneSet(
            loops.stream().map(loop -> (java.util.concurrent.Executor) loop::add).toList(),
            PARTITIONS,
            64,
            journal,
            clock);
    for (int partition = 0; partition < PARTITIONS; partition++) {
      Lane lane = lanes.lane(partition % LANES);
      lane.add(
          new PartitionCore(
              recovered.states()[partition],
              PartitionSettings.defaults(),
              new PartitionCore.Surroundings(
                  clock,
                  new SeededRandomness(seed * 31 + partition),
                  lane.appender(),
                  lane,
                  (from, effect) -> {},
                  this::onFailure)));
    }
  }

  @Override
  public void onDurable(int lane) {
    lanes.lane(lane).wake();
  }

  @Override
  public void onFailure(Throwable cause) {
    failure = cause;
  }

  /** Hands a command in on some lane, as a connection there would. */
  void submit(int lane, long key, Command command, ReplyPort port) {
    lanes.lane(lane).submit(SHAPE.partitionOf(key), command, port);
  }

  /** Lets one loop run what is on its queue. */
  void runLoop(int lane) {
    Deque<Runnable> loop = loops.get(lane);
    for (int left = loop.size(); left > 0 && failure == null; left--) {
      loop.poll().run();
    }
  }

  void flush() {
    journal.step();
  }

  void maintain() throws IOException {
    journal.maintain();
  }

  /** Runs everything until nothing moves; ticks as timers of the loops would. */
  void settle(int ticks) {
    for (int tick = 0; tick < ticks && failure == null; tick++) {
      for (int i = 0; i < LANES; i++) {
        lanes.lane(i).wake();
      }
      for (int round = 0; round < 20; round++) {
        for (int i = 0; i < LANES; i++) {
          runLoop(i);
        }
        while (failure == null && journal.step() == 0) {
          continue;
        }
      }
      clock.advance(5);
    }
  }

  /** Makes a snapshot of one partition, as the background does. */
  void snapshot(int partition) throws IOException {
    long[] sequence = new long[1];
    if (!lanes.run(partition, core -> sequence[0] = core.markStateHash())) {
      return;
    }
    settle(2);
    if (failure == null && sequence[0] > 0) {
      passed[partition] = builder.build(partition, sequence[0], journal.firstLogPosition());
      journal.archiveBelow(Arrays.stream(passed).min().orElseThrow());
    }
  }

  PartitionState state(int partition) {
    return lanes.core(partition).state();
  }
}
