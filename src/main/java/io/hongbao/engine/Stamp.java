// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The engine".
package io.hongbao.engine;

/**
 * Where and when a record stands; the one input of appliers beside the event.
 *
 * <p>One mutable instance per partition, so that a hot path allocates nothing; do not keep it.
 */
public final class Stamp {

  private long position;
  private long timeMs;

  /** The partition's sequence of the record. */
  public long position() {
    return position;
  }

  /** The partition's time of the decision, epoch milliseconds. */
  public long timeMs() {
    return timeMs;
  }

  void set(long position, long timeMs) {
    this.position = position;
    this.timeMs = timeMs;
  }
}
