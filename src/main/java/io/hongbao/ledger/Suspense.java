// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Ledger".
package io.hongbao.ledger;

import io.hongbao.ledger.SuspenseEntry.Origin;
import io.hongbao.model.Check;
import io.hongbao.model.Digest;
import io.hongbao.model.StateHash;
import java.util.Collection;
import java.util.Collections;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * What the suspense accounts of one partition are made of, piece by piece, until somebody settles
 * it.
 *
 * <p><b>Thread:</b> the partition's.
 *
 * <p><b>Invariant:</b> per asset the entries add up to the balance of the suspense account; books
 * and {@code verify} compare the two.
 */
public final class Suspense {

  private static final int LAST_TAG = 10;

  private final StateHash stateHash;
  private final TreeMap<Long, SuspenseEntry> open = new TreeMap<>();
  private final AtomicInteger openCount = new AtomicInteger();
  private long lastNumber;

  public Suspense(StateHash stateHash) {
    this.stateHash = stateHash;
  }

  public @Nullable SuspenseEntry find(long number) {
    return open.get(number);
  }

  /** The open entries in the order of their numbers. */
  public Collection<SuspenseEntry> entries() {
    return Collections.unmodifiableCollection(open.values());
  }

  /** The open entries above that number. */
  public Collection<SuspenseEntry> after(long number) {
    return Collections.unmodifiableCollection(open.tailMap(number, false).values());
  }

  /** How many entries are open, for metrics. Any thread. */
  public int openCount() {
    return openCount.get();
  }

  public long lastNumber() {
    return lastNumber;
  }

  /** Notes a posting to (or, below zero, from) the suspense account. Called by appliers. */
  public void open(
      int asset,
      long amountMinor,
      Origin origin,
      long originId,
      int place,
      long ownerId,
      int reasonNumber,
      long atMs,
      long position) {
    Check.that(amountMinor != 0, "suspense of nothing");
    setLast(lastNumber + 1);
    put(
        new SuspenseEntry(
            lastNumber,
            asset,
            amountMinor,
            origin,
            originId,
            place,
            ownerId,
            reasonNumber,
            atMs,
            position));
  }

  /** Notes that an entry's money has gone where it belongs. Called by appliers. */
  public SuspenseEntry close(long number) {
    SuspenseEntry gone = Check.present(open.remove(number), "entry in suspense");
    stateHash.remove(gone.digest());
    openCount.lazySet(open.size());
    return gone;
  }

  /** Closes the entry of something that settles itself; there are few, so they are looked over. */
  public void close(Origin origin, long originId) {
    for (SuspenseEntry entry : open.values()) {
      if (entry.origin() == origin && entry.originId() == originId) {
        close(entry.number());
        return;
      }
    }
    Check.that(false, "entry in suspense");
  }

  /** Puts back what a snapshot holds. */
  public void restore(long last, Collection<SuspenseEntry> entries) {
    setLast(last);
    entries.forEach(this::put);
  }

  private void put(SuspenseEntry entry) {
    open.put(entry.number(), entry);
    stateHash.add(entry.digest());
    openCount.lazySet(open.size());
  }

  private void setLast(long number) {
    if (lastNumber > 0) {
      stateHash.remove(lastDigest());
    }
    lastNumber = number;
    if (lastNumber > 0) {
      stateHash.add(lastDigest());
    }
  }

  private long lastDigest() {
    return Digest.mix(Digest.start(LAST_TAG), lastNumber);
  }
}
