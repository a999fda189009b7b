// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Commands".
package io.hongbao.cli;

import com.sun.net.httpserver.HttpServer;
import io.hongbao.app.ListenException;
import io.hongbao.app.RunningServer;
import io.hongbao.config.Configuration;
import io.hongbao.datadir.DataDirectory;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Two ports and nothing behind them; enough to start, ask and stop. */
final class FakeServer implements RunningServer {

  /** While this file is in the data directory the server says that it is not ready. */
  static final String UNREADY_FILE = "journal/unready";

  /** With this file in the data directory a stop hangs. */
  static final String HANG_FILE = "journal/hang";

  private final CompletableFuture<Throwable> failure = new CompletableFuture<>();
  private final HttpServer api;
  private final HttpServer management;
  private final DataDirectory directory;

  private FakeServer(HttpServer api, HttpServer management, DataDirectory directory) {
    this.api = api;
    this.management = management;
    this.directory = directory;
  }

  static FakeServer start(Configuration configuration, DataDirectory directory) throws IOException {
    HttpServer api = listen("http", configuration.http().host(), configuration.http().port());
    @Nullable HttpServer management = null;
    try {
      management =
          listen(
              "management", configuration.management().host(), configuration.management().port());
    } finally {
      if (management == null) {
        api.stop(0);
      }
    }
    management.createContext(
        "/ready",
        exchange -> {
          boolean ready = !Files.exists(directory.resolve(UNREADY_FILE));
          byte[] body = (ready ? "ready" : "journal is behind").getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(ready ? 200 : 503, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    return new FakeServer(api, management, directory);
  }

  private static HttpServer listen(String area, String host, int port) throws IOException {
    try {
      HttpServer server = HttpServer.create(new InetSocketAddress(host, port), 0);
      server.start();
      return server;
    } catch (BindException taken) {
      throw new ListenException(area, host, port, taken);
    }
  }

  void fail(Throwable cause) {
    failure.complete(cause);
  }

  @Override
  public int httpPort() {
    return api.getAddress().getPort();
  }

  @Override
  public int managementPort() {
    return management.getAddress().getPort();
  }

  @Override
  public CompletionStage<Throwable> failure() {
    return failure;
  }

  @Override
  public void stop() throws Exception {
    api.stop(0);
    management.stop(0);
    if (Files.exists(directory.resolve(HANG_FILE))) {
      Thread.sleep(60_000);
    }
  }
}
