// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Benchmarks".
package io.hongbao.bench;

import io.hongbao.account.AccountFacts;
import io.hongbao.account.AccountFamily;
import io.hongbao.account.AccountLimits;
import io.hongbao.disk.FileDisk;
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
import io.hongbao.ledger.AccountKey;
import io.hongbao.ledger.AccountKind;
import io.hongbao.ledger.Ledger;
import io.hongbao.model.Check;
import io.hongbao.model.Slot;
import io.hongbao.redpacket.Neighbourhood;
import io.hongbao.redpacket.PacketLimits;
import io.hongbao.redpacket.RedPacketFamily;
import io.hongbao.shard.Lane;
import io.hongbao.shard.LaneSet;
import io.hongbao.shard.SnapshotKeeper;
import io.hongbao.time.SecureRandomness;
import io.hongbao.time.SystemTime;
import io.hongbao.time.TimeSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The engine as the server runs it, without HTTP and without a read model: real files, real journal
 * threads, lanes on threads of their own.
 *
 * <p><b>Thread:</b> made and closed by one; commands go in on lanes ({@link Lane#submit}).
 */
final class EngineRig implements JournalListener, AutoCloseable {

  /** The one asset of benchmarks. */
  static final int ASSET = 1;

  /** Nobody meets it: a balance that is full would be another scenario. */
  static final long BALANCE_MINOR_MAX = 1L << 50;

  private static final UUID DIRECTORY_ID = new UUID(0x686F_6E67L, 0x6261_6F21L);

  private final RigOptions options;
  private final FileDisk disk;
  private final TimeSource time = new SystemTime();
  private final EngineShape shape;
  private final LocalJournal journal;
  private final SnapshotStore store;
  private final Recovery.Recovered recovered;
  private final List<LoopThread> loops = new ArrayList<>();
  private final LaneSet lanes;
  private final CreditCounter credits;
  private volatile @Nullable Throwable failure;

  /** Opens the directory, or what another rig left in it. */
  EngineRig(Path directory, RigOptions options) throws IOException {
    this.options = options;
    this.disk = new FileDisk(directory);
    this.shape = new EngineShape(1, options.partitions());
    this.credits = new CreditCounter(options.loops());
    this.journal =
        LocalJournal.open(
            disk,
            JournalSettings.standard(DIRECTORY_ID, options.partitions(), options.loops()),
            time::nanos,
            this);
    this.store = new SnapshotStore(disk);
    this.recovered =
        new Recovery(
                store,
                journal,
                journal.firstLogPosition(),
                Runtime.getRuntime().availableProcessors())
            .recover(options.partitions(), partition -> empty(partition, true));
    this.lanes = makeLanes();
    journal.startThreads();
  }

  private PartitionState empty(int partition, boolean live) {
    return PartitionState.empty(shape, partition, live, families(options, partition, credits));
  }

  private static List<Family.Factory> families(
      RigOptions options, int partition, CreditCounter credits) {
    PacketLimits usual = PacketLimits.defaults();
    Facts facts = new Facts(credits, partition % options.loops());
    PacketLimits packets =
        new PacketLimits(
            asset -> BALANCE_MINOR_MAX,
            asset -> BALANCE_MINOR_MAX,
            usual.countMax(),
            usual.greetingCharsMax(),
            usual.reserveMs(),
            usual.opensInFlightMax(),
            usual.unpaidMs(),
            usual.queryAfterMs(),
            options.evictAfterMs());
    AccountLimits accounts = AccountLimits.defaults();
    return List.of(RedPacketFamily.factory(packets, facts), AccountFamily.factory(accounts, facts));
  }

  /** What families ask of a process that has one asset, and a read model that is never behind. */
  private record Facts(CreditCounter credits, int lane) implements Neighbourhood, AccountFacts {

    @Override
    public boolean isInRoom(long roomId, long userId) {
      return false;
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
      return asset == ASSET ? BALANCE_MINOR_MAX : 0;
    }

    @Override
    public void credited(long lagMs) {
      credits.add(lane, lagMs);
    }
  }

  private LaneSet makeLanes() {
    for (int i = 0; i < options.loops(); i++) {
      loops.add(new LoopThread("hongbao-bench-loop-" + i));
    }
    LaneSet made = new LaneSet(loops, options.partitions(), 16_384, journal, time);
    SecureRandomness randomness = new SecureRandomness();
    for (int partition = 0; partition < options.partitions(); partition++) {
      Lane lane = made.lane(partition % made.count());
      lane.add(
          new PartitionCore(
              recovered.states()[partition],
              PartitionSettings.defaults(),
              new PartitionCore.Surroundings(
                  time, randomness, lane.appender(), lane, (of, effect) -> {}, this::onFailure)));
    }
    for (int i = 0; i < loops.size(); i++) {
      loops.get(i).onTick(made.lane(i)::wake);
    }
    return made;
  }

  @Override
  public void onDurable(int lane) {
    lanes.lane(lane).wake();
  }

  @Override
  public void onFailure(Throwable cause) {
    failure = cause;
  }

  /** Complains when the engine has stopped. */
  void check() {
    Throwable cause = failure;
    if (cause != null) {
      throw new IllegalStateException("the engine stopped: " + cause, cause);
    }
  }

  RigOptions options() {
    return options;
  }

  LaneSet lanes() {
    return lanes;
  }

  LoopThread loop(int lane) {
    return loops.get(lane);
  }

  LocalJournal journal() {
    return journal;
  }

  CreditCounter credits() {
    return credits;
  }

  Recovery.Recovered recovered() {
    return recovered;
  }

  TimeSource time() {
    return time;
  }

  /** State of a partition; only on its loop, or when nothing runs. */
  PartitionState state(int partition) {
    return Check.present(recovered.states()[partition], "state");
  }

  /**
   * Puts wallets with money where a snapshot would put them, past the journal: ten million top-ups
   * would leave ten million keys and transactions, which idle users do not have. Call {@link
   * #saveAll} before the directory is opened again.
   */
  void fill(long accounts, long balanceMinor) throws InterruptedException {
    onEach(
        core -> {
          Ledger ledger = core.state().parts().ledger();
          long sumMinor = 0;
          for (long user = 1; user <= accounts; user++) {
            if (Slot.partition(user, options.partitions()) == core.partition()) {
              ledger.restore(AccountKey.wallet(user, ASSET), balanceMinor, 0, 1);
              sumMinor += balanceMinor;
            }
          }
          ledger.restore(AccountKey.system(AccountKind.CLEARING, ASSET), -sumMinor, 0, 1);
        });
  }

  /** Writes a snapshot of each partition as it stands; nothing may be under way. */
  void saveAll() throws InterruptedException {
    onEach(
        core -> {
          try {
            store.write(core.state(), journal.durableLogPosition());
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  /** Runs something with each partition on its loop. */
  void onEach(Consumer<PartitionCore> task) throws InterruptedException {
    CountDownLatch left = new CountDownLatch(options.partitions());
    for (int partition = 0; partition < options.partitions(); partition++) {
      lanes.run(
          partition,
          core -> {
            try {
              task.accept(core);
            } catch (RuntimeException | Error e) {
              onFailure(e);
            }
            left.countDown();
          });
    }
    left.await();
    check();
  }

  /** Makes snapshots as the server does, when asked. */
  SnapshotKeeper keeper() {
    return new SnapshotKeeper(
        lanes,
        journal,
        new SnapshotBuilder(store, journal, partition -> empty(partition, false)),
        journal::durableLogPosition,
        journal.firstLogPosition(),
        recovered.snapshotLogPositions());
  }

  @Override
  public void close() throws IOException, InterruptedException {
    for (LoopThread loop : loops) {
      loop.close();
    }
    try (FileDisk closing = disk) {
      journal.close();
    }
  }
}
