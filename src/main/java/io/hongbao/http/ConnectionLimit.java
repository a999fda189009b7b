// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The edge".
package io.hongbao.http;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts the connections of all loops, so that clients cannot use up the descriptors that the
 * journal needs.
 *
 * <p><b>Thread:</b> any.
 *
 * <p><b>Limit:</b> {@code http.connections_max}; the next one is closed at once.
 */
public final class ConnectionLimit {

  private final int max;
  private final AtomicInteger open = new AtomicInteger();

  public ConnectionLimit(int max) {
    this.max = max;
  }

  /** Takes a place; false when there is none. */
  boolean enter() {
    if (open.incrementAndGet() <= max) {
      return true;
    }
    open.decrementAndGet();
    return false;
  }

  void leave() {
    open.decrementAndGet();
  }

  /** Connections open now. */
  public int open() {
    return open.get();
  }
}
