// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Journal".
package io.hongbao.engine.journal;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The two threads of a journal in production: the writer, and the one that prepares and archives.
 *
 * <p><b>Failure:</b> background work that fails is tried again; the writer's failure is the
 * listener's matter.
 */
final class JournalThreads {

  /** A roll is noticed that late at most; a segment lasts much longer. */
  private static final long MAINTENANCE_PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(50);

  private static final long RETRY_PAUSE_NS = TimeUnit.SECONDS.toNanos(1);

  private final LocalJournal journal;
  private final WriterSignal signal;
  private final Thread writer;
  private final Thread maintenance;
  private volatile boolean stopped;

  JournalThreads(LocalJournal journal, WriterSignal signal) {
    this.journal = journal;
    this.signal = signal;
    this.writer = new Thread(this::write, "hongbao-journal");
    this.maintenance = new Thread(this::maintain, "hongbao-journal-files");
    this.maintenance.setDaemon(true);
  }

  void start() {
    writer.start();
    maintenance.start();
  }

  private void write() {
    while (!stopped) {
      if (journal.step() == 0) {
        continue;
      }
      signal.aboutToSleep();
      long waitNs = journal.step();
      if (waitNs == 0 || stopped) {
        signal.stayAwake();
      } else {
        signal.sleep(waitNs);
      }
    }
  }

  private void maintain() {
    while (!stopped) {
      try {
        if (!journal.maintain()) {
          LockSupport.parkNanos(this, MAINTENANCE_PAUSE_NS);
        }
      } catch (IOException | RuntimeException e) {
        // Counted and shown by the journal; the writer makes its segments itself meanwhile.
        LockSupport.parkNanos(this, RETRY_PAUSE_NS);
      }
    }
  }

  void wakeMaintenance() {
    LockSupport.unpark(maintenance);
  }

  /** Returns when both threads have ended. */
  void stop() {
    stopped = true;
    signal.wake();
    LockSupport.unpark(maintenance);
    join(writer);
    join(maintenance);
  }

  private static void join(Thread thread) {
    boolean interrupted = false;
    while (true) {
      try {
        thread.join();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
