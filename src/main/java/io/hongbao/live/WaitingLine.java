// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Live rooms".
package io.hongbao.live;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The messages of a full room, and whose turn is next.
 *
 * <p>Next is who said least in the last 60 seconds, among equals who came first. So that a stream
 * of newcomers keeps nobody waiting for ever, every fourth turn goes to whoever waits longest.
 *
 * <p><b>Invariant:</b> a message before which {@code n} others came is said at the latest with turn
 * {@code 4 (n + 1)} after its arrival: {@link #turnsMax}.
 *
 * <p><b>Thread:</b> the owner loop's.
 *
 * <p><b>Limit:</b> one message of a user, {@code room.waiting_max} in all; a turn looks at each.
 */
final class WaitingLine {

  /** Every so manieth turn goes by arrival alone. */
  static final int TURNS_PER_OLDEST = 4;

  private final SpokenCounts counts;
  // In order of arrival.
  private final List<Ticket> waiting = new ArrayList<>();
  private int turn;

  WaitingLine(SpokenCounts counts) {
    this.counts = counts;
  }

  int size() {
    return waiting.size();
  }

  /** Turns within which a message is said that would come now. */
  static long turnsMax(int waitingBefore) {
    return (long) TURNS_PER_OLDEST * (waitingBefore + 1);
  }

  void add(Ticket ticket) {
    waiting.add(ticket);
  }

  @Nullable Ticket ofUser(long userId) {
    for (Ticket ticket : waiting) {
      if (ticket.chat.userId() == userId) {
        return ticket;
      }
    }
    return null;
  }

  @Nullable Ticket find(long id) {
    for (Ticket ticket : waiting) {
      if (ticket.chat.id() == id) {
        return ticket;
      }
    }
    return null;
  }

  boolean remove(Ticket ticket) {
    return waiting.remove(ticket);
  }

  /** Takes out who is next. */
  @Nullable Ticket next(long nowMs) {
    if (waiting.isEmpty()) {
      return null;
    }
    turn++;
    Ticket next = turn % TURNS_PER_OLDEST == 0 ? waiting.get(0) : first(nowMs);
    waiting.remove(next);
    return next;
  }

  private Ticket first(long nowMs) {
    Ticket best = waiting.get(0);
    long least = counts.of(best.chat.userId(), nowMs);
    for (int i = 1; i < waiting.size() && least > 0; i++) {
      Ticket other = waiting.get(i);
      long count = counts.of(other.chat.userId(), nowMs);
      if (count < least) {
        best = other;
        least = count;
      }
    }
    return best;
  }

  /** Place of a message by that order as it is now; 1 is next. */
  int placeOf(Ticket ticket, long nowMs) {
    long own = counts.of(ticket.chat.userId(), nowMs);
    int place = 1;
    boolean isBehind = false;
    for (Ticket other : waiting) {
      if (other.chat.id() == ticket.chat.id()) {
        isBehind = true;
        continue;
      }
      long count = counts.of(other.chat.userId(), nowMs);
      if (count < own || (count == own && !isBehind)) {
        place++;
      }
    }
    return place;
  }

  /** Takes out those whose time is up. */
  List<Ticket> takeExpired(long nowMs) {
    List<Ticket> expired = new ArrayList<>();
    waiting.removeIf(
        ticket -> {
          boolean isOver = nowMs >= ticket.expiresAtMs;
          if (isOver) {
            expired.add(ticket);
          }
          return isOver;
        });
    return expired;
  }

  List<Ticket> takeAll() {
    List<Ticket> all = new ArrayList<>(waiting);
    waiting.clear();
    return all;
  }
}
