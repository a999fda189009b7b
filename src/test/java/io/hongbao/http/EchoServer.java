// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The gateway".
package io.hongbao.http;

import io.hongbao.gateway.EchoConnection;
import io.hongbao.gateway.Gateway;
import io.hongbao.gateway.GatewayLimits;
import io.hongbao.gateway.GatewayParts;
import io.hongbao.session.SessionDirectory;
import io.hongbao.time.SecureRandomness;
import io.hongbao.time.SystemTime;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.net.impl.ConnectionBase;
import java.util.List;

/**
 * The production pipeline as an echo server: our handshake, our handover, our frames, and behind
 * them nothing but the message sent back. For suites such as Autobahn.
 */
public final class EchoServer implements AutoCloseable {

  private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
  private final Gateway gateway;
  private final int port;

  private EchoServer(int wantedPort) throws Exception {
    EventLoop loop = ((ContextInternal) vertx.getOrCreateContext()).nettyEventLoop();
    GatewayLimits limits =
        new GatewayLimits(
            1_000, 1_000, 1, 1, 4096, 1, 64 << 20, 1 << 20, 60_000, 120_000, 100_000, 60_000, 0);
    SystemTime time = new SystemTime();
    gateway =
        new Gateway(
            new GatewayParts(
                EdgeLive.none(time).rooms().logs(),
                new SessionDirectory(),
                (room, user) -> true,
                null,
                time,
                new SecureRandomness(),
                limits),
            List.of(loop));
    port =
        vertx
            .createHttpServer(
                new HttpServerOptions()
                    .setHost("127.0.0.1")
                    .setPort(wantedPort)
                    // As the product has it.
                    .setHttp2ClearTextEnabled(false))
            .requestHandler(this::upgrade)
            .listen()
            .toCompletionStage()
            .toCompletableFuture()
            .get()
            .actualPort();
  }

  static EchoServer start() throws Exception {
    return new EchoServer(0);
  }

  int port() {
    return port;
  }

  private void upgrade(HttpServerRequest request) {
    Handshake handshake = Handshake.of(request, null);
    if (handshake.problem() != null) {
      request.response().setStatusCode(400).end(handshake.problem());
      return;
    }
    Channel channel = ((ConnectionBase) request.connection()).channel();
    Handover.begin(channel, handshake.answer(channel.alloc()));
    EchoConnection.take(gateway, channel);
    channel.flush();
    Handover.end(channel);
  }

  @Override
  public void close() {
    vertx.close();
  }

  /** Serves until it is killed: {@code EchoServer PORT}. */
  public static void main(String[] args) throws Exception {
    EchoServer server = new EchoServer(Integer.parseInt(args[0]));
    System.out.println("listening " + server.port());
    Thread.currentThread().join();
  }
}
