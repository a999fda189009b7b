// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Two commands".
package io.hongbao.bootstrap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class JvmFlagsTest {

  @Test
  void theLauncherScriptHasTheSameFlagsAndTheSameRelease() throws IOException {
    String script = Files.readString(Path.of(System.getProperty("basedir", "")).resolve("hongbao"));

    String line = "jvm_flags='" + String.join(" ", JvmFlags.forServer()) + "'\n";
    assertTrue(script.contains(line), "the launcher script needs: " + line);
    String collector = "collector_flags='" + String.join(" ", JvmFlags.collector("start")) + "'\n";
    assertTrue(script.contains("\n" + collector), "the launcher script needs: " + collector);
    String ofSim =
        "sim_collector_flags='" + String.join(" ", JvmFlags.collector(JvmFlags.SIMULATOR)) + "'\n";
    assertTrue(script.contains(ofSim), "the launcher script needs: " + ofSim);
    assertTrue(script.contains("release_min=" + Main.JAVA_RELEASE_MIN + "\n"));
  }

  @Test
  void keepsPropertiesAndSizesButNoAgentAndNoCollector() {
    List<String> own =
        List.of("-Xmx2g", "-Dkey=value", "-XX:+UseConcMarkSweepGC", "-agentlib:jdwp=x", "-Xss1m");

    assertEquals(List.of("-Xmx2g", "-Dkey=value", "-Xss1m"), JvmFlags.worthKeeping(own));
  }
}
