// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Rooms".
package io.hongbao.room;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * The members of one room, for readers on all loops: 12 to 24 bytes each.
 *
 * <p>An open-addressed table. A place that was used is never empty again until the table is made
 * anew, so a reader who walks along a run of used places cannot miss anybody who stays.
 *
 * <p><b>Thread:</b> any reads, without a lock; one writes.
 */
final class MemberSet {

  private static final long EMPTY = 0;
  private static final long GONE = -1;
  private static final int PLACES_MIN = 8;

  private volatile AtomicLongArray places = new AtomicLongArray(PLACES_MIN);

  // Known to the writer only.
  private int count;
  private int usedPlaces;

  boolean contains(long userId) {
    // No user has a number below one; the marks of the table have.
    return userId > 0 && find(places, userId) >= 0;
  }

  void add(long userId) {
    if (contains(userId)) {
      return;
    }
    // Two thirds used at most, so that every run ends.
    if ((usedPlaces + 1) * 3L > places.length() * 2L) {
      rebuild();
    }
    put(places, userId);
    usedPlaces++;
    count++;
  }

  void remove(long userId) {
    AtomicLongArray table = places;
    int at = find(table, userId);
    if (at >= 0) {
      table.set(at, GONE);
      count--;
    }
  }

  private static int find(AtomicLongArray table, long userId) {
    int mask = table.length() - 1;
    int at = home(userId, mask);
    while (true) {
      long value = table.get(at);
      if (value == userId) {
        return at;
      }
      if (value == EMPTY) {
        return -1;
      }
      at = (at + 1) & mask;
    }
  }

  private static void put(AtomicLongArray table, long userId) {
    int mask = table.length() - 1;
    int at = home(userId, mask);
    while (table.get(at) != EMPTY) {
      at = (at + 1) & mask;
    }
    table.set(at, userId);
  }

  // Without the places of those who are gone; readers go on with the old table meanwhile.
  private void rebuild() {
    int length = PLACES_MIN;
    while ((count + 1) * 2L > length) {
      length *= 2;
    }
    AtomicLongArray old = places;
    AtomicLongArray fresh = new AtomicLongArray(length);
    for (int i = 0; i < old.length(); i++) {
      long value = old.get(i);
      if (value != EMPTY && value != GONE) {
        put(fresh, value);
      }
    }
    usedPlaces = count;
    places = fresh;
  }

  private static int home(long userId, int mask) {
    return (int) ((userId * 0x9E3779B97F4A7C15L) >>> 32) & mask;
  }
}
