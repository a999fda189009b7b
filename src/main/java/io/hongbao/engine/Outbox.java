// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Transfers".
package io.hongbao.engine;

import io.hongbao.model.Check;
import io.hongbao.model.Digest;
import io.hongbao.model.StateHash;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * What this partition owes to others and is not yet known to have arrived, and what it has taken
 * from each of them.
 *
 * <p>Transfers carry consecutive numbers per ordered pair of partitions. The receiver keeps one
 * mark per source and takes mark + 1 only, so nothing is applied twice or skipped; the source keeps
 * an entry until the receiver says that it is durable there.
 *
 * <p><b>Thread:</b> the partition's.
 *
 * <p><b>Limit:</b> {@link #unacknowledged} per destination is bounded by {@code engine.outbox_max};
 * who would add asks first.
 */
public final class Outbox {

  private static final int ENTRY_TAG = 4;
  private static final int RECEIVED_TAG = 5;
  private static final int LAST_TAG = 6;

  /** Asset numbers are below this; see the ledger's account key. */
  private static final int ASSETS = 128;

  private final StateHash stateHash;
  private final TransferQueue[] destinations;
  private final long[] receivedMarks;
  // Destinations that may have something to be sent or told, a bit each: with forty of them most
  // have nothing, and a turn that looked at all would look at little else. Not state.
  private final long[] open;
  // Kept for metrics only: the books count transfers one by one.
  private final AtomicLongArray inFlightMinor = new AtomicLongArray(ASSETS);

  Outbox(StateHash stateHash, int partitionCount) {
    this.stateHash = stateHash;
    this.destinations = new TransferQueue[partitionCount];
    this.receivedMarks = new long[partitionCount];
    this.open = new long[(partitionCount + 63) >>> 6];
    for (int i = 0; i < partitionCount; i++) {
      destinations[i] = new TransferQueue();
    }
  }

  /** Enters a debt; called by appliers, after the posting to the transit account. */
  public void add(int destination, Transfer transfer, long position) {
    TransferQueue to = destinations[destination];
    changeLast(destination, to.last(), to.last() + 1);
    to.add(transfer, position);
    open[destination >>> 6] |= 1L << destination;
    countInFlight(transfer.asset(), transfer.amountMinor());
    stateHash.add(digest(destination, to.last(), transfer));
  }

  // One writer: a plain read and an ordered write cost no locked instruction.
  private void countInFlight(int asset, long deltaMinor) {
    inFlightMinor.lazySet(asset, inFlightMinor.getPlain(asset) + deltaMinor);
  }

  /** Money that has left and is not known to have arrived, for metrics. Any thread. */
  public long inFlightMinor(int asset) {
    return inFlightMinor.get(asset);
  }

  /** The next destination from there on whose entries are not all told; -1 if there is none. */
  int nextOpen(int from) {
    int word = from >>> 6;
    if (word >= open.length) {
      return -1;
    }
    long bits = open[word] & -1L << from;
    while (bits == 0) {
      word++;
      if (word == open.length) {
        return -1;
      }
      bits = open[word];
    }
    return (word << 6) + Long.numberOfTrailingZeros(bits);
  }

  /** Says that everything toward the destination is told, so that it need not be looked at. */
  void close(int destination) {
    open[destination >>> 6] &= ~(1L << destination);
  }

  public int unacknowledged(int destination) {
    return destinations[destination].count();
  }

  public int partitionCount() {
    return destinations.length;
  }

  /** Highest number up to which this partition has taken the source's transfers. */
  public long receivedMark(int source) {
    return receivedMarks[source];
  }

  /** The queue toward one destination, for reading. */
  public TransferQueue toward(int destination) {
    return destinations[destination];
  }

  void received(int source, long upTo) {
    Check.that(upTo > receivedMarks[source], "a mark only grows");
    if (receivedMarks[source] > 0) {
      stateHash.remove(mark(RECEIVED_TAG, source, receivedMarks[source]));
    }
    receivedMarks[source] = upTo;
    stateHash.add(mark(RECEIVED_TAG, source, upTo));
  }

  /** Drops the oldest entry of a destination because it is durable there. */
  Transfer drop(int destination) {
    TransferQueue to = destinations[destination];
    long number = to.acknowledged() + 1;
    Transfer transfer = to.removeFirst();
    countInFlight(transfer.asset(), -transfer.amountMinor());
    stateHash.remove(digest(destination, number, transfer));
    return transfer;
  }

  /** Sets the numbers of an empty queue as a snapshot holds them; entries follow by add. */
  void restore(int destination, long acknowledged) {
    if (acknowledged > 0) {
      destinations[destination].restore(acknowledged);
      changeLast(destination, 0, acknowledged);
    }
  }

  private void changeLast(int destination, long from, long to) {
    if (from > 0) {
      stateHash.remove(mark(LAST_TAG, destination, from));
    }
    stateHash.add(mark(LAST_TAG, destination, to));
  }

  private static long digest(int destination, long number, Transfer transfer) {
    long digest = Digest.mix(Digest.start(ENTRY_TAG), destination);
    digest = Digest.mix(digest, number);
    return Digest.mix(digest, transfer.digest());
  }

  private static long mark(int tag, int partition, long number) {
    return Digest.mix(Digest.mix(Digest.start(tag), partition), number);
  }
}
