// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Journal".
package io.hongbao.engine.journal;

import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Wakes the writer's thread when it sleeps, and tells the lanes when there is no writer any more.
 *
 * <p>No wake-up is lost: the writer says that it is about to sleep and then looks once more; a lane
 * publishes its record and then looks whether the writer sleeps; a full fence stands between the
 * two steps on both sides.
 *
 * <p><b>Thread:</b> {@link #wake} for any, the rest for the writer.
 */
final class WriterSignal {

  private volatile boolean closed;
  private volatile boolean wantsCompany;
  private volatile @Nullable Thread sleeper;

  void wake() {
    VarHandle.fullFence();
    Thread thread = sleeper;
    if (thread != null) {
      sleeper = null;
      LockSupport.unpark(thread);
    }
  }

  /** To be followed by a last look for work, then by {@link #sleep} or {@link #stayAwake}. */
  void aboutToSleep() {
    sleeper = Thread.currentThread();
    VarHandle.fullFence();
  }

  void stayAwake() {
    sleeper = null;
  }

  void sleep(long maxNs) {
    if (sleeper != null) {
      LockSupport.parkNanos(this, maxNs);
    }
    sleeper = null;
  }

  /**
   * Whether the writer would wait for the end of an open batch if it were awake. Then it wakes by
   * itself soon, to write its mark, so that even a batch that never ends is late only.
   */
  boolean writerWantsCompany() {
    return wantsCompany;
  }

  void setWriterWantsCompany(boolean wants) {
    if (wantsCompany != wants) {
      wantsCompany = wants;
    }
  }

  /** From now on nothing appended becomes durable. */
  void close() {
    closed = true;
  }

  boolean isClosed() {
    return closed;
  }
}
