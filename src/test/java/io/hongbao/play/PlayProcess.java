// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The page".
package io.hongbao.play;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code hongbao play} as a person starts it: the jar, in a directory of its own. */
final class PlayProcess implements AutoCloseable {

  private static final int SECONDS_MAX = 90;
  private static final Pattern ROOM = Pattern.compile("(http://\\S+/play)");
  private static final Pattern OPS = Pattern.compile("(http://\\S+/ops#\\S+)");

  private final Process process;
  private final Path output;
  private final String room;
  private final String ops;

  private PlayProcess(Process process, Path output, String room, String ops) {
    this.process = process;
    this.output = output;
    this.room = room;
    this.ops = ops;
  }

  static PlayProcess start(Path directory, int users) throws Exception {
    String jar = System.getProperty("hongbao.jar");
    assertNotNull(jar, "the property hongbao.jar");
    Path output = directory.resolve("play.txt");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                jar,
                "play",
                "--users",
                Integer.toString(users),
                "--port",
                Integer.toString(freePort()))
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    for (int tenths = 0; tenths < 10 * SECONDS_MAX && process.isAlive(); tenths++) {
      String said = Files.readString(output);
      if (said.contains("Ctrl-C")) {
        return new PlayProcess(process, output, found(ROOM, said), found(OPS, said));
      }
      Thread.sleep(100);
    }
    process.destroyForcibly().waitFor();
    throw new AssertionError("play did not start:\n" + Files.readString(output));
  }

  private static String found(Pattern pattern, String said) {
    Matcher matcher = pattern.matcher(said);
    assertTrue(matcher.find(), said);
    return matcher.group(1);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  String room() {
    return room;
  }

  String ops() {
    return ops;
  }

  String said() throws IOException {
    return Files.readString(output);
  }

  @Override
  public void close() throws Exception {
    process.destroy();
    if (!process.waitFor(SECONDS_MAX, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
    }
  }
}
