// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Proof".
package io.hongbao.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hongbao.config.Configuration;
import io.hongbao.config.Settings;
import io.hongbao.config.Source;
import io.hongbao.datadir.DataDirectory;
import io.hongbao.time.SecureRandomness;
import io.hongbao.time.SystemTime;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server whose disk has failed: memory may be ahead of it, so nothing is told any more. */
class ServerFailureIT {

  @TempDir private Path directory;

  private static HttpResponse<String> get(HttpClient client, int port) throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v1/assets")).build(),
        BodyHandlers.ofString());
  }

  // The edges went on answering until somebody called stop, which first waited half of the stop's
  // deadline for answers that could never become durable.
  @Test
  void answersNothingMoreAndStopsAtOnce() throws Exception {
    Configuration wanted =
        Configuration.defaults(directory.resolve("data"))
            .with(Settings.HTTP_PORT, "0", Source.FLAG, "test")
            .with(Settings.MANAGEMENT_PORT, "0", Source.FLAG, "test")
            .with(Settings.ENGINE_LOOPS, "2", Source.FLAG, "test");
    SystemTime time = new SystemTime();
    try (DataDirectory data =
            DataDirectory.openOrCreate(wanted, time.nowMs(), new SecureRandomness());
        HttpClient client = HttpClient.newHttpClient()) {
      Server server = (Server) Server.start(data.effective(wanted), data);
      assertEquals(200, get(client, server.httpPort()).statusCode());

      server.onFailure(new IOException("input/output error"));

      HttpResponse<String> refused = get(client, server.httpPort());
      assertEquals(503, refused.statusCode());
      assertTrue(refused.body().contains("shutting_down"), refused.body());
      assertTrue(server.failure().toCompletableFuture().isDone());
      server.stop();
    }
  }
}
