// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Events".
package io.hongbao.http;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * Who reads events over HTTP; for all loops together.
 *
 * <p><b>Thread:</b> any.
 */
public final class EventMeters {

  private final AtomicInteger open = new AtomicInteger();
  private final LongAdder sent = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private final LongAdder revoked = new LongAdder();

  /** Streams and waiting reads. */
  public int open() {
    return open.get();
  }

  /** Events sent in streams and pages. */
  public long sent() {
    return sent.sum();
  }

  /** Streams and waiting reads turned away at the limit. */
  public long refused() {
    return refused.sum();
  }

  /** Streams and waiting reads ended since their key was taken back. */
  public long revoked() {
    return revoked.sum();
  }

  /** Lets one more in, or says that there are too many. */
  boolean enter(int max) {
    if (open.incrementAndGet() <= max) {
      return true;
    }
    open.decrementAndGet();
    refused.increment();
    return false;
  }

  void leave() {
    open.decrementAndGet();
  }

  void countSent(int events) {
    sent.add(events);
  }

  void countRevoked() {
    revoked.increment();
  }
}
