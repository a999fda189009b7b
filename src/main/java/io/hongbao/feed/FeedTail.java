// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Events".
package io.hongbao.feed;

import io.hongbao.engine.journal.JournalReader;
import io.hongbao.export.RecordSource;
import io.hongbao.time.TimeSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Follows the end of the log, writes every event once, and tells those who wait.
 *
 * <p>Works only while somebody wants it: a server whose events nobody reads pays nothing for them.
 *
 * <p><b>Thread:</b> {@link #step} one thread's; the rest any.
 *
 * <p><b>Failure:</b> files that cannot be read close the window, and readers hear of it from the
 * files; the next step tries again.
 */
final class FeedTail {

  private static final System.Logger LOG = System.getLogger(FeedTail.class.getName());
  private static final long NANOS_PER_MS = 1_000_000;

  /** So that a burst is told of in parts. */
  private static final int BATCH_MAX = 256;

  private final RecordSource source;
  private final EventDecoder decoder;
  private final TypeFilter everything;
  private final FeedWindow window;
  private final FeedMeters meters;
  private final TimeSource time;
  private final long lingerNanos;
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private volatile long wantedUntilNanos;
  private volatile boolean isWanted;
  private volatile long readUpTo;
  private @Nullable JournalReader reader;

  FeedTail(
      RecordSource source,
      EventDecoder decoder,
      TypeFilter everything,
      FeedLimits limits,
      FeedMeters meters,
      TimeSource time) {
    this.source = source;
    this.decoder = decoder;
    this.everything = everything;
    this.window = new FeedWindow(limits);
    this.meters = meters;
    this.time = time;
    this.lingerNanos = limits.lingerMs() * NANOS_PER_MS;
  }

  FeedWindow window() {
    return window;
  }

  /** Called when there may be more; on the tail's thread, so it must be quick. */
  void listen(Runnable listener) {
    listeners.add(listener);
  }

  void forget(Runnable listener) {
    listeners.remove(listener);
  }

  /**
   * Says that somebody wants the newest events, now and for a while.
   *
   * @return whether nobody did before, so that the thread must be woken
   */
  boolean want() {
    wantedUntilNanos = time.nanos() + lingerNanos;
    boolean isNew = !isWanted;
    isWanted = true;
    return isNew;
  }

  boolean isWanted() {
    return isWanted;
  }

  /**
   * Reads what became durable.
   *
   * @return whether there may be more at once
   */
  boolean step() {
    if (isWanted && time.nanos() - wantedUntilNanos > 0) {
      isWanted = false;
    }
    try {
      if (!isWanted) {
        close();
        return false;
      }
      return read();
    } catch (IOException | RuntimeException e) {
      meters.countFailure();
      LOG.log(System.Logger.Level.WARNING, "the newest events cannot be read; trying again", e);
      close();
      return false;
    }
  }

  private boolean read() throws IOException {
    JournalReader following = reader;
    if (following == null) {
      long position = source.durableLogPosition();
      following = source.readFrom(position);
      reader = following;
      window.beginAt(FeedPlace.before(position));
      tell();
    }
    long durable = source.durableLogPosition();
    List<PublicEvent> batch = new ArrayList<>();
    boolean hasMore = true;
    while (hasMore && batch.size() < BATCH_MAX) {
      hasMore = following.next();
      if (hasMore) {
        decoder.decode(following, 0, everything, batch);
      }
    }
    if (!batch.isEmpty()) {
      window.add(batch);
      meters.countTail(batch.size());
      tell();
    }
    if (!hasMore) {
      readUpTo = durable;
    }
    return hasMore;
  }

  /** Whether the window has everything that was durable at a position. */
  boolean hasRead(long durableLogPosition) {
    return readUpTo >= durableLogPosition;
  }

  private void tell() {
    listeners.forEach(Runnable::run);
  }

  void close() {
    JournalReader open = reader;
    reader = null;
    if (open != null) {
      window.drop();
      try {
        open.close();
      } catch (IOException e) {
        LOG.log(System.Logger.Level.DEBUG, "closing a segment", e);
      }
    }
  }
}
