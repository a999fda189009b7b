// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Lanes".
package io.hongbao.app;

import io.hongbao.model.Check;
import io.netty.channel.EventLoop;
import io.vertx.core.Context;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.IntFunction;

/**
 * One shard verticle per event loop, so that each lane and its share of the HTTP connections live
 * on the same thread.
 *
 * <p><b>Thread:</b> the starter's; each verticle's on its own loop.
 */
final class EventLoops {

  /** Timers, acknowledgements and resends are looked at this often when nothing else happens. */
  static final long TICK_MS = 5;

  private final Vertx vertx;
  private final List<ShardVerticle> shards = new ArrayList<>();

  private EventLoops(Vertx vertx) {
    this.vertx = vertx;
  }

  /** Deploys one verticle per loop; the loops must be as many as the Vert.x instance has. */
  static EventLoops deploy(Vertx vertx, int count) throws Exception {
    EventLoops loops = new EventLoops(vertx);
    for (int i = 0; i < count; i++) {
      ShardVerticle shard = new ShardVerticle();
      Waiting.on(vertx.deployVerticle(shard, new DeploymentOptions()));
      loops.shards.add(shard);
    }
    Set<Object> distinct = new HashSet<>();
    loops.shards.forEach(shard -> distinct.add(shard.loop()));
    Check.equal(distinct.size(), count, "event loops with a lane");
    return loops;
  }

  /** Runs each lane's work on its verticle's context. */
  List<Executor> executors() {
    List<Executor> executors = new ArrayList<>();
    for (ShardVerticle shard : shards) {
      Context context = shard.itsContext();
      executors.add(task -> context.runOnContext(ignored -> task.run()));
    }
    return executors;
  }

  /** The loops themselves, in the order of the lanes. */
  List<EventLoop> nettyLoops() {
    return shards.stream().map(shard -> (EventLoop) shard.loop()).toList();
  }

  /** Starts something on every loop and waits for all. */
  void onEach(IntFunction<Future<?>> start) throws Exception {
    for (int i = 0; i < shards.size(); i++) {
      int index = i;
      Waiting.on(
          Future.future(
              promise ->
                  shards
                      .get(index)
                      .itsContext()
                      .runOnContext(
                          ignored -> start.apply(index).<Void>mapEmpty().onComplete(promise))));
    }
  }

  /** Calls a task on each loop again and again, until Vert.x is closed. */
  void tick(IntFunction<Runnable> task) throws Exception {
    onEach(
        index -> {
          Runnable each = task.apply(index);
          vertx.setPeriodic(TICK_MS, ignored -> each.run());
          return Future.succeededFuture();
        });
    BackgroundWork.watch(vertx);
  }

  /** Owns one loop: its partitions and its share of the connections. */
  static final class ShardVerticle extends VerticleBase {

    private Object loop = this;

    @Override
    public Future<?> start() {
      loop = ((ContextInternal) context).nettyEventLoop();
      return Future.succeededFuture();
    }

    Object loop() {
      return loop;
    }

    Context itsContext() {
      return context;
    }
  }
}
