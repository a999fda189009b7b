// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Redis".
package io.hongbao.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import redis.embedded.core.ExecutableProvider;

/**
 * A real Redis in a process of its own, which can be killed, halted and started again on the same
 * port: {@code redis-server} of this machine, else the one that a test dependency carries.
 */
public final class TestRedis implements AutoCloseable {

  private final Path directory;
  private final int port;
  private Process process;

  /** Starts an empty server; its files lie in the given directory. */
  public TestRedis(Path directory) throws IOException {
    this.directory = directory;
    this.port = freePort();
    this.process = launch();
  }

  public String url() {
    return "redis://127.0.0.1:" + port;
  }

  /** Ends it in the middle of whatever it does; nothing of it is left. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Starts it again, empty. */
  public void startAgain() throws IOException {
    process = launch();
  }

  /** Stops it from running, with its connections open: it hangs. */
  public void halt() throws Exception {
    signal("-STOP");
  }

  /** Lets it run again. */
  public void goOn() throws Exception {
    signal("-CONT");
  }

  private void signal(String signal) throws Exception {
    Process sender = new ProcessBuilder("kill", signal, Long.toString(process.pid())).start();
    assertEquals(0, sender.waitFor(), "kill " + signal);
  }

  /** Says something to it over a connection of its own; the first line of the answer. */
  public String say(String... words) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      StringBuilder request = new StringBuilder("*" + words.length + "\r\n");
      for (String word : words) {
        request.append('$').append(word.length()).append("\r\n").append(word).append("\r\n");
      }
      socket.getOutputStream().write(request.toString().getBytes(StandardCharsets.US_ASCII));
      return String.valueOf(
          new BufferedReader(
                  new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
              .readLine());
    }
  }

  private Process launch() throws IOException {
    Process started =
        new ProcessBuilder(
                List.of(
                    program(),
                    "--port",
                    Integer.toString(port),
                    "--bind",
                    "127.0.0.1",
                    "--save",
                    "",
                    "--appendonly",
                    "no",
                    "--dir",
                    directory.toString()))
            .redirectErrorStream(true)
            .start();
    BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(started.getInputStream(), StandardCharsets.US_ASCII));
    StringBuilder said = new StringBuilder();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      said.append(line).append('\n');
      if (line.contains("Ready to accept connections")) {
        return started;
      }
    }
    throw new IOException("redis-server ended:\n" + said);
  }

  private String program() throws IOException {
    for (String folder : System.getenv("PATH").split(File.pathSeparator, -1)) {
      Path candidate = Path.of(folder, "redis-server");
      if (Files.isExecutable(candidate)) {
        return candidate.toString();
      }
    }
    Path unpacked = directory.resolve("redis-server");
    if (!Files.exists(unpacked)) {
      File carried = ExecutableProvider.newJarResourceProvider(directory.toFile()).get();
      Files.move(carried.toPath(), unpacked);
    }
    return unpacked.toString();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() throws Exception {
    process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
  }
}
