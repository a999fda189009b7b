// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Providers".
package io.hongbao.provider;

import io.hongbao.model.Check;
import io.hongbao.model.RefusalCode;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Bounds the calls to one outside service in number and in time.
 *
 * <p><b>Thread:</b> every thread; the reply comes back on the Vert.x context of the caller when
 * there is one.
 *
 * <p><b>Failure:</b> the returned future never fails; it holds a {@link Reply}. A late answer to a
 * call that was given up is counted and dropped: the asker will ask again.
 *
 * <p><b>Limit:</b> {@code calls_in_flight_max} calls are waited for; of calls that were given up
 * and never came back at most {@link #ABANDONED_PER_SLOT_MAX} times as many may exist. Beyond
 * either, calls are refused as {@link RefusalCode#OVERLOADED} without being sent.
 */
public final class CallGate {

  /** A service that hangs may keep this many given-up calls per slot before it is left alone. */
  static final int ABANDONED_PER_SLOT_MAX = 4;

  private final String name;
  private final int inFlightMax;
  private final long timeoutMs;
  private final Timers timers;
  private final AtomicInteger inFlight = new AtomicInteger();
  private final AtomicInteger abandoned = new AtomicInteger();
  private final LongAdder answered = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final LongAdder timedOut = new LongAdder();
  private final LongAdder refused = new LongAdder();

  /** A reading of the gate; counters grow from the start of the process. */
  public record Stats(
      String name,
      int inFlight,
      int inFlightMax,
      int abandoned,
      long answered,
      long failed,
      long timedOut,
      long refused) {}

  public CallGate(String name, int inFlightMax, long timeoutMs, Timers timers) {
    Check.atLeast(inFlightMax, 1, "calls in flight");
    Check.atLeast(timeoutMs, 1, "call time-out");
    this.name = name;
    this.inFlightMax = inFlightMax;
    this.timeoutMs = timeoutMs;
    this.timers = timers;
  }

  /** Makes the call when there is room for it, and waits for its answer no longer than allowed. */
  public <T> Future<Reply<T>> call(Supplier<Future<T>> call) {
    if (!enter()) {
      refused.increment();
      return Future.succeededFuture(new Reply.NotSent<>(RefusalCode.OVERLOADED));
    }

    Future<T> answer;
    try {
      answer = call.get();
    } catch (RuntimeException broken) {
      // How far the call came cannot be seen from here, so it counts as one without an answer.
      answer = Future.failedFuture(broken);
    }

    var waiting = new Waiting<T>(Vertx.currentContext());
    if (!answer.isComplete()) {
      waiting.timerId = timers.set(timeoutMs, waiting::giveUp);
    }
    answer.onComplete(waiting::arrived);
    return waiting.promise.future();
  }

  public Stats stats() {
    return new Stats(
        name,
        inFlight.get(),
        inFlightMax,
        abandoned.get(),
        answered.sum(),
        failed.sum(),
        timedOut.sum(),
        refused.sum());
  }

  private boolean enter() {
    if (abandoned.get() >= (long) inFlightMax * ABANDONED_PER_SLOT_MAX) {
      return false;
    }
    if (inFlight.incrementAndGet() > inFlightMax) {
      inFlight.decrementAndGet();
      return false;
    }
    return true;
  }

  /** One call that was let in; the first of answer and time-out decides. */
  private final class Waiting<T> {

    private final Promise<Reply<T>> promise = Promise.promise();
    private final AtomicBoolean decided = new AtomicBoolean();
    private final @Nullable Context home;
    private volatile long timerId = -1;

    Waiting(@Nullable Context home) {
      this.home = home;
    }

    void giveUp() {
      if (decided.compareAndSet(false, true)) {
        // First one up, then the other down: a reader never sees too few calls.
        abandoned.incrementAndGet();
        inFlight.decrementAndGet();
        timedOut.increment();
        reply(new Reply.Unknown<>("no answer in " + timeoutMs + " ms"));
      }
    }

    void arrived(AsyncResult<T> result) {
      if (!decided.compareAndSet(false, true)) {
        abandoned.decrementAndGet();
        return;
      }
      timers.cancel(timerId);
      inFlight.decrementAndGet();
      if (result.succeeded()) {
        answered.increment();
        reply(new Reply.Answered<>(result.result()));
      } else {
        failed.increment();
        reply(new Reply.Unknown<>(String.valueOf(result.cause().getMessage())));
      }
    }

    private void reply(Reply<T> reply) {
      if (home == null || home.equals(Vertx.currentContext())) {
        promise.complete(reply);
      } else {
        home.runOnContext(ignored -> promise.complete(reply));
      }
    }
  }
}
