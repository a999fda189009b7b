// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Events".
package io.hongbao.feed;

import io.hongbao.model.Check;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The threads of a {@link Feed}: one follows the end of the log, some read old files.
 *
 * <p><b>Thread:</b> any; {@link #wake} is cheap enough for the journal's writer.
 */
public final class FeedThreads {

  private static final System.Logger LOG = System.getLogger(FeedThreads.class.getName());
  private static final long PARK_NANOS_MAX = 500_000_000;

  /** Readers that nobody came back to are closed this often. */
  private static final int PARKS_PER_SWEEP = 60;

  private final ExecutorService files;
  private final Thread thread;
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile @Nullable Feed feed;
  private volatile boolean signalled;
  private volatile boolean isStopping;

  public FeedThreads(int readThreads) {
    AtomicInteger number = new AtomicInteger();
    this.files =
        Executors.newFixedThreadPool(
            readThreads,
            task -> {
              Thread made = new Thread(task, "hongbao-feed-files-" + number.getAndIncrement());
              made.setDaemon(true);
              return made;
            });
    this.thread = new Thread(this::run, "hongbao-feed");
    thread.setDaemon(true);
  }

  /** Where files are read. */
  public ExecutorService files() {
    return files;
  }

  public void start(Feed following) {
    Check.that(feed == null, "a feed's thread is started once");
    feed = following;
    following.onWanted(this::signal);
    thread.start();
  }

  /** Says that something has become durable. */
  public void wake() {
    Feed following = feed;
    if (!signalled && following != null && following.isWanted()) {
      signal();
    }
  }

  private void signal() {
    signalled = true;
    LockSupport.unpark(thread);
  }

  /** Ends all threads and closes all files; waits no longer than that. */
  public void stop(long deadlineMs) throws InterruptedException {
    isStopping = true;
    signal();
    files.shutdown();
    if (feed != null && !ended.await(deadlineMs, TimeUnit.MILLISECONDS)) {
      LOG.log(System.Logger.Level.WARNING, "the feed's thread did not end in time");
    }
    if (!files.awaitTermination(deadlineMs, TimeUnit.MILLISECONDS)) {
      LOG.log(System.Logger.Level.WARNING, "readers of old events did not end in time");
    }
    Feed stopped = feed;
    if (stopped != null) {
      stopped.close();
    }
  }

  private void run() {
    Feed following = Check.present(feed, "feed");
    int parks = 0;
    try {
      while (!isStopping) {
        signalled = false;
        if (!following.step() && !signalled && !isStopping) {
          LockSupport.parkNanos(this, PARK_NANOS_MAX);
          if (++parks >= PARKS_PER_SWEEP && !signalled) {
            parks = 0;
            following.sweep(0);
          }
        }
      }
    } catch (Throwable e) {
      // A bug: what files can do is caught below. Readers still have the files.
      LOG.log(System.Logger.Level.ERROR, "the feed's thread ends", e);
    } finally {
      ended.countDown();
    }
  }
}
