// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Proof".
package io.hongbao.shard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hongbao.account.AccountCommand.TopUp;
import io.hongbao.disk.FaultyDisk;
import io.hongbao.engine.HandClock;
import io.hongbao.engine.ReplyPort;
import io.hongbao.engine.TestKeys;
import io.hongbao.engine.journal.JournalDamagedException;
import io.hongbao.ledger.AccountKey;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a start does with snapshots and journals that do not go together. */
class RecoveryTest {

  private static final long USER = 1_001;
  private static final int HOME = 1;

  private final FaultyDisk disk = new FaultyDisk(1);
  private final HandClock clock = new HandClock();
  private long nextKey = 1;

  private EngineLife start() throws IOException {
    return new EngineLife(disk, clock, 1);
  }

  private void topUp(EngineLife life, int times) {
    for (int i = 0; i < times; i++) {
      life.submit(
          0, USER, new TopUp(TestKeys.key(nextKey++), USER, 1, 1, "", ""), ReplyPort.NOBODY);
      life.settle(1);
    }
  }

  private static long balance(EngineLife life) {
    return life.state(HOME).parts().ledger().balanceMinor(AccountKey.wallet(USER, 1));
  }

  private List<String> snapshots() throws IOException {
    return disk.list("snapshot").stream().filter(name -> name.contains("p-001")).sorted().toList();
  }

  // The journal that a snapshot came from is gone. The server came up, served what the snapshot
  // held, and stopped at the partition's first record, whose number was not the journal's next.
  @Test
  void aJournalThatEndsBeforeASnapshotStopsTheStart() throws IOException {
    EngineLife life = start();
    topUp(life, 3);
    life.snapshot(HOME);
    life.journal.close();
    for (String name : disk.list("journal")) {
      disk.delete(name);
    }

    IOException refused = assertThrows(JournalDamagedException.class, this::start);

    assertTrue(refused.getMessage().contains("partition 1"), refused.getMessage());
  }

  @Test
  void aDamagedSnapshotGivesWayToTheOneBefore() throws IOException {
    EngineLife life = start();
    topUp(life, 3);
    life.snapshot(HOME);
    topUp(life, 3);
    life.snapshot(HOME);
    topUp(life, 1);
    life.journal.close();
    assertEquals(2, snapshots().size());
    disk.flipBit(snapshots().getLast(), 100, 3);

    EngineLife next = start();

    assertEquals(7, balance(next));
    topUp(next, 1);
    next.snapshot(HOME);
    assertEquals(8, balance(next));
    next.journal.close();
    assertEquals(8, balance(start()));
  }

  @Test
  void withoutAnySnapshotTheJournalIsEnough() throws IOException {
    EngineLife life = start();
    topUp(life, 400);
    for (int i = 0; i < EngineLife.PARTITIONS; i++) {
      life.snapshot(i);
    }
    life.maintain();
    life.journal.close();
    for (String name : disk.list("snapshot")) {
      disk.delete(name);
    }

    assertEquals(400, balance(start()));
  }

  @Test
  void anIdlePartitionReadsItsOldStateAtOnceAfterAStart() throws IOException {
    EngineLife life = start();
    topUp(life, 3);
    life.snapshot(HOME);
    life.journal.close();
    EngineLife next = start();
    boolean[] heard = new boolean[1];

    next.submit(
        1,
        USER,
        new io.hongbao.account.AccountCommand.ReadAccount(USER, List.of(1)),
        (answer, position, repeated) -> heard[0] = true);
    next.runLoop(1);

    assertTrue(heard[0], "what a snapshot holds is durable");
  }
}
