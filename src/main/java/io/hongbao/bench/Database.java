// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Benchmarks".
package io.hongbao.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A MariaDB or Redis of this machine, empty, on a free port, durable at each commit. */
final class Database implements AutoCloseable {

  private static final long READY_MS = 30_000;

  private final Process process;
  private final int port;

  private Database(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  static Database mariaDb(Path folder, Cores cores) throws IOException, InterruptedException {
    int port = freePort();
    return start(
        folder,
        port,
        cores,
        List.of(
            "mariadbd",
            "--no-defaults",
            "--user=root",
            "--skip-grant-tables",
            "--bind-address=127.0.0.1",
            "--port=" + port,
            "--datadir=" + folder,
            "--socket=" + folder.resolve("socket"),
            // Its default, and the point of the comparison.
            "--innodb-flush-log-at-trx-commit=1",
            "--innodb-log-file-size=256M"));
  }

  static Database redis(Path folder, Cores cores) throws IOException, InterruptedException {
    int port = freePort();
    return start(
        folder,
        port,
        cores,
        List.of(
            "redis-server",
            "--port",
            Integer.toString(port),
            "--bind",
            "127.0.0.1",
            "--save",
            "",
            "--appendonly",
            "yes",
            "--appendfsync",
            "always",
            "--dir",
            folder.toString()));
  }

  private static Database start(Path folder, int port, Cores cores, List<String> program)
      throws IOException, InterruptedException {
    Files.createDirectories(folder);
    List<String> command = new ArrayList<>(cores.server());
    command.addAll(program);
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolveSibling(folder.getFileName() + ".log").toFile())
            .start();
    for (long waited = 0; waited < READY_MS && process.isAlive(); waited += 50) {
      try (Socket socket = new Socket()) {
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        return new Database(process, port);
      } catch (IOException notYet) {
        TimeUnit.MILLISECONDS.sleep(50);
      }
    }
    process.destroyForcibly();
    throw new IOException(program.getFirst() + " did not start; see the log beside " + folder);
  }

  int port() {
    return port;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(30, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
    }
  }
}
