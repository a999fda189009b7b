// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Two commands".
package io.hongbao.bootstrap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The search for a newer Java, over installations that consist of a version and an empty file. */
class JavaHomesTest {

  @TempDir private Path directory;

  private final Map<String, String> environment = new HashMap<>();

  @BeforeEach
  void hideTheMachinesOwn() {
    environment.put("HONGBAO_JVM_FOLDERS", directory.resolve("folder").toString());
    environment.put("PATH", directory.resolve("nothing").toString());
  }

  @ParameterizedTest
  @CsvSource({
    "25.0.3, 25",
    "25, 25",
    "26-ea, 26",
    "1.8.0_392, 8",
    "17.0.15, 17",
    "25.0.3+9-LTS, 25",
    "'', 0",
    "unknown, 0",
  })
  void readsTheReleaseOutOfAVersion(String version, int major) {
    assertEquals(major, JavaHomes.majorOf(version));
  }

  @Test
  void prefersTheOneThatIsNamedForTheProduct() throws IOException {
    environment.put("HONGBAO_JAVA_HOME", install("named", "25").toString());
    environment.put("JAVA_HOME", install("general", "26").toString());

    assertEquals(25, search());
  }

  @Test
  void goesOnWhenTheNamedOneIsTooOldOrMissing() throws IOException {
    environment.put("HONGBAO_JAVA_HOME", directory.resolve("nonsense").toString());
    environment.put("JAVA_HOME", install("general", "17.0.15").toString());
    install("folder/jdk-25", "25.0.3");

    assertEquals(25, search());
  }

  @Test
  void followsTheLinksOfTheJavaOnThePath() throws IOException {
    Path home = install("deep/jdk", "25.0.1");
    Path bin = Files.createDirectories(directory.resolve("bin"));
    Files.createSymbolicLink(bin.resolve("java"), home.resolve("bin/java"));
    environment.put("PATH", directory.resolve("nothing") + File.pathSeparator + bin);

    assertEquals(25, search());
  }

  @Test
  void findsTheHomeInsideAMacBundle() throws IOException {
    install("folder/temurin-25.jdk/Contents/Home", "25.0.3");

    assertEquals(25, search());
  }

  @Test
  void asksTheProgramWhereThereIsNoReleaseFile() throws IOException {
    Path home = install("folder/bare", "25");
    Files.delete(home.resolve("release"));
    Files.writeString(
        home.resolve("bin/java"), "#!/bin/sh\necho 'openjdk version \"25.0.2\" 2026-01-20' >&2\n");

    assertEquals(25, search());
  }

  @Test
  void remembersTheNewestOfThoseThatAreTooOld() throws IOException {
    install("folder/a", "1.8.0_392");
    install("folder/b", "21.0.1");
    install("folder/c", "17.0.15");
    JavaHomes homes = JavaHomes.fromEnvironment(environment, directory.toString());

    assertNull(homes.find(25));

    assertEquals(
        "Hongbao needs JDK 25 or newer; found 21 at "
            + directory.resolve("folder/b")
            + "; install one or set HONGBAO_JAVA_HOME.",
        Main.missing(17, "/old", homes.newestSeen()));
  }

  private int search() {
    JavaHomes.Home home =
        JavaHomes.fromEnvironment(environment, directory.toString()).find(Main.JAVA_RELEASE_MIN);
    return home == null ? 0 : home.major();
  }

  private Path install(String name, String version) throws IOException {
    Path home = directory.resolve(name);
    Path java = Files.createDirectories(home.resolve("bin")).resolve("java");
    Files.writeString(java, "");
    java.toFile().setExecutable(true);
    Files.writeString(
        home.resolve("release"), "IMPLEMENTOR=\"Nobody\"\nJAVA_VERSION=\"" + version + "\"\n");
    return home;
  }
}
