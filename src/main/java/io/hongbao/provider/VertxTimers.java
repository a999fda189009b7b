// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Providers".
package io.hongbao.provider;

import io.vertx.core.Vertx;

/** Timers of the running Vert.x. */
public final class VertxTimers implements Timers {

  private final Vertx vertx;

  public VertxTimers(Vertx vertx) {
    this.vertx = vertx;
  }

  @Override
  public long set(long delayMs, Runnable task) {
    return vertx.setTimer(Math.max(1, delayMs), timerId -> task.run());
  }

  @Override
  public boolean cancel(long timerId) {
    return vertx.cancelTimer(timerId);
  }
}
