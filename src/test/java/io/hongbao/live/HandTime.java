// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Live rooms".
package io.hongbao.live;

import io.hongbao.time.TimeSource;

/** A clock that a test moves. */
final class HandTime implements TimeSource {

  long nowMs = 1_000_000;

  @Override
  public long nowMs() {
    return nowMs;
  }

  @Override
  public long nanos() {
    return nowMs * 1_000_000;
  }
}
