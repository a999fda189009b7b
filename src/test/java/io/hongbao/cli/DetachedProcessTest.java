// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Commands".
package io.hongbao.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real processes and real signals. */
@Timeout(60)
final class DetachedProcessTest {

  private static final String[] DETACHED = {"start", "--detach", "--port=0", "--management.port=0"};

  @TempDir private Path home;

  private CliRun cli = new CliRun(Path.of(""), FakeServer::start);

  @BeforeEach
  void useTheDirectory() throws IOException {
    cli = new CliRun(home.toRealPath(), FakeServer::start);
  }

  @AfterEach
  void leaveNothingBehind() throws IOException {
    RunningProcess.of(cli.directory().resolve("data"))
        .ifPresent(
            running -> {
              running.process().destroyForcibly();
              running.process().onExit().join();
            });
  }

  @Test
  void startsInTheBackgroundTellsItsStatusAndStops() throws IOException {
    CliRun.Result start = cli.run(DETACHED);
    assertEquals(0, start.code(), start.err());
    assertTrue(start.out().startsWith("hongbao ready on http://127.0.0.1:"), start.out());

    CliRun.Result status = cli.run("status");
    assertEquals(0, status.code(), status.out());
    assertTrue(status.out().startsWith("hongbao is running: process "), status.out());

    CliRun.Result second = cli.run(DETACHED);
    assertEquals(3, second.code());
    assertTrue(second.err().contains("is in use by process"), second.err());

    CliRun.Result stop = cli.run("stop");
    assertEquals(0, stop.code(), stop.err());
    assertTrue(stop.out().startsWith("hongbao stopped, process "), stop.out());
    String log = Files.readString(cli.directory().resolve("data/hongbao.log"));
    assertTrue(log.endsWith("hongbao is stopping\nhongbao stopped\n"), log);
    assertFalse(Files.exists(cli.directory().resolve("data/hongbao.pid")));
  }

  @Test
  void passesOnTheReasonWhenTheChildFails() {
    CliRun.Result start = cli.run("start", "--detach", "--port=0", "--http.host=192.0.2.1");

    assertEquals(3, start.code());
    assertEquals(
        "hongbao: 192.0.2.1 is no address of this machine; choose another with --http.host\n",
        start.err());
  }

  @Test
  void makesNoLogInADirectoryOfSomebodyElse() throws IOException {
    Files.createDirectories(cli.directory().resolve("data"));
    Files.writeString(cli.directory().resolve("data/photo.jpg"), "");

    assertEquals(3, cli.run(DETACHED).code());

    assertFalse(Files.exists(cli.directory().resolve("data/hongbao.log")));
  }

  /**
   * A demo that was killed left its server behind, which nobody looked for. The pipe from a parent
   * ends with the parent, whatever ended that.
   */
  @Test
  void theEndOfItsInputEndsAServerThatWasToldSo() throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(FakeServerMain.class.getName(), "start", "--with-input", "--port=0"));
    command.add("--management.port=0");
    Process server =
        new ProcessBuilder(command)
            .directory(cli.directory().toFile())
            .redirectErrorStream(true)
            .start();
    BufferedReader out = server.inputReader();
    assertTrue(out.readLine().startsWith("hongbao ready on "));

    server.getOutputStream().close();

    assertEquals("hongbao is stopping", out.readLine());
    assertEquals("hongbao stopped", out.readLine());
    assertEquals(0, server.waitFor());
  }

  @Test
  void aSignalEndsTheForegroundInOrderWithCodeZero() throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(FakeServerMain.class.getName());
    command.addAll(List.of("start", "--port=0", "--management.port=0", "--log.level=trace"));
    Process server =
        new ProcessBuilder(command)
            .directory(cli.directory().toFile())
            .redirectErrorStream(true)
            .start();
    try (var said = server.inputReader(StandardCharsets.UTF_8)) {
      while (PortsFile.read(cli.directory().resolve("data")).isEmpty()) {
        TimeUnit.MILLISECONDS.sleep(20);
      }

      // Not Process.destroy, which would close the stream that we read the end from.
      server.toHandle().destroy();

      assertEquals(0, server.waitFor());
      assertEquals("hongbao stopped", said.lines().reduce("", (first, last) -> last));
    } finally {
      server.destroyForcibly();
    }
  }
}
