// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Crash and soak".
package io.hongbao.drill;

import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How tests start the finished jar. */
final class Jar {

  private Jar() {}

  /** For servers that live for seconds: what the second compiler learns would come too late. */
  static List<String> shortLived() {
    List<String> command = new ArrayList<>(atSpeed());
    command.add(1, "-XX:TieredStopAtLevel=1");
    return command;
  }

  static List<String> atSpeed() {
    String jar = System.getProperty("hongbao.jar");
    assertNotNull(jar, "the property hongbao.jar names the finished jar");
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:+UseCompactObjectHeaders",
        "-XX:+ExitOnOutOfMemoryError",
        "-Xmx384m",
        "-jar",
        jar);
  }
}
