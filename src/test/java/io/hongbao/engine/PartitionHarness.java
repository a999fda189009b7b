// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Proof".
package io.hongbao.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.hongbao.ledger.AccountKey;
import io.hongbao.ledger.AccountKind;
import io.hongbao.ledger.Hold;
import io.hongbao.model.Slot;
import io.hongbao.time.SeededRandomness;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Some partitions in one thread, on a clock moved by hand, with journals in memory.
 *
 * <p>{@link #ask} is the short way: submit, make durable, hear. {@link #submit}, {@link #turn},
 * {@link #force} are the steps it is made of. After every {@link #settle} the books of all
 * partitions are checked; {@link #checkRebuild} compares every state with its replay and with a
 * snapshot of it.
 */
public final class PartitionHarness {

  /** A wallet may hold this much in the tests' assets. */
  public static final long BALANCE_MINOR_MAX = 1_000_000_000L;

  private static final int SITE = 1;
  private static final int ROUNDS_MAX = 100_000;

  private final EngineShape shape;
  private final PartitionSettings settings;
  private final List<Family.Factory> factories;
  private final HandClock clock = new HandClock();
  private final SeededRandomness chance;
  private final TestLinks links;
  private final List<PartitionCore> cores = new ArrayList<>();
  private final List<MemoryJournal> journals = new ArrayList<>();
  private final List<Effect> effects = new ArrayList<>();

  /**
   * Makes empty partitions.
   *
   * @param seed of all chance, printed by a test that fails
   */
  public PartitionHarness(int partitionCount, long seed, Family.Factory... factories) {
    this(partitionCount, seed, settings(), factories);
  }

  public PartitionHarness(
      int partitionCount, long seed, PartitionSettings settings, Family.Factory... factories) {
    this.shape = new EngineShape(SITE, partitionCount);
    this.settings = settings;
    this.factories = List.of(factories);
    this.chance = new SeededRandomness(seed);
    this.links = new TestLinks(new SeededRandomness(~seed));
    for (int partition = 0; partition < partitionCount; partition++) {
      journals.add(new MemoryJournal());
      cores.add(core(partition, empty(partition, true)));
    }
  }

  /** The documented settings, except that acknowledgements do not wait for company. */
  public static PartitionSettings settings() {
    PartitionSettings usual = PartitionSettings.defaults();
    return new PartitionSettings(
        usual.repliesMax(),
        usual.repliesReserve(),
        usual.outboxMax(),
        usual.outboxReserve(),
        usual.timersPerTurn(),
        usual.idempotencyWindowMs(),
        usual.resendMs(),
        0);
  }

  private PartitionCore core(int partition, PartitionState state) {
    PartitionCore core =
        new PartitionCore(
            state,
            settings,
            new PartitionCore.Surroundings(
                clock,
                chance,
                journals.get(partition),
                links,
                (from, effect) -> effects.add(effect),
                cause -> fail("partition " + partition + " stopped", cause)));
    state.families().forEach(Family::activated);
    return core;
  }

  private PartitionState empty(int partition, boolean isLive) {
    return PartitionState.empty(shape, partition, isLive, factories);
  }

  public HandClock clock() {
    return clock;
  }

  public long nowMs() {
    return clock.nowMs();
  }

  public TestLinks links() {
    return links;
  }

  public MemoryJournal journal(int partition) {
    return journals.get(partition);
  }

  public PartitionCore core(int partition) {
    return cores.get(partition);
  }

  public PartitionState state(int partition) {
    return cores.get(partition).state();
  }

  public int partitionOf(long key) {
    return Slot.partition(key, shape.partitionCount());
  }

  /** The family of one partition, for looking inside. */
  public <F extends Family> F family(int partition, Class<F> type) {
    for (Family family : state(partition).families()) {
      if (type.isInstance(family)) {
        return type.cast(family);
      }
    }
    throw new IllegalArgumentException("no such family: " + type);
  }

  /** What was asked of the outside since the last call. */
  public List<Effect> takeEffects() {
    List<Effect> taken = List.copyOf(effects);
    effects.clear();
    return taken;
  }

  // Steps.

  /** Hands a command in; nothing becomes durable yet. */
  public Heard submit(int partition, Command command) {
    Heard heard = new Heard();
    cores.get(partition).submit(command, heard);
    return heard;
  }

  /** Ends a turn of one partition: timers, acknowledgements, transfers. */
  public void turn(int partition) {
    cores.get(partition).endTurn(journals.get(partition).durable());
  }

  /** Makes what a partition appended durable and lets its answers out. */
  public void force(int partition) {
    journals.get(partition).force();
    cores.get(partition).release(journals.get(partition).durable());
  }

  /** Hands over what is on the links. */
  public boolean deliver() {
    return links.deliver(cores);
  }

  /** Asks and lets everything that follows happen. */
  public Heard ask(int partition, Command command) {
    Heard heard = submit(partition, command);
    settle();
    return heard;
  }

  /** Does something at which the partition logs an error, without the noise. */
  public <T> T quietly(Supplier<T> step) {
    Logger logger = Logger.getLogger(PartitionCore.class.getName());
    Level before = logger.getLevel();
    logger.setLevel(Level.OFF);
    try {
      return step.get();
    } finally {
      logger.setLevel(before);
    }
  }

  /** Asks the partition that owns the key. */
  public Heard askOwner(long key, Command command) {
    return ask(partitionOf(key), command);
  }

  /** Runs all partitions until nothing moves any more, then checks the books. */
  public void settle() {
    for (int round = 0; round < ROUNDS_MAX; round++) {
      if (!step()) {
        checkBooks();
        return;
      }
    }
    fail("the partitions do not come to rest");
  }

  /** One turn of every partition; false when nothing moved. */
  public boolean step() {
    boolean moved = false;
    for (int partition = 0; partition < cores.size(); partition++) {
      long durable = journals.get(partition).durable();
      long dueMs = state(partition).parts().timers().nextDueMs();
      turn(partition);
      force(partition);
      moved |= durable != journals.get(partition).durable();
      moved |= dueMs <= clock.nowMs();
    }
    checkBooks();
    return deliver() || moved || hasUntold();
  }

  // Acknowledgements wait a few milliseconds for company; lets the time pass.
  private boolean hasUntold() {
    for (PartitionCore core : cores) {
      Outbox outbox = core.state().parts().outbox();
      for (int i = 0; i < outbox.partitionCount(); i++) {
        if (outbox.toward(i).told() > outbox.toward(i).acknowledged()) {
          clock.advance(settings.acknowledgeDelayMs());
          return true;
        }
      }
    }
    return false;
  }

  /** Lets time pass and everything that is due happen. */
  public void advance(long byMs) {
    clock.advance(byMs);
    settle();
  }

  /** Transfers that are not known to have arrived, over all partitions. */
  public int transfersUnderWay() {
    int count = 0;
    for (PartitionCore core : cores) {
      Outbox outbox = core.state().parts().outbox();
      for (int i = 0; i < outbox.partitionCount(); i++) {
        count += outbox.unacknowledged(i);
      }
    }
    return count;
  }

  /** Settles again and again, waiting as long as a resend takes, until all transfers arrived. */
  public void settleTransfers() {
    for (int round = 0; round < 1_000; round++) {
      settle();
      if (transfersUnderWay() == 0) {
        return;
      }
      clock.advance(settings.resendMs());
    }
    fail("transfers do not arrive");
  }

  /** Kills the process: what is not durable is gone; all partitions are recovered by replay. */
  public void crash() {
    links.clear();
    for (int partition = 0; partition < cores.size(); partition++) {
      MemoryJournal journal = journals.get(partition);
      journal.loseTail();
      cores.set(partition, core(partition, replayed(partition, true)));
    }
  }

  // Checks.

  private PartitionState replayed(int partition, boolean isLive) {
    return journals.get(partition).replayInto(() -> empty(partition, isLive));
  }

  /** Every partition sums to zero in each asset, and what is held is what holds have left. */
  public void checkBooks() {
    for (PartitionCore core : cores) {
      checkBooks(core.state().parts());
    }
  }

  private static void checkBooks(PartitionParts parts) {
    TreeMap<Integer, Long> sums = new TreeMap<>();
    TreeMap<Long, Long> held = new TreeMap<>();
    parts
        .ledger()
        .forEach(
            (key, balanceMinor, heldMinor, position) -> {
              sums.merge(AccountKey.asset(key), balanceMinor, Math::addExact);
              if (heldMinor != 0) {
                held.put(key, heldMinor);
              }
              assertTrue(
                  !AccountKey.kind(key).neverNegative()
                      || balanceMinor - heldMinor >= parts.ledger().bounds(key).lowerMinor(),
                  "held is covered");
            });
    sums.forEach((asset, sum) -> assertEquals(0, sum, "sum of asset " + asset));
    TreeMap<Long, Long> byHolds = new TreeMap<>();
    parts
        .holds()
        .forEach(
            hold -> {
              if (hold.state() == Hold.State.HELD) {
                byHolds.merge(hold.accountKey(), hold.leftMinor(), Math::addExact);
              }
            });
    assertEquals(byHolds, held, "held by holds and by the ledger");
    TreeMap<Integer, Long> suspense = new TreeMap<>();
    for (int asset : sums.keySet()) {
      suspense.put(
          asset, -parts.ledger().balanceMinor(AccountKey.system(AccountKind.SUSPENSE, asset)));
    }
    parts
        .suspense()
        .entries()
        .forEach(entry -> suspense.merge(entry.asset(), entry.amountMinor(), Math::addExact));
    suspense.forEach((asset, rest) -> assertEquals(0, rest, "suspense beyond its entries"));
  }

  /** Replay, and a snapshot written and read, give the state that is live. */
  public void checkRebuild() {
    for (int partition = 0; partition < cores.size(); partition++) {
      PartitionState live = state(partition);
      PartitionState replayed = replayed(partition, false);
      assertEquals(live.hash(), replayed.hash(), "hash of the replay of partition " + partition);
      assertEquals(live.sequence(), replayed.sequence());
      PartitionState loaded = reloaded(live, partition);
      assertEquals(live.hash(), loaded.hash(), "hash of the snapshot of partition " + partition);
      assertEquals(live.hash(), reloaded(replayed, partition).hash());
      assertEquals(live.hash(), reloaded(loaded, partition).hash());
    }
  }

  private PartitionState reloaded(PartitionState state, int partition) {
    SnapshotBytes bytes = new SnapshotBytes();
    StateStorage.save(state, bytes);
    PartitionState loaded = empty(partition, false);
    StateStorage.load(loaded, bytes);
    loaded.restorePosition(state.sequence(), state.timeMs());
    assertTrue(bytes.isUsedUp(), "a snapshot is read to its end");
    return loaded;
  }

  /** Starts every partition again from a snapshot of itself, as a restart does. */
  public void restartFromSnapshots() {
    settle();
    for (int partition = 0; partition < cores.size(); partition++) {
      SnapshotBytes bytes = new SnapshotBytes();
      StateStorage.save(state(partition), bytes);
      PartitionState loaded = empty(partition, true);
      StateStorage.load(loaded, bytes);
      loaded.restorePosition(state(partition).sequence(), state(partition).timeMs());
      cores.set(partition, core(partition, loaded));
    }
  }

  /** Takes over what another process of the same shape made durable. */
  public void startFrom(PartitionHarness other) {
    for (int partition = 0; partition < cores.size(); partition++) {
      journals.set(partition, other.journals.get(partition));
    }
    crash();
  }

  /** A user's balance, wherever he lives. */
  public long walletMinor(long userId, int asset) {
    return state(partitionOf(userId))
        .parts()
        .ledger()
        .balanceMinor(AccountKey.wallet(userId, asset));
  }

  /** Sum of a system account over all partitions. */
  public long systemMinor(AccountKind kind, int asset) {
    long sum = 0;
    for (PartitionCore core : cores) {
      sum += core.state().parts().ledger().balanceMinor(AccountKey.system(kind, asset));
    }
    return sum;
  }
}
