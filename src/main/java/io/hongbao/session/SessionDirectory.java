// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Sessions".
package io.hongbao.session;

import io.hongbao.session.SessionCommand.NewToken;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Who each token speaks for, for all loops of this process.
 *
 * <p>A striped hash table whose places hold immutable chains: a reader takes one ordered read and
 * walks; a writer replaces a chain, or the table of its stripe when that grows, so that nobody ever
 * sees half a change. No object is made for a look-up; one token costs about 60 bytes.
 *
 * <p><b>Thread:</b> any reads, without a lock; the partitions' threads write, one at a time per
 * stripe and for some hundred nanoseconds, or some microseconds when a stripe grows.
 *
 * <p><b>Invariant:</b> holds what is durable, never more: a restart brings every token in here
 * back.
 */
public final class SessionDirectory {

  // A million tokens are then 4,000 to copy when a stripe doubles.
  private static final int STRIPES = 256;
  private static final int PLACES_MIN = 16;

  /** What {@link #userOf} gives for a token that is unknown, revoked or expired. */
  public static final long NOBODY = 0;

  private final Stripe[] stripes = new Stripe[STRIPES];
  private final SessionWatches watches = new SessionWatches();

  public SessionDirectory() {
    Arrays.setAll(stripes, i -> new Stripe());
  }

  /**
   * Finds the session of a token.
   *
   * @param hashHigh first 8 bytes of the token's hash
   * @param hashLow next 8 bytes
   * @return null when there is none, or when its time is over
   */
  public @Nullable Session find(long hashHigh, long hashLow, long nowMs) {
    Session session = stripe(hashHigh).find(hashHigh, hashLow);
    return session == null || session.expiresAtMs() <= nowMs ? null : session;
  }

  /** The user of a token, whatever its role, or {@link #NOBODY}. */
  public long userOf(long hashHigh, long hashLow, long nowMs) {
    Session session = find(hashHigh, hashLow, nowMs);
    return session == null ? NOBODY : session.userId();
  }

  /** Tokens that are let in, some of which may have expired just now. */
  public int count() {
    int count = 0;
    for (Stripe stripe : stripes) {
      count += stripe.count;
    }
    return count;
  }

  /**
   * Has somebody told when a session ends: at a revocation before whoever revoked hears of it, at a
   * token's natural end some moments later. A login that gets new tokens does not end.
   *
   * @param session as {@link #find} gave it
   * @param onEnd called once at most, on any thread; returns at once and does not throw
   */
  public SessionWatch watch(Session session, long nowMs, Runnable onEnd) {
    // It may have ended between the look-up and here; then nobody else will say so.
    return watches.add(
        session, () -> find(session.hashHigh(), session.hashLow(), nowMs) != null, onEnd);
  }

  /** Sessions that somebody watches. */
  public int watchedCount() {
    return watches.count();
  }

  void put(NewToken t) {
    put(t.userId(), t.hashHigh(), t.hashLow(), t.role(), t.expiresAtMs());
  }

  void put(long userId, long hashHigh, long hashLow, Role role, long expiresAtMs) {
    stripe(hashHigh).put(new Session(userId, hashHigh, hashLow, role, expiresAtMs, 0, null));
  }

  void remove(Token token) {
    stripe(token.hashHigh()).remove(token.hashHigh(), token.hashLow());
    watches.ended(
        new Session(token.userId(), token.hashHigh(), token.hashLow(), token.role(), 0, 0, null));
  }

  void put(Login login, Login.Access access) {
    if (!access.isNone()) {
      stripe(access.hashHigh()).put(session(login, access));
    }
  }

  /** Takes one access token of a login away; the login lives on. */
  void replaced(Login.Access access) {
    if (!access.isNone()) {
      stripe(access.hashHigh()).remove(access.hashHigh(), access.hashLow());
    }
  }

  void remove(Login login) {
    replaced(login.access());
    replaced(login.previous());
    watches.ended(session(login, login.access()));
  }

  private static Session session(Login login, Login.Access access) {
    return new Session(
        login.userId(),
        access.hashHigh(),
        access.hashLow(),
        Role.USER,
        access.expiresAtMs(),
        login.sessionId(),
        null);
  }

  // The key is the start of a SHA-256: its bits are spread already.
  private Stripe stripe(long hashHigh) {
    return stripes[(int) hashHigh & (STRIPES - 1)];
  }

  private static final class Stripe {

    private volatile AtomicReferenceArray<@Nullable Session> places =
        new AtomicReferenceArray<>(PLACES_MIN);

    // Written under the lock.
    private volatile int count;

    @Nullable Session find(long hashHigh, long hashLow) {
      AtomicReferenceArray<@Nullable Session> table = places;
      Session at = table.get(place(table, hashHigh));
      while (at != null && !at.hasHash(hashHigh, hashLow)) {
        at = at.next();
      }
      return at;
    }

    synchronized void put(Session session) {
      boolean isNew = find(session.hashHigh(), session.hashLow()) == null;
      if (isNew && count == places.length()) {
        grow();
      }
      // In one step, so that a token that gets a new end is never missing in between.
      AtomicReferenceArray<@Nullable Session> table = places;
      int place = place(table, session.hashHigh());
      table.set(place, session.before(without(table.get(place), session)));
      changeCount(isNew ? 1 : 0);
    }

    synchronized void remove(long hashHigh, long hashLow) {
      Session session = find(hashHigh, hashLow);
      if (session != null) {
        AtomicReferenceArray<@Nullable Session> table = places;
        int place = place(table, hashHigh);
        table.set(place, without(table.get(place), session));
        changeCount(-1);
      }
    }

    private static @Nullable Session without(@Nullable Session chain, Session left) {
      @Nullable Session kept = null;
      for (Session at = chain; at != null; at = at.next()) {
        kept = at.hasHash(left.hashHigh(), left.hashLow()) ? kept : at.before(kept);
      }
      return kept;
    }

    // One writer at a time, so a read and a write are enough.
    private void changeCount(int delta) {
      int before = count;
      count = before + delta;
    }

    private void grow() {
      AtomicReferenceArray<@Nullable Session> old = places;
      AtomicReferenceArray<@Nullable Session> grown = new AtomicReferenceArray<>(2 * old.length());
      for (int i = 0; i < old.length(); i++) {
        for (Session at = old.get(i); at != null; at = at.next()) {
          int place = place(grown, at.hashHigh());
          grown.setPlain(place, at.before(grown.getPlain(place)));
        }
      }
      places = grown;
    }

    private static int place(AtomicReferenceArray<@Nullable Session> table, long hashHigh) {
      return (int) (hashHigh >>> 16) & (table.length() - 1);
    }
  }
}
