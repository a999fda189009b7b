// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Transfers".
package io.hongbao.engine;

import io.hongbao.model.Check;
import org.jspecify.annotations.Nullable;

/**
 * The transfers toward one destination, with consecutive numbers from {@code acknowledged + 1}.
 *
 * <p>What was handed to the link and what the other side told about it is kept here too; that is
 * volatile knowledge, not state, and starts afresh after a restart.
 *
 * <p><b>Thread:</b> the partition's.
 */
public final class TransferQueue {

  private @Nullable Transfer[] transfers = new Transfer[8];
  private long[] positions = new long[8];
  private int head;
  private int count;
  private long acknowledged;

  // Volatile knowledge.
  private long sent;
  private long told;
  private long movedAtMs;

  public int count() {
    return count;
  }

  /** Number of the newest entry ever added. */
  public long last() {
    return acknowledged + count;
  }

  /** Everything up to this number has left the queue by a journaled event. */
  public long acknowledged() {
    return acknowledged;
  }

  /** Everything up to this number is durable on the other side, by its own word. */
  public long told() {
    return told;
  }

  /** The entry with that number; it must be in the queue. */
  public Transfer transfer(long number) {
    return Check.present(transfers[place(number)], "transfer");
  }

  long position(long number) {
    return positions[place(number)];
  }

  long sent() {
    return sent;
  }

  void sent(long upTo) {
    sent = upTo;
  }

  /** When the receiver last said something new, or when sending began anew. */
  long movedAtMs() {
    return movedAtMs;
  }

  void movedAt(long nowMs) {
    movedAtMs = nowMs;
  }

  /** Takes the receiver's word; false if it says nothing new. */
  boolean told(long upTo) {
    Check.atMost(upTo, last(), "acknowledged transfer number");
    if (upTo <= told) {
      return false;
    }
    told = upTo;
    sent = Math.max(sent, upTo);
    return true;
  }

  void add(Transfer transfer, long position) {
    if (count == transfers.length) {
      grow();
    }
    int at = head + count & transfers.length - 1;
    transfers[at] = transfer;
    positions[at] = position;
    count++;
  }

  Transfer removeFirst() {
    Check.atLeast(count, 1, "transfers in the queue");
    Transfer transfer = Check.present(transfers[head], "transfer");
    transfers[head] = null;
    head = head + 1 & transfers.length - 1;
    count--;
    acknowledged++;
    sent = Math.max(sent, acknowledged);
    told = Math.max(told, acknowledged);
    return transfer;
  }

  void restore(long alreadyAcknowledged) {
    Check.equal(last(), 0, "entries of a queue that is restored");
    acknowledged = alreadyAcknowledged;
    sent = alreadyAcknowledged;
    told = alreadyAcknowledged;
  }

  private int place(long number) {
    long index = number - acknowledged - 1;
    Check.that(index >= 0 && index < count, "transfer number is in the queue");
    return head + (int) index & transfers.length - 1;
  }

  private void grow() {
    int length = transfers.length;
    @Nullable Transfer[] grown = new Transfer[2 * length];
    long[] grownPositions = new long[2 * length];
    for (int i = 0; i < count; i++) {
      grown[i] = transfers[head + i & length - 1];
      grownPositions[i] = positions[head + i & length - 1];
    }
    transfers = grown;
    positions = grownPositions;
    head = 0;
  }
}
