// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Rooms".
package io.hongbao.room;

import io.hongbao.model.Check;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * All rooms of the process, for the rules of packets on every event loop.
 *
 * <p>A hash table of immutable chains; rooms come and never go. A look-up makes no object.
 *
 * <p><b>Thread:</b> any reads, without a lock. A room is changed by the thread of its partition
 * only; rooms of several partitions may be opened at once.
 *
 * <p><b>Invariant:</b> shows what is durable, never more.
 */
public final class RoomDirectory {

  private static final int PLACES_MIN = 1 << 10;

  private record Entry(long roomId, boolean isPublic, MemberSet members, @Nullable Entry next) {}

  private volatile AtomicReferenceArray<@Nullable Entry> places =
      new AtomicReferenceArray<>(PLACES_MIN);
  private volatile int count;
  private volatile Leaving onLeave = (roomId, userId) -> {};

  /** Hears who is in a room no more. */
  @FunctionalInterface
  public interface Leaving {
    void left(long roomId, long userId);
  }

  /** Has somebody told who leaves rooms: on the room's partition's thread, who must be quick. */
  public void onLeave(Leaving listener) {
    onLeave = listener;
  }

  /** Whether the room exists and the user may see what is in it. */
  public boolean isInRoom(long roomId, long userId) {
    Entry entry = find(roomId);
    return entry != null && (entry.isPublic() || entry.members().contains(userId));
  }

  public int count() {
    return count;
  }

  /** Makes a room known, without members; one that is known stays as it is. */
  synchronized void open(long roomId, boolean isPublic) {
    if (find(roomId) != null) {
      return;
    }
    int before = count;
    if (before == places.length()) {
      grow();
    }
    AtomicReferenceArray<@Nullable Entry> table = places;
    int place = place(table, roomId);
    table.set(place, new Entry(roomId, isPublic, new MemberSet(), table.get(place)));
    count = before + 1;
  }

  /** Lets members in and out of a room that is known. */
  void change(long roomId, List<Long> added, List<Long> removed) {
    MemberSet members = Check.present(find(roomId), "known room").members();
    removed.forEach(members::remove);
    added.forEach(members::add);
    removed.forEach(userId -> onLeave.left(roomId, userId));
  }

  private @Nullable Entry find(long roomId) {
    AtomicReferenceArray<@Nullable Entry> table = places;
    Entry at = table.get(place(table, roomId));
    while (at != null && at.roomId() != roomId) {
      at = at.next();
    }
    return at;
  }

  private void grow() {
    AtomicReferenceArray<@Nullable Entry> old = places;
    AtomicReferenceArray<@Nullable Entry> grown = new AtomicReferenceArray<>(2 * old.length());
    for (int i = 0; i < old.length(); i++) {
      for (Entry at = old.get(i); at != null; at = at.next()) {
        int place = place(grown, at.roomId());
        // The members themselves are shared: who changes them meanwhile changes both.
        grown.setPlain(
            place, new Entry(at.roomId(), at.isPublic(), at.members(), grown.getPlain(place)));
      }
    }
    places = grown;
  }

  private static int place(AtomicReferenceArray<@Nullable Entry> table, long roomId) {
    return (int) ((roomId * 0x9E3779B97F4A7C15L) >>> 32) & (table.length() - 1);
  }
}
