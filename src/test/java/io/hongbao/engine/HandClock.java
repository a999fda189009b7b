// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Proof".
package io.hongbao.engine;

import io.hongbao.time.TimeSource;

/** A clock that a test moves by hand. */
public final class HandClock implements TimeSource {

  /** 2026-02-16T12:00:00Z, the eve of a lunar new year. */
  public static final long START_MS = 1_771_243_200_000L;

  private long nowMs = START_MS;

  @Override
  public long nowMs() {
    return nowMs;
  }

  @Override
  public long nanos() {
    return nowMs * 1_000_000;
  }

  public void advance(long byMs) {
    nowMs += byMs;
  }
}
