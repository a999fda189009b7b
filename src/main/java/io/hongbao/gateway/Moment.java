// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The gateway".
package io.hongbao.gateway;

import io.hongbao.live.LogEntry;
import io.hongbao.live.RoomEntry.Chat;
import io.hongbao.live.RoomEntry.Recall;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Consecutive entries of a room as one density shows them: what is shown, and what is said to be
 * left out.
 *
 * <p><b>Invariant:</b> every sequence from {@link #from} to {@link #to} is accounted for exactly
 * once: as an item's own, in an item's {@code also}, or in the count of the one range it lies in.
 *
 * <p><b>Thread:</b> any; immutable.
 */
record Moment(long epoch, long from, long to, List<Shown> shown, List<LeftOut> leftOut) {

  private static final long[] NONE = {};

  /**
   * One item.
   *
   * @param also sequences of entries that said exactly the same
   */
  @SuppressWarnings("ArrayRecordComponent") // made here, and never compared
  record Shown(LogEntry entry, long[] also) {}

  /**
   * Entries that are not shown.
   *
   * @param count how many between the two ends, both included, are not shown
   */
  record LeftOut(long from, long to, long count) {}

  /** Makes the moment of entries that follow each other without a gap. */
  static Moment of(List<LogEntry> entries, Density density) {
    LogEntry first = entries.get(0);
    long to = entries.get(entries.size() - 1).sequence();
    if (!density.merges()) {
      List<Shown> all = new ArrayList<>(entries.size());
      for (LogEntry entry : entries) {
        all.add(new Shown(entry, NONE));
      }
      return new Moment(first.epoch(), first.sequence(), to, all, List.of());
    }
    return merged(entries, density, first, to);
  }

  // What two texts must have in common to be the same on a screen.
  private record Look(String text, Object position, int colourRgb, int size, long videoTimeMs) {
    static Look of(Chat chat) {
      return new Look(
          chat.text(), chat.position(), chat.colourRgb(), chat.size(), chat.videoTimeMs());
    }
  }

  private static final class Repeats {
    private long[] also = NONE;
    private int count;

    void add(long sequence) {
      if (count == also.length) {
        also = Arrays.copyOf(also, Math.max(4, 2 * count));
      }
      also[count++] = sequence;
    }

    long[] sequences() {
      return count == also.length ? also : Arrays.copyOf(also, count);
    }
  }

  private static Moment merged(List<LogEntry> entries, Density density, LogEntry first, long to) {
    Map<Look, Repeats> repeats = new HashMap<>();
    List<Object[]> items = new ArrayList<>(entries.size());
    List<LeftOut> leftOut = new ArrayList<>();
    int talks = 0;
    for (LogEntry entry : entries) {
      if (!(entry.entry() instanceof Chat chat)) {
        items.add(new Object[] {entry, null});
        continue;
      }
      Look look = Look.of(chat);
      Repeats known = repeats.get(look);
      if (known != null) {
        known.add(entry.sequence());
      } else if (talks < density.talksMax()) {
        talks++;
        Repeats own = new Repeats();
        repeats.put(look, own);
        items.add(new Object[] {entry, own});
      } else {
        leave(leftOut, entry.sequence());
      }
    }
    List<Shown> shown = new ArrayList<>(items.size());
    for (Object[] item : items) {
      long[] also = item[1] instanceof Repeats own ? own.sequences() : NONE;
      shown.add(new Shown((LogEntry) item[0], also));
    }
    return new Moment(first.epoch(), first.sequence(), to, shown, leftOut);
  }

  private static void leave(List<LeftOut> ranges, long sequence) {
    LeftOut last = ranges.isEmpty() ? null : ranges.get(ranges.size() - 1);
    if (last != null && last.to() == sequence - 1) {
      ranges.set(ranges.size() - 1, new LeftOut(last.from(), sequence, last.count() + 1));
    } else {
      ranges.add(new LeftOut(sequence, sequence, 1));
    }
  }

  /**
   * What a reader hears who could not keep up: of these entries only what must not be lost.
   *
   * @param entries all of the log from {@code from} to {@code to}
   */
  static Moment shed(long epoch, long from, long to, List<LogEntry> entries) {
    List<Shown> kept = new ArrayList<>();
    for (LogEntry entry : entries) {
      if (isKept(entry)) {
        kept.add(new Shown(entry, NONE));
      }
    }
    long lost = to - from + 1 - kept.size();
    List<LeftOut> ranges = lost == 0 ? List.of() : List.of(new LeftOut(from, to, lost));
    return new Moment(epoch, from, to, kept, ranges);
  }

  /** Whether an entry reaches every screen, however slow. */
  static boolean isKept(LogEntry entry) {
    return entry.entry().isMoney() || entry.entry() instanceof Recall;
  }
}
