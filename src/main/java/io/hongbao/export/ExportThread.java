// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Read model".
package io.hongbao.export;

import io.hongbao.time.TimeSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Gives an {@link ExportLoop} the thread that its target may block.
 *
 * <p><b>Thread:</b> any; {@link #wake} is cheap enough for the journal's writer.
 */
public final class ExportThread {

  private static final System.Logger LOG = System.getLogger(ExportThread.class.getName());
  private static final long NANOS_PER_MS = 1_000_000;

  private final ExportLoop loop;
  private final TimeSource time;
  private final Thread thread;
  private final CompletableFuture<Boolean> ended = new CompletableFuture<>();
  private volatile boolean signalled;
  private volatile @Nullable Long stopByNanos;

  public ExportThread(String name, ExportLoop loop, TimeSource time) {
    this.loop = loop;
    this.time = time;
    this.thread = new Thread(this::run, name);
    thread.setDaemon(true);
  }

  public ExportThread start() {
    thread.start();
    return this;
  }

  /** Says that something has become durable. */
  public void wake() {
    // Reading before writing keeps the flag's cache line with its readers during a burst.
    if (!signalled) {
      signalled = true;
      LockSupport.unpark(thread);
    }
  }

  /**
   * Exports what is durable now, as far as the deadline allows, and ends.
   *
   * @return completes when the thread has let go of the target: true when nothing was left over.
   *     Never completes exceptionally; must not be waited for on an event loop
   */
  public CompletableFuture<Boolean> stop(long deadlineMs) {
    stopByNanos = time.nanos() + deadlineMs * NANOS_PER_MS;
    signalled = true;
    LockSupport.unpark(thread);
    return ended;
  }

  private void run() {
    boolean isDrained = false;
    try {
      while (!isDrained && !isOver() && !isInVain()) {
        signalled = false;
        boolean isStopping = stopByNanos != null;
        if (isStopping) {
          loop.hurry();
        }
        long waitNanos = loop.step();
        isDrained = isStopping && loop.isDrained();
        // A signal that came during the step is seen here or finds the thread parked.
        if (waitNanos > 0 && !signalled && !isDrained) {
          LockSupport.parkNanos(this, isStopping ? Math.min(waitNanos, NANOS_PER_MS) : waitNanos);
        }
      }
    } catch (Throwable e) {
      // A bug: the loop catches what a target or a journal can do. The core goes on without it.
      LOG.log(System.Logger.Level.ERROR, "the export thread ends", e);
    } finally {
      loop.finish();
      ended.complete(isDrained);
    }
  }

  // What a target that cannot be written lacks it gets after the next start; nobody waits for it.
  private boolean isInVain() {
    return stopByNanos != null && loop.status().state() == ExportState.DEGRADED;
  }

  private boolean isOver() {
    Long byNanos = stopByNanos;
    return byNanos != null && time.nanos() - byNanos >= 0;
  }
}
