// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Events".
package io.hongbao.feed;

import io.hongbao.export.RecordSource;
import io.hongbao.time.TimeSource;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * All public events of this server, from any place on.
 *
 * <p><b>Thread:</b> any; nothing here blocks but {@link #step}.
 *
 * <p><b>Durability:</b> shows what is durable and nothing else.
 */
public final class Feed {

  private final RecordSource source;
  private final EventCatalog catalog;
  private final FeedMeters meters = new FeedMeters();
  private final FeedTail tail;
  private final FeedFiles files;
  private Runnable onWanted = () -> {};

  /**
   * Puts a feed together.
   *
   * @param families makes what every reader needs for itself
   * @param writers the same
   * @param threads read files, and may block
   */
  public Feed(
      RecordSource source,
      Supplier<Collection<FamilyFeed>> families,
      Supplier<EnvelopeWriter> writers,
      FeedLimits limits,
      Executor threads,
      TimeSource time) {
    this.source = source;
    EventCatalog known = new EventCatalog(families.get());
    this.catalog = known;
    Supplier<EventDecoder> decoders = () -> new EventDecoder(known, families.get(), writers.get());
    this.tail = new FeedTail(source, decoders.get(), known.everything(), limits, meters, time);
    this.files = new FeedFiles(source, decoders, threads, limits, meters);
  }

  public EventCatalog catalog() {
    return catalog;
  }

  public FeedMeters meters() {
    return meters;
  }

  /** Events in memory. */
  public int tailSize() {
    return tail.window().size();
  }

  /** Bytes of events in memory. */
  public long tailSizeBytes() {
    return tail.window().sizeBytes();
  }

  /** Pages of old events being read or waiting. */
  public int readsUnderWay() {
    return files.underWay();
  }

  /** Readers of files that are open. */
  public int readersIdle() {
    return files.idle();
  }

  /** Behind everything that is durable now. */
  public FeedPlace newest() {
    want();
    // Whoever was answered and asks then must not be shown what they were answered about: the tail
    // may be behind.
    long durable = source.durableLogPosition();
    FeedPlace newest = tail.hasRead(durable) ? tail.window().newest() : null;
    return newest == null ? FeedPlace.before(durable) : newest;
  }

  /**
   * The events behind a place, if they are in memory.
   *
   * @param isForeign whether the place comes from a client
   * @return null when they must be read from files
   */
  public @Nullable FeedPage fromMemory(
      FeedPlace place, boolean isForeign, TypeFilter filter, PageSize size) {
    want();
    FeedPage page = tail.window().read(place, isForeign, filter, size);
    if (page != null) {
      meters.countPageFromTail();
    }
    return page;
  }

  /**
   * The events behind a place, from files.
   *
   * @return completes on another thread; fails with {@link CursorUnknownException}, {@link
   *     FeedBusyException} or an {@link java.io.IOException}
   */
  public CompletableFuture<FeedPage> fromFiles(FeedPlace place, TypeFilter filter, PageSize size) {
    return files.read(place, filter, size);
  }

  /** Whether a look behind the place is worth while; if not, listeners are told when it is. */
  public boolean hasMoreThan(FeedPlace place) {
    want();
    return tail.window().hasMoreThan(place);
  }

  /** Calls back, quickly and on a thread of the feed, whenever there may be more. */
  public void listen(Runnable listener) {
    tail.listen(listener);
  }

  public void forget(Runnable listener) {
    tail.forget(listener);
  }

  /** Says who makes the steps when somebody begins to want them. */
  void onWanted(Runnable wake) {
    onWanted = wake;
  }

  private void want() {
    if (tail.want()) {
      onWanted.run();
    }
  }

  boolean isWanted() {
    return tail.isWanted();
  }

  /** Reads what became durable; true if there may be more at once. One thread's. */
  boolean step() {
    return tail.step();
  }

  /** Closes readers that nobody came back to. */
  void sweep(int keepMax) {
    files.sweep(keepMax);
  }

  /** Lets go of all files. */
  void close() {
    tail.close();
    files.close();
  }
}
