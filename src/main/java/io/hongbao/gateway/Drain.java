// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The gateway".
package io.hongbao.gateway;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Sends the connections of a loop away, some at a time, each with a time of its own to come back:
 * else all of them would meet at the next server in the same second.
 *
 * <p><b>Thread:</b> the loop's.
 */
final class Drain {

  /** What a reason to go begins with; the time to come back after follows. */
  static final String AFTER = "after_ms=";

  private static final int STEPS = 20;

  /** How many may come back in a second, over all loops. */
  private static final int COMING_PER_S = 2_000;

  private static final long AFTER_MS_MIN = 500;

  private final GatewayLoop loop;
  private final List<LiveConnection> left;
  private final long stepMs;
  private final int perStep;
  private final CompletableFuture<Void> done = new CompletableFuture<>();
  private int at;

  private Drain(GatewayLoop loop, List<LiveConnection> left, long overMs) {
    this.loop = loop;
    this.left = left;
    this.stepMs = overMs / STEPS;
    this.perStep = stepMs == 0 ? left.size() : (left.size() + STEPS - 1) / STEPS;
  }

  /** Begins; completes when the last one was told. */
  static CompletableFuture<Void> begin(GatewayLoop loop, long overMs) {
    CompletableFuture<Void> all = new CompletableFuture<>();
    loop.eventLoop()
        .execute(
            () -> {
              Drain drain = new Drain(loop, loop.wheel().all(), overMs);
              drain.step();
              var unused = drain.done.thenRun(() -> all.complete(null));
            });
    return all;
  }

  private void step() {
    int loops = loop.gateway().loops().size();
    int end = Math.min(left.size(), at + perStep);
    for (; at < end; at++) {
      long afterMs = AFTER_MS_MIN + 1_000L * at * loops / COMING_PER_S;
      left.get(at).end(CloseCode.GOING_AWAY, AFTER + afterMs);
    }
    if (at < left.size()) {
      loop.later(this::step, stepMs, TimeUnit.MILLISECONDS);
    } else {
      // The last words want to be written.
      loop.later(() -> done.complete(null), 50, TimeUnit.MILLISECONDS);
    }
  }
}
