// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Read model".
package io.hongbao.export;

import io.hongbao.time.TimeSource;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that stands until it is moved. */
public final class ManualTime implements TimeSource {

  private static final long START_MS = 1_700_000_000_000L;

  private final AtomicLong passedMs = new AtomicLong();

  public void advanceMs(long ms) {
    passedMs.addAndGet(ms);
  }

  @Override
  public long nowMs() {
    return START_MS + passedMs.get();
  }

  @Override
  public long nanos() {
    return passedMs.get() * 1_000_000;
  }
}
