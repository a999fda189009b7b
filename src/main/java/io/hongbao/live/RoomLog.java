// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Live rooms".
package io.hongbao.live;

import io.hongbao.live.RoomEntry.Chat;
import io.hongbao.live.RoomEntry.Recall;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The entries of one room, in a ring that grows with them.
 *
 * <p><b>Thread:</b> the owner loop appends and drops; any thread reads without a lock.
 *
 * <p><b>Invariant:</b> what is read has consecutive numbers: a place whose entry has another number
 * than was looked for was used anew meanwhile, and reading begins again behind it.
 */
final class RoomLog {

  private static final int PLACES_MIN = 16;

  private final long epoch;
  private volatile AtomicReferenceArray<@Nullable LogEntry> places =
      new AtomicReferenceArray<>(PLACES_MIN);
  private volatile long firstSequence = 1;
  private volatile long lastSequence;

  // Known to the owner only.
  private long sizeBytes;
  private long lastAtMs;

  RoomLog(long epoch) {
    this.epoch = epoch;
  }

  long epoch() {
    return epoch;
  }

  Tail tail() {
    // The first before the last: a tail may show too much to read, never a first behind the last.
    long first = firstSequence;
    return new Tail(epoch, first, lastSequence);
  }

  boolean isEmpty() {
    return firstSequence > lastSequence;
  }

  /** When the newest entry came, also one that is gone; 0 before the first. The owner's. */
  long lastAtMs() {
    return lastAtMs;
  }

  long sizeBytes() {
    return sizeBytes;
  }

  LogEntry append(RoomEntry what, long nowMs, LogLimits limits) {
    lastAtMs = Math.max(lastAtMs, nowMs);
    LogEntry entry = new LogEntry(epoch, lastSequence + 1, lastAtMs, what);
    if (entry.sequence() - firstSequence == places.length()) {
      grow();
    }
    places.set(place(entry.sequence()), entry);
    lastSequence = entry.sequence();
    sizeBytes += what.sizeBytes();
    if (what instanceof Recall recall) {
      blank(recall);
    }
    drop(nowMs, limits);
    return entry;
  }

  /** Takes the text out of an entry that is still there, so that nobody reads it any more. */
  private void blank(Recall recall) {
    if (recall.ofEpoch() != epoch
        || recall.sequence() < firstSequence
        || recall.sequence() > lastSequence) {
      return;
    }
    LogEntry old = places.get(place(recall.sequence()));
    if (old != null && old.entry() instanceof Chat chat) {
      Chat blank = chat.withoutText();
      sizeBytes += blank.sizeBytes() - chat.sizeBytes();
      places.set(place(old.sequence()), new LogEntry(epoch, old.sequence(), old.atMs(), blank));
    }
  }

  /** Lets go of what is too old or too much; the newest entry stays while it is young. */
  void drop(long nowMs, LogLimits limits) {
    while (firstSequence <= lastSequence) {
      LogEntry oldest = places.get(place(firstSequence));
      if (oldest == null) {
        return;
      }
      boolean isTooMuch = sizeBytes > limits.logBytes() && firstSequence < lastSequence;
      if (!isTooMuch && nowMs - oldest.atMs() < limits.logAgeMs()) {
        return;
      }
      sizeBytes -= oldest.entry().sizeBytes();
      int place = place(firstSequence);
      // Written by the owner alone.
      firstSequence = oldest.sequence() + 1;
      places.set(place, null);
    }
    if (places.length() > PLACES_MIN) {
      // What a loud hour needed is not kept for a quiet year.
      places = new AtomicReferenceArray<>(PLACES_MIN);
    }
  }

  List<LogEntry> read(long afterSequence, int maxBytes) {
    List<LogEntry> found = new ArrayList<>();
    long bytes = 0;
    long next = Math.max(afterSequence + 1, firstSequence);
    while (next <= lastSequence) {
      AtomicReferenceArray<@Nullable LogEntry> table = places;
      LogEntry entry = table.get((int) (next & (table.length() - 1)));
      if (entry == null || entry.sequence() != next) {
        // Dropped, or the ring was made anew under our eyes.
        if (next < firstSequence) {
          found.clear();
          bytes = 0;
          next = firstSequence;
        }
        continue;
      }
      bytes += entry.entry().sizeBytes();
      if (bytes > maxBytes && !found.isEmpty()) {
        break;
      }
      found.add(entry);
      next++;
    }
    return List.copyOf(found);
  }

  private int place(long sequence) {
    return (int) (sequence & (places.length() - 1));
  }

  private void grow() {
    AtomicReferenceArray<@Nullable LogEntry> old = places;
    AtomicReferenceArray<@Nullable LogEntry> grown = new AtomicReferenceArray<>(2 * old.length());
    for (long each = firstSequence; each <= lastSequence; each++) {
      int from = (int) (each & (old.length() - 1));
      grown.setPlain((int) (each & (grown.length() - 1)), old.get(from));
    }
    places = grown;
  }
}
