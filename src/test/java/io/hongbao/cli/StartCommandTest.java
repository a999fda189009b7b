// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Commands".
package io.hongbao.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hongbao.config.Configuration;
import io.hongbao.datadir.DataDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The life of a server in the foreground, in this process. */
@Timeout(20)
final class StartCommandTest {

  private static final String[] FREE_PORTS = {"start", "--port=0", "--management.port=0"};

  @TempDir private Path home;

  private final CompletableFuture<FakeServer> started = new CompletableFuture<>();
  private final CompletableFuture<Configuration> given = new CompletableFuture<>();
  private CliRun cli = new CliRun(Path.of(""), FakeServer::start);

  @BeforeEach
  void useTheDirectory() throws IOException {
    cli = new CliRun(home.toRealPath(), this::start);
  }

  private FakeServer start(Configuration configuration, DataDirectory directory)
      throws IOException {
    FakeServer server = FakeServer.start(configuration, directory);
    given.complete(configuration);
    started.complete(server);
    return server;
  }

  @Test
  void saysWhereItIsReadyAndStopsWhenAsked() throws Exception {
    CompletableFuture<CliRun.Result> run = running(FREE_PORTS);
    FakeServer server = started.get();
    Path data = cli.directory().resolve("data");
    awaitPorts(data);

    CliRun.Result status = new CliRun(cli.directory(), FakeServer::start).run("status");
    CliRun.Result second = new CliRun(cli.directory(), FakeServer::start).run(FREE_PORTS);
    cli.end().request();
    CliRun.Result result = run.get();

    assertEquals(0, result.code(), result.err());
    assertEquals(
        """
        hongbao ready on http://127.0.0.1:%d (management http://127.0.0.1:%d), data in %s, \
        operator key in %s
        hongbao is stopping
        hongbao stopped
        """
            .formatted(
                server.httpPort(), server.managementPort(), data, data.resolve("operator.key")),
        result.out());
    assertEquals(0, status.code(), status.out());
    assertTrue(status.out().contains("  ready       yes"), status.out());
    assertEquals(3, second.code());
    assertTrue(second.err().contains("is in use by process"), second.err());
    assertFalse(Files.exists(data.resolve("hongbao.pid")));
    assertFalse(Files.exists(data.resolve("hongbao.ports")));
  }

  @Test
  void theServerGetsWhatTheDirectoryFixes() throws Exception {
    CompletableFuture<CliRun.Result> run =
        running("start", "--port=0", "--management.port=0", "--sandbox", "--engine.partitions=8");
    Configuration configuration = given.get();
    cli.end().request();

    assertTrue(run.get().out().contains(" (sandbox), operator key"), run.get().out());
    assertTrue(configuration.data().sandbox());
    assertEquals(8, configuration.engine().partitions());
    assertTrue(String.valueOf(configuration.provider().simSecret()).length() >= 43);
  }

  @Test
  void statusTellsWhyAServerIsNotReady() throws Exception {
    CompletableFuture<CliRun.Result> run = running(FREE_PORTS);
    Path data = cli.directory().resolve("data");
    awaitPorts(data);
    Files.writeString(data.resolve(FakeServer.UNREADY_FILE), "");

    CliRun.Result status = new CliRun(cli.directory(), FakeServer::start).run("status");
    cli.end().request();

    assertEquals(1, status.code());
    assertTrue(status.out().contains("  ready       no: journal is behind"), status.out());
    assertEquals(0, run.get().code());
  }

  @Test
  void endsWithASentenceWhenTheServerFails() throws Exception {
    CompletableFuture<CliRun.Result> run = running(FREE_PORTS);

    started.get().fail(new IOException("Input/output error"));

    assertEquals(
        "hongbao: stopped serving: the disk does not answer as it should (input/output error)\n",
        run.get().err());
    assertEquals(3, run.get().code());
  }

  @Test
  void cutsOffAStopThatHangs() throws Exception {
    CompletableFuture<CliRun.Result> run =
        running("start", "--port=0", "--management.port=0", "--server.stop_deadline=1s");
    started.get();
    Path data = cli.directory().resolve("data");
    Files.writeString(data.resolve(FakeServer.HANG_FILE), "");
    cli.end().request();

    CliRun.Result result = run.get();

    assertEquals(1, result.code());
    assertTrue(result.err().contains("did not stop in order within 1s"), result.err());
  }

  private CompletableFuture<CliRun.Result> running(String... args) {
    return CompletableFuture.supplyAsync(() -> cli.run(args))
        .whenComplete(
            (result, failure) ->
                started.completeExceptionally(new AssertionError("ended: " + result)));
  }

  private static void awaitPorts(Path data) throws Exception {
    while (PortsFile.read(data).isEmpty()) {
      TimeUnit.MILLISECONDS.sleep(5);
    }
  }
}
