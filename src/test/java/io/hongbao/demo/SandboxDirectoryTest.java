// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The demo".
package io.hongbao.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SandboxDirectoryTest {

  private static final LocalDateTime NOON = LocalDateTime.of(2026, 2, 16, 12, 0, 1);

  private static final String FIRST_COMPILER_ONLY = "-XX:TieredStopAtLevel=1";

  @TempDir private Path work;

  @Test
  void whatWasMadeGoesAgain() throws Exception {
    SandboxDirectory directory = SandboxDirectory.create(work, NOON, 4711);
    assertEquals("./data/demo-20260216-120001-4711", directory.shown());
    Files.createDirectories(directory.path().resolve("journal"));
    Files.writeString(directory.path().resolve("journal/1.hbj"), "x");

    directory.removeUnlessKept();

    assertFalse(Files.exists(work.resolve("data")));
  }

  @Test
  void whatWasThereBeforeStays() throws Exception {
    Path data = Files.createDirectory(work.resolve("data"));
    Files.writeString(data.resolve("hongbao.manifest"), "another server's");

    SandboxDirectory directory = SandboxDirectory.create(work, NOON, 4711);
    assertEquals(data, directory.path().getParent());
    directory.removeUnlessKept();

    try (var files = Files.list(data)) {
      assertEquals(List.of(data.resolve("hongbao.manifest")), files.toList());
    }
  }

  @Test
  void anEmptyDirectoryThatWasThereBeforeStays() throws Exception {
    Files.createDirectory(work.resolve("data"));

    SandboxDirectory.create(work, NOON, 4711).removeUnlessKept();

    assertTrue(Files.exists(work.resolve("data")));
  }

  @Test
  void twoAtTheSameTimeDoNotMeet() throws Exception {
    SandboxDirectory first = SandboxDirectory.create(work, NOON, 4711);
    SandboxDirectory second = SandboxDirectory.create(work, NOON, 4711);
    assertEquals("./data/demo-20260216-120001-4711-2", second.shown());

    first.removeUnlessKept();
    assertTrue(Files.exists(second.path()));

    second.removeUnlessKept();
    assertFalse(Files.exists(work.resolve("data")), "whoever ends last takes all away");
  }

  @Test
  void whatIsKeptStays() throws Exception {
    SandboxDirectory directory = SandboxDirectory.create(work, NOON, 4711);
    directory.keep();
    directory.removeUnlessKept();

    assertTrue(Files.exists(directory.path()));
  }

  @Test
  void aPlaceWhereNothingCanBeMadeIsOneSentence() throws Exception {
    Files.writeString(work.resolve("data"), "a file");

    SandboxException refused =
        assertThrows(SandboxException.class, () -> SandboxDirectory.create(work, NOON, 4711));

    assertTrue(refused.getMessage().startsWith("no sandbox can be made in "), refused::getMessage);
    assertEquals(1, refused.getMessage().lines().count());
  }

  @Test
  void theChildIsStartedAsThisProcessWas() {
    List<String> flags = List.of("-Xmx1g", "-agentlib:jdwp=transport=dt_socket", "-Dkey=value");

    assertEquals(
        List.of(
            "java",
            "-Xmx1g",
            "-Dkey=value",
            FIRST_COMPILER_ONLY,
            "-jar",
            absolute("lib/hongbao.jar")),
        JavaCommand.of("java", flags, "lib/hongbao.jar", Object.class));
    assertEquals(
        List.of(
            "java",
            FIRST_COMPILER_ONLY,
            "-cp",
            absolute("classes") + File.pathSeparator + absolute("a.jar"),
            "java.lang.Object"),
        JavaCommand.of("java", List.of(), "classes" + File.pathSeparator + "a.jar", Object.class));
  }

  private static String absolute(String path) {
    return Path.of(path).toAbsolutePath().toString();
  }
}
