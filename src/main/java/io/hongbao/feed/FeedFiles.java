// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Events".
package io.hongbao.feed;

import io.hongbao.export.RecordSource;
import io.hongbao.model.Check;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Old events, from segments and the archive.
 *
 * <p>A reader that has given a page stays open at its place, so that whoever reads on does not
 * begin anew; the one that was idle longest goes first.
 *
 * <p><b>Thread:</b> any asks; the executor's threads read.
 *
 * <p><b>Limit:</b> {@code readersMax} open readers between two pages, {@code readsWaitingMax} pages
 * under way; one more is refused.
 */
final class FeedFiles {

  private static final System.Logger LOG = System.getLogger(FeedFiles.class.getName());

  private final RecordSource source;
  private final Supplier<EventDecoder> decoders;
  private final Executor threads;
  private final FeedLimits limits;
  private final FeedMeters meters;
  private final AtomicInteger underWay = new AtomicInteger();
  // The longest idle first.
  private final List<FeedReader> idle = new ArrayList<>();
  private boolean isClosed;

  FeedFiles(
      RecordSource source,
      Supplier<EventDecoder> decoders,
      Executor threads,
      FeedLimits limits,
      FeedMeters meters) {
    this.source = source;
    this.decoders = decoders;
    this.threads = threads;
    this.limits = limits;
    this.meters = meters;
  }

  /** Pages being read or waiting for a thread. */
  int underWay() {
    return underWay.get();
  }

  /** Readers open between two pages. */
  int idle() {
    synchronized (idle) {
      return idle.size();
    }
  }

  /**
   * Reads a page on another thread.
   *
   * @return fails with {@link CursorUnknownException}, {@link FeedBusyException} or an {@link
   *     IOException}
   */
  CompletableFuture<FeedPage> read(FeedPlace place, TypeFilter filter, PageSize size) {
    if (underWay.incrementAndGet() > limits.readsWaitingMax()) {
      underWay.decrementAndGet();
      meters.countReadRefused();
      return CompletableFuture.failedFuture(new FeedBusyException());
    }
    CompletableFuture<FeedPage> page = new CompletableFuture<>();
    threads.execute(() -> run(place, filter, size, page));
    return page;
  }

  private void run(
      FeedPlace place, TypeFilter filter, PageSize size, CompletableFuture<FeedPage> page) {
    try {
      FeedPage read = readNow(place, filter, size);
      underWay.decrementAndGet();
      meters.countPageFromFiles();
      page.complete(read);
    } catch (CursorUnknownException e) {
      underWay.decrementAndGet();
      page.completeExceptionally(e);
    } catch (IOException | RuntimeException e) {
      underWay.decrementAndGet();
      meters.countFailure();
      page.completeExceptionally(e);
    }
  }

  private FeedPage readNow(FeedPlace place, TypeFilter filter, PageSize size)
      throws IOException, CursorUnknownException {
    FeedReader reader = takeIdle(place);
    if (reader == null) {
      meters.countReaderOpened();
      reader = FeedReader.open(source, decoders.get(), place);
    }
    boolean isGood = false;
    try {
      FeedPage page = reader.page(filter, size);
      isGood = true;
      return page;
    } finally {
      keep(isGood ? reader : null, isGood ? null : reader);
    }
  }

  private @Nullable FeedReader takeIdle(FeedPlace place) {
    synchronized (idle) {
      for (int i = idle.size() - 1; i >= 0; i--) {
        if (idle.get(i).place().isSame(place)) {
          return idle.remove(i);
        }
      }
      return null;
    }
  }

  private void keep(@Nullable FeedReader good, @Nullable FeedReader bad) {
    List<FeedReader> leaving = new ArrayList<>();
    if (bad != null) {
      leaving.add(bad);
    }
    synchronized (idle) {
      if (good != null) {
        idle.add(good);
      }
      while (idle.size() > (isClosed ? 0 : limits.readersMax())) {
        leaving.add(idle.removeFirst());
      }
    }
    leaving.forEach(FeedFiles::close);
  }

  /** Closes what has been idle since the last call; called now and then. */
  void sweep(int keepMax) {
    Check.atLeast(keepMax, 0, "readers to keep");
    List<FeedReader> leaving = new ArrayList<>();
    synchronized (idle) {
      while (idle.size() > keepMax) {
        leaving.add(idle.removeFirst());
      }
    }
    leaving.forEach(FeedFiles::close);
  }

  void close() {
    synchronized (idle) {
      isClosed = true;
    }
    sweep(0);
  }

  private static void close(FeedReader reader) {
    try {
      reader.close();
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "closing a segment", e);
    }
  }
}
