// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Metrics".
package io.hongbao.engine;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Counters of one partition.
 *
 * <p><b>Thread:</b> written by the partition's, read by any.
 */
public final class PartitionMeters {

  private final AtomicLong records = new AtomicLong();
  private final AtomicLong refusals = new AtomicLong();
  private final AtomicLong overloaded = new AtomicLong();
  private final AtomicLong repeats = new AtomicLong();
  private final AtomicLong transfersTaken = new AtomicLong();
  private final AtomicLong waitingReplies = new AtomicLong();
  private final AtomicLong inFlight = new AtomicLong();
  private final AtomicLong keys = new AtomicLong();

  // Single writer: a plain read and an ordered write cost no locked instruction.
  private static void add(AtomicLong counter, long delta) {
    counter.lazySet(counter.getPlain() + delta);
  }

  void countRecord() {
    add(records, 1);
  }

  void countRefusal() {
    add(refusals, 1);
  }

  void countOverloaded() {
    add(overloaded, 1);
  }

  void countRepeat() {
    add(repeats, 1);
  }

  void countTransfers(int taken) {
    add(transfersTaken, taken);
  }

  void waiting(int replies) {
    waitingReplies.lazySet(replies);
  }

  void inFlight(long transfers) {
    inFlight.lazySet(transfers);
  }

  void keys(int remembered) {
    keys.lazySet(remembered);
  }

  /** Idempotency keys that are remembered. */
  public long keys() {
    return keys.get();
  }

  /** Records appended. */
  public long records() {
    return records.get();
  }

  /** Commands refused by a rule. */
  public long refusals() {
    return refusals.get();
  }

  /** Commands turned away at a limit. */
  public long overloaded() {
    return overloaded.get();
  }

  /** Repeats of a key that were answered from the store. */
  public long repeats() {
    return repeats.get();
  }

  /** Transfers taken from other partitions. */
  public long transfersTaken() {
    return transfersTaken.get();
  }

  /** Answers that wait to become durable. */
  public long waitingReplies() {
    return waitingReplies.get();
  }

  /** Transfers that other partitions have not acknowledged. */
  public long inFlight() {
    return inFlight.get();
  }
}
