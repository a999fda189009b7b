// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Events".
package io.hongbao.feed;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The newest events, in a ring.
 *
 * <p><b>Thread:</b> any; a lock that is held for microseconds.
 *
 * <p><b>Invariant:</b> holds every public event behind {@link #from} up to the newest it was given.
 *
 * <p><b>Limit:</b> so many events and so many bytes of envelopes; the oldest go first.
 */
final class FeedWindow {

  /** What one look examines on an event loop: some 50 ns each. */
  private static final int EXAMINED_MAX = 4_096;

  private final @Nullable PublicEvent[] ring;
  private final long bytesMax;
  private long first;
  private long end;
  private long bytes;
  private @Nullable FeedPlace from;

  FeedWindow(FeedLimits limits) {
    this.ring = new @Nullable PublicEvent[Integer.highestOneBit(limits.tailEventsMax())];
    this.bytesMax = limits.tailBytesMax();
  }

  /** Empties the window and lets it begin at a place. */
  synchronized void beginAt(FeedPlace place) {
    clear();
    from = place;
  }

  /** Empties the window; it answers nobody until it begins again. */
  synchronized void drop() {
    clear();
    from = null;
  }

  private void clear() {
    while (first < end) {
      ring[index(first++)] = null;
    }
    bytes = 0;
  }

  synchronized void add(List<PublicEvent> events) {
    for (PublicEvent event : events) {
      while (end - first == ring.length || (bytes > bytesMax && first < end)) {
        dropOldest();
      }
      ring[index(end++)] = event;
      bytes += event.json().length;
    }
  }

  private void dropOldest() {
    PublicEvent oldest = at(first);
    ring[index(first++)] = null;
    bytes -= oldest.json().length;
    from = oldest.place();
  }

  /** Behind the newest event; null when the window is closed. */
  synchronized @Nullable FeedPlace newest() {
    return from != null && end > first ? at(end - 1).place() : from;
  }

  synchronized int size() {
    return (int) (end - first);
  }

  synchronized long sizeBytes() {
    return bytes;
  }

  /**
   * Whether there is an event behind the place, or may be one before the window. A closed window
   * says no: it tells its listeners when it begins.
   */
  synchronized boolean hasMoreThan(FeedPlace place) {
    FeedPlace begin = from;
    return begin != null
        && (!place.hasSeen(begin) || (end > first && at(end - 1).place().isAfter(place)));
  }

  /**
   * The events behind a place.
   *
   * @param isForeign whether the place comes from outside and has to be one that stands here
   * @return null when the window does not reach back so far, or does not know the place
   */
  synchronized @Nullable FeedPage read(
      FeedPlace place, boolean isForeign, TypeFilter filter, PageSize size) {
    FeedPlace begin = from;
    if (begin == null || !place.hasSeen(begin)) {
      return null;
    }
    long next = firstAfter(place);
    if (isForeign && !isKnown(place, begin, next)) {
      return null;
    }
    long limit = Math.min(end, next + EXAMINED_MAX);
    List<PublicEvent> events = new ArrayList<>();
    long pageBytes = 0;
    FeedPlace reached = place;
    while (next < limit && !size.isFull(events.size(), pageBytes)) {
      PublicEvent event = at(next++);
      reached = event.place();
      if (filter.wants(event.type())) {
        events.add(event);
        pageBytes += event.json().length;
      }
    }
    return new FeedPage(events, reached, next == end);
  }

  private boolean isKnown(FeedPlace place, FeedPlace begin, long next) {
    return place.isSame(begin) || (next > first && place.isSame(at(next - 1).place()));
  }

  private long firstAfter(FeedPlace place) {
    long low = first;
    long high = end;
    while (low < high) {
      long middle = (low + high) >>> 1;
      if (at(middle).place().isAfter(place)) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  private PublicEvent at(long number) {
    PublicEvent event = ring[index(number)];
    if (event == null) {
      throw new IllegalStateException("a place of the ring is empty");
    }
    return event;
  }

  private int index(long number) {
    return (int) number & (ring.length - 1);
  }
}
