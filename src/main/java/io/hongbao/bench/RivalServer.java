// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Benchmarks".
package io.hongbao.bench;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.Request;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What people would write instead: an HTTP server that grabs from one packet row in MariaDB, or by
 * a script in Redis. The HTTP is that of {@link BaselineServer}.
 *
 * <p>Lives in a child process until its input ends.
 */
final class RivalServer {

  private static final int SQL_CONNECTIONS = 32;
  private static final long LEFT_MINOR = 1L << 50;
  private static final CharSequence JSON = HttpHeaders.createOptimized("application/json");

  private static final String GRAB =
      """
      local left = tonumber(redis.call('HGET', KEYS[1], 'left'))
      local count = tonumber(redis.call('HGET', KEYS[1], 'count'))
      if redis.call('HEXISTS', KEYS[2], ARGV[1]) == 1 or count == 0 then return 0 end
      local share = 1 + tonumber(ARGV[2]) % 200
      redis.call('HSET', KEYS[1], 'left', left - share, 'count', count - 1)
      redis.call('HSET', KEYS[2], ARGV[1], share)
      redis.call('INCRBY', 'balance:' .. ARGV[1], share)
      return share
      """;

  private final AtomicLong users = new AtomicLong();

  private RivalServer() {}

  static void serve(String kind, int port, Path libraries, PrintStream out) throws Exception {
    RivalServer rival = new RivalServer();
    Vertx vertx =
        Vertx.vertx(
            new VertxOptions()
                .setEventLoopPoolSize(1)
                .setWorkerPoolSize(SQL_CONNECTIONS)
                .setPreferNativeTransport(true));
    Callable<Future<Long>> grab =
        kind.equals("redis") ? rival.redis(vertx, port) : rival.mariaDb(vertx, port, libraries);
    vertx
        .createHttpServer(new HttpServerOptions().setHost("127.0.0.1").setPort(0))
        .requestHandler(request -> answer(request, grab))
        .listen()
        .onSuccess(
            server -> {
              out.println("listening " + server.actualPort());
              out.flush();
            });
    System.in.transferTo(OutputStream.nullOutputStream());
    vertx.close();
  }

  private static void answer(HttpServerRequest request, Callable<Future<Long>> grab) {
    try {
      grab.call()
          .onSuccess(
              share ->
                  request
                      .response()
                      .putHeader(HttpHeaders.CONTENT_TYPE, JSON)
                      .end("{\"packet_id\":\"1\",\"amount\":" + share + "}"))
          .onFailure(failed -> request.response().setStatusCode(500).end(failed.toString()));
    } catch (Exception e) {
      request.response().setStatusCode(500).end(e.toString());
    }
  }

  private Callable<Future<Long>> redis(Vertx vertx, int port) throws Exception {
    Redis client =
        Redis.createClient(
            vertx,
            new RedisOptions()
                .setConnectionString("redis://127.0.0.1:" + port)
                .setMaxWaitingHandlers(4_096)
                .setMaxPoolSize(8)
                .setMaxPoolWaiting(4_096));
    var connection = client.connect().toCompletionStage().toCompletableFuture().get();
    String script =
        connection
            .send(Request.cmd(Command.SCRIPT).arg("LOAD").arg(GRAB))
            .toCompletionStage()
            .toCompletableFuture()
            .get()
            .toString();
    connection
        .send(
            Request.cmd(Command.HSET)
                .arg("packet")
                .arg("left")
                .arg(LEFT_MINOR)
                .arg("count")
                .arg(LEFT_MINOR))
        .toCompletionStage()
        .toCompletableFuture()
        .get(10, TimeUnit.SECONDS);
    return () -> {
      long user = users.incrementAndGet();
      return connection
          .send(
              Request.cmd(Command.EVALSHA)
                  .arg(script)
                  .arg(2)
                  .arg("packet")
                  .arg("shares")
                  .arg(user)
                  .arg(user * 31 % 1_000))
          .map(said -> said == null ? 0L : Long.parseLong(said.toString()));
    };
  }

  private Callable<Future<Long>> mariaDb(Vertx vertx, int port, Path libraries) throws Exception {
    List<URL> jars = RocksRival.jars(libraries);
    // Open as long as the process: its driver works in there.
    @SuppressWarnings("resource")
    URLClassLoader loader = new URLClassLoader(jars.toArray(URL[]::new));
    Driver driver =
        (Driver) loader.loadClass("org.mariadb.jdbc.Driver").getConstructor().newInstance();
    Properties properties = new Properties();
    properties.put("user", "root");
    BlockingQueue<SqlGrab> free = new ArrayBlockingQueue<>(SQL_CONNECTIONS);
    try (Connection setup = driver.connect("jdbc:mariadb://127.0.0.1:" + port + "/", properties);
        Statement statement = setup.createStatement()) {
      statement.execute("create database if not exists bench");
      statement.execute(
          "create table if not exists bench.packet (id bigint primary key, left_minor bigint not"
              + " null, left_count bigint not null)");
      statement.execute(
          "create table if not exists bench.share (packet_id bigint, user_id bigint, amount bigint"
              + " not null, primary key (packet_id, user_id))");
      statement.execute(
          "replace into bench.packet values (1, " + LEFT_MINOR + ", " + LEFT_MINOR + ")");
    }
    for (int i = 0; i < SQL_CONNECTIONS; i++) {
      free.add(
          new SqlGrab(driver.connect("jdbc:mariadb://127.0.0.1:" + port + "/bench", properties)));
    }
    return () -> {
      long user = users.incrementAndGet();
      return vertx.executeBlocking(() -> grab(free, user), false);
    };
  }

  private static long grab(BlockingQueue<SqlGrab> free, long user)
      throws InterruptedException, SQLException {
    SqlGrab grab = free.take();
    try {
      return grab.run(user);
    } finally {
      free.add(grab);
    }
  }
}
