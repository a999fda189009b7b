// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Benchmarks".
package io.hongbao.bench;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.concurrent.CountDownLatch;

/**
 * The smallest JSON server that Vert.x can be: one handler, an answer of fixed bytes as long as an
 * opened share.
 *
 * <p>Lives in a child process until its input ends.
 */
final class BaselineServer {

  private static final Buffer ANSWER =
      Buffer.buffer(
          "{\"packet_id\":\"1207790010000001436\",\"place\":17,\"amount\":{\"asset\":\"CNY\","
              + "\"amount\":123},\"opened_at\":\"2026-01-01T00:00:00.000Z\",\"credited\":false}");
  private static final CharSequence JSON = HttpHeaders.createOptimized("application/json");

  private BaselineServer() {}

  /** Serves until the input ends; prints its address first. */
  static void serve(int loops, PrintStream out) throws Exception {
    Vertx vertx =
        Vertx.vertx(new VertxOptions().setEventLoopPoolSize(loops).setPreferNativeTransport(true));
    CountDownLatch open = new CountDownLatch(loops);
    int[] port = new int[1];
    for (int i = 0; i < loops; i++) {
      vertx.deployVerticle(
          new VerticleBase() {
            @Override
            public Future<?> start() {
              return listen(vertx)
                  .onSuccess(
                      server -> {
                        port[0] = server.actualPort();
                        open.countDown();
                      });
            }
          });
    }
    open.await();
    out.println("listening " + port[0]);
    out.flush();
    System.in.transferTo(OutputStream.nullOutputStream());
    vertx.close();
  }

  private static Future<HttpServer> listen(Vertx vertx) {
    return vertx
        .createHttpServer(new HttpServerOptions().setHost("127.0.0.1").setPort(-1))
        .requestHandler(
            request ->
                request.response().putHeader(HttpHeaders.CONTENT_TYPE, JSON).end(ANSWER.slice()))
        .listen();
  }
}
