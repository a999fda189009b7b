// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "State hash".
package io.hongbao.model;

/**
 * The additive 64-bit hash of a partition's state: the sum of the digests of its entities.
 *
 * <p>Adding and removing commute, so an applier updates it in constant time, and a state that was
 * rebuilt in another order has the same hash. It finds an applier that forgot something or a
 * snapshot that lost something; it is no defence against forgery.
 *
 * <p><b>Thread:</b> the partition's.
 */
public final class StateHash {

  private long sum;

  public void add(long digest) {
    sum += digest;
  }

  public void remove(long digest) {
    sum -= digest;
  }

  public long value() {
    return sum;
  }
}
