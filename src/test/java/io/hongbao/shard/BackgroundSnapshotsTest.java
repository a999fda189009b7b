// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Proof".
package io.hongbao.shard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hongbao.account.AccountCommand.TopUp;
import io.hongbao.disk.DiskFile;
import io.hongbao.disk.FaultyDisk;
import io.hongbao.engine.HandClock;
import io.hongbao.engine.ReplyPort;
import io.hongbao.engine.TestKeys;
import io.hongbao.time.TimeSource;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

/** The thread that makes snapshots, on a disk that has no room for them. */
class BackgroundSnapshotsTest {

  private final AtomicLong nowMs = new AtomicLong();
  private final TimeSource time =
      new TimeSource() {
        @Override
        public long nowMs() {
          return nowMs.get();
        }

        @Override
        public long nanos() {
          return TimeUnit.MILLISECONDS.toNanos(nowMs.get());
        }
      };

  // A round that failed was tried again four times a second: each try journaled a mark for every
  // partition and read the whole journal, on a disk that was full already.
  @Test
  void waitsAfterARoundThatFailed() throws Exception {
    Logger logger = Logger.getLogger(BackgroundSnapshots.class.getName());
    logger.setLevel(Level.OFF);
    FaultyDisk disk = new FaultyDisk(1);
    EngineLife life = new EngineLife(disk, new HandClock(), 1);
    life.submit(0, 1_001, new TopUp(TestKeys.key(1), 1_001, 1, 5, "", ""), ReplyPort.NOBODY);
    life.settle(2);
    disk.limitBytes(usedBytes(disk));
    BackgroundSnapshots snapshots =
        new BackgroundSnapshots(life.keeper(), life.journal, time, 1, 1_000);
    snapshots.start();
    try {
      assertEquals(1, failuresWithin(life, snapshots, 1, 10_000));
      assertEquals(1, failuresWithin(life, snapshots, 2, 700), "not again at once");
      nowMs.addAndGet(30_000);
      assertEquals(2, failuresWithin(life, snapshots, 2, 10_000));
      // More than four times one byte is journaled: the patient thread leaves it to the urgent one.
      disk.limitBytes(Long.MAX_VALUE);
      nowMs.addAndGet(30_000);
      for (int i = 0; i < 2_000 && disk.list("snapshot").size() < EngineLife.PARTITIONS; i++) {
        life.settle(1);
        LockSupport.parkNanos(5_000_000);
      }
      assertTrue(disk.list("snapshot").size() >= EngineLife.PARTITIONS, "and then it succeeds");
    } finally {
      snapshots.close();
      logger.setLevel(null);
    }
  }

  private static long usedBytes(FaultyDisk disk) throws IOException {
    long sum = 0;
    for (String name : disk.list("journal")) {
      try (DiskFile file = disk.openForRead(name)) {
        sum += file.sizeBytes();
      }
    }
    return sum;
  }

  private static long failuresWithin(
      EngineLife life, BackgroundSnapshots snapshots, long wanted, int waitMs) {
    for (int waited = 0; waited < waitMs && snapshots.failures() < wanted; waited += 5) {
      life.settle(1);
      LockSupport.parkNanos(5_000_000);
    }
    return snapshots.failures();
  }
}
