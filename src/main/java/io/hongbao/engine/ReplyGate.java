// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "No reply before durability".
package io.hongbao.engine;

import java.util.Arrays;

/**
 * Holds back everything that may be told only after a position is durable: answers, effects,
 * acknowledgements, publications.
 *
 * <p>A ring in the order of required positions; a read of an older entity is put before newer
 * answers, so that it waits for nothing but what it looked at. What needs the same position leaves
 * in the order in which it came.
 *
 * <p><b>Thread:</b> the partition's.
 *
 * <p><b>Limit:</b> the partition takes no new command while {@link #count()} is at its limit.
 */
final class ReplyGate {

  private Object[] ports = new Object[64];
  private Object[] loads = new Object[64];
  private long[] required = new long[64];
  // The record that carried the change, negative for a stored answer; 0 for reads.
  private long[] records = new long[64];
  private int head;
  private int count;

  int count() {
    return count;
  }

  /** Puts something behind the gate until {@code requiredPosition} is durable. */
  void add(long requiredPosition, Object port, Object load, long recordPosition) {
    if (count == ports.length) {
      grow();
    }
    int mask = ports.length - 1;
    int at = head + count & mask;
    count++;
    while (at != head && required[at - 1 & mask] > requiredPosition) {
      int before = at - 1 & mask;
      ports[at] = ports[before];
      loads[at] = loads[before];
      required[at] = required[before];
      records[at] = records[before];
      at = before;
    }
    ports[at] = port;
    loads[at] = load;
    required[at] = requiredPosition;
    records[at] = recordPosition;
  }

  /** Receives what is let out. */
  interface Exit {
    void out(Object port, Object load, long recordPosition);
  }

  /** Lets out everything that needs no more than the durable position. */
  int release(long durablePosition, Exit exit) {
    int released = 0;
    while (count > 0 && required[head] <= durablePosition) {
      Object port = ports[head];
      Object load = loads[head];
      long record = records[head];
      Arrays.fill(ports, head, head + 1, null);
      Arrays.fill(loads, head, head + 1, null);
      head = head + 1 & ports.length - 1;
      count--;
      released++;
      exit.out(port, load, record);
    }
    return released;
  }

  private void grow() {
    int length = ports.length;
    ports = unrolled(ports);
    loads = unrolled(loads);
    required = unrolled(required, length);
    records = unrolled(records, length);
    head = 0;
  }

  private Object[] unrolled(Object[] old) {
    Object[] grown = new Object[2 * old.length];
    System.arraycopy(old, head, grown, 0, old.length - head);
    System.arraycopy(old, 0, grown, old.length - head, head);
    return grown;
  }

  private long[] unrolled(long[] old, int length) {
    long[] grown = new long[2 * length];
    System.arraycopy(old, head, grown, 0, length - head);
    System.arraycopy(old, 0, grown, length - head, head);
    return grown;
  }
}
