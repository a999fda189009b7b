// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Start and stop".
package io.hongbao.app;

import io.hongbao.gateway.Gateway;
import io.hongbao.http.Edge;
import io.hongbao.time.TimeSource;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The order in which a server stops: nothing new, answers, connections, providers, snapshots, what
 * follows the journal, the journal, the threads.
 *
 * <p><b>Thread:</b> the stopper's, which it blocks until the deadline at most.
 */
record Shutdown(
    long deadlineMs,
    TimeSource time,
    Vertx vertx,
    List<Edge> edges,
    @Nullable OperationsRuntime operations,
    @Nullable DeliveryRuntime delivery,
    @Nullable EngineRuntime engine,
    @Nullable Payments payments,
    @Nullable PeopleRuntime people,
    @Nullable Admission admission,
    @Nullable ReadModelRuntime readModel,
    @Nullable FeedRuntime feed,
    @Nullable LiveRuntime live,
    @Nullable Gateway gateway,
    BooleanSupplier hasFailed) {

  private static final Logger LOG = System.getLogger(Shutdown.class.getName());

  private static final long GRACE_MS = 500;

  /** For lists to catch up when the server stops; a rebuild goes on after the next start. */
  private static final long LISTS_MS_MAX = 3_000;

  private static final long NANOS_PER_MS = 1_000_000;

  /** Stops what was started; parts that never were are null. */
  void run() throws Exception {
    long endNanos = time.nanos() + deadlineMs * NANOS_PER_MS;
    Laps laps = new Laps(time);
    edges.forEach(Edge::drain);
    if (operations != null) {
      operations.close();
    }
    if (delivery != null) {
      delivery.stop();
    }
    laps.end("deliveries");
    sendAway(gateway);
    laps.end("rooms' readers");
    if (engine != null && engine.isStarted()) {
      if (!hasFailed.getAsBoolean()) {
        engine.drain(deadlineMs / 2);
      }
      laps.end("answers");
      Waiting.on(Future.join(edges.stream().map(edge -> edge.stop(GRACE_MS)).toList()));
      laps.end("connections");
      if (payments != null) {
        payments.close();
      }
      laps.end("payments");
      if (people != null) {
        people.close();
      }
      if (admission != null) {
        admission.close();
      }
      if (!hasFailed.getAsBoolean()) {
        engine.snapshotNow(endNanos - deadlineMs / 4 * NANOS_PER_MS, time);
      }
      laps.end("snapshots");
    }
    if (readModel != null) {
      long leftMs = (endNanos - time.nanos()) / NANOS_PER_MS;
      readModel.stop(Math.clamp(leftMs / 2, GRACE_MS, LISTS_MS_MAX));
    }
    laps.end("read model");
    if (feed != null) {
      feed.stop(GRACE_MS);
    }
    laps.end("events");
    if (live != null) {
      live.stop(GRACE_MS);
    }
    laps.end("rooms");
    if (engine != null) {
      close(engine);
    }
    laps.end("journal");
    Waiting.on(vertx.close());
    laps.end("threads");
    LOG.log(Level.INFO, "stopped; milliseconds for {0}", laps);
  }

  private static void sendAway(@Nullable Gateway from) throws InterruptedException {
    if (from != null) {
      try {
        from.drain().get(from.limits().drainMs() + GRACE_MS, TimeUnit.MILLISECONDS);
      } catch (ExecutionException | TimeoutException e) {
        // Those who were not told see the connection's end.
        LOG.log(Level.INFO, "some readers of rooms were not told that the server stops", e);
      }
    }
  }

  private void close(EngineRuntime started) throws IOException {
    try {
      started.close();
    } catch (IOException e) {
      // A journal that failed says so again; that was told, and what follows must be closed too.
      if (!hasFailed.getAsBoolean()) {
        throw e;
      }
    }
  }
}
