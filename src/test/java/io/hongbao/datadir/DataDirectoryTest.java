// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Data directory".
package io.hongbao.datadir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hongbao.config.ConfigLoader;
import io.hongbao.config.Configuration;
import io.hongbao.config.Settings;
import io.hongbao.time.SeededRandomness;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DataDirectoryTest {

  private static final long NOW_MS = 1_763_000_000_000L;

  @TempDir private Path home;

  private long seed = 1;

  @Test
  void createsTheDirectoryWithItsPartsAndKeys() throws Exception {
    try (DataDirectory directory = open()) {
      for (String part : List.of("journal", "snapshot", "archive", "readmodel", "provider-sim")) {
        assertTrue(Files.isDirectory(directory.resolve(part)), part);
      }
      assertTrue(directory.operatorKey().matches("hbo_[A-Za-z0-9_-]{43}"));
      assertEquals(
          PosixFilePermissions.fromString("rw-------"),
          Files.getPosixFilePermissions(directory.operatorKeyFile()));
      assertFalse(directory.isOperatorKeyOpenToOthers());
      assertEquals(40, directory.manifest().partitions());
      assertEquals(NOW_MS, directory.manifest().createdAt().toEpochMilli());
      assertEquals(List.of("CNY:1:2", "COIN:2:0"), directory.manifest().assets());
      assertEquals(directory.manifest(), DataDirectory.readManifest(directory.path()));
    }
  }

  @Test
  void opensWhatItCreatedWithTheSameIdAndKeys() throws Exception {
    String key;
    Manifest manifest;
    try (DataDirectory directory = open()) {
      key = directory.operatorKey();
      manifest = directory.manifest();
    }

    try (DataDirectory again = open()) {
      assertEquals(key, again.operatorKey());
      assertEquals(manifest, again.manifest());
    }
  }

  @Test
  void isNotServedWithoutTheKeyOfItsPeopleNorWithAnother() throws Exception {
    open().close();
    Path file = home.resolve("data/people.key");
    String key = Files.readString(file);

    Files.delete(file);
    String missing = assertThrows(DataDirectoryException.class, this::open).getMessage();
    Files.writeString(file, key.replace("hbs_", "hbs_x"));
    String other = assertThrows(DataDirectoryException.class, this::open).getMessage();
    Files.writeString(file, key);
    open().close();

    assertTrue(missing.contains("people.key is missing"), missing);
    assertTrue(other.contains("people.key is not the key with which"), other);
  }

  @Test
  void finishesACreationThatWasCutShort() throws Exception {
    String key;
    try (DataDirectory directory = open()) {
      key = directory.operatorKey();
    }
    deleteTree(home.resolve("data"), "operator.key");
    Files.writeString(home.resolve("data/hongbao.manifest.tmp"), "half");

    try (DataDirectory again = open()) {
      assertEquals(key, again.operatorKey());
    }
  }

  @Test
  void aKeptDemoIsNoForeignContent() throws Exception {
    Path kept = home.resolve("data/demo-20260216-120000-4711");
    Files.createDirectories(kept);

    open().close();

    assertTrue(Files.exists(kept));
  }

  @Test
  void aDefaultYieldsToWhatTheDirectoryWasCreatedWith() throws Exception {
    open("engine.partitions", "8", "data.sandbox", "true", "engine.site", "3").close();

    try (DataDirectory again = open()) {
      Configuration effective = again.effective(configuration());

      assertEquals(8, effective.engine().partitions());
      assertEquals(3, effective.engine().site());
      assertTrue(effective.data().sandbox());
      assertEquals("hongbao.manifest", effective.values().of(Settings.ENGINE_PARTITIONS).origin());
    }
  }

  @Test
  void keepsTheSimulatedProvidersSecretUnlessOneIsGiven() throws Exception {
    String secret;
    try (DataDirectory directory = open()) {
      secret = String.valueOf(directory.effective(configuration()).provider().simSecret());
      assertTrue(secret.length() >= 43, secret);
    }

    try (DataDirectory again = open()) {
      assertEquals(secret, again.effective(configuration()).provider().simSecret());
      Configuration given = configuration("provider.sim.secret", "mine");
      assertEquals("mine", again.effective(given).provider().simSecret());
    }
  }

  @ParameterizedTest
  @CsvSource({"engine.partitions, 20, 40", "engine.site, 2, 1", "data.sandbox, true, false"})
  void refusesAnotherValueForWhatIsFixedAndTellsBoth(String key, String said, String fixed)
      throws Exception {
    open().close();

    String sentence = failure(key, said);

    assertEquals(
        "%s is %s (flag --%s), but the data directory %s was created with %s, and that is for ever"
            .formatted(key, said, key, home.resolve("data"), fixed),
        sentence);
  }

  @Test
  void takesNewAssetsButKeepsOldOnes() throws Exception {
    open().close();
    open("assets", "CNY:1:2:5,COIN:2:0:5,USD:3:2:5").close();

    assertTrue(failure().startsWith("assets must name USD"), failure());
    assertTrue(
        failure("assets", "CNY:1:3:5,COIN:2:0:5,USD:3:2:5").startsWith("assets says CNY:1:3, but"));
  }

  @Test
  void refusesASecondUseAndNamesTheFirst() throws Exception {
    try (DataDirectory first = open()) {
      assertEquals(
          "the data directory %s is in use by process %d"
              .formatted(first.path(), ProcessHandle.current().pid()),
          failure());
    }

    open().close();
  }

  /** A real second process, since within one process the operating system would let us in. */
  @Test
  void refusesTheDirectoryOfAnotherProcess() throws Exception {
    Process other =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                DirectoryHolder.class.getName(),
                home.resolve("data").toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader said = other.inputReader(StandardCharsets.UTF_8)) {
      assertEquals("open", said.readLine());

      assertEquals(
          "the data directory %s is in use by process %d (start)"
              .formatted(home.resolve("data"), other.pid()),
          failure());
    } finally {
      other.destroyForcibly().waitFor();
    }

    open().close();
  }

  @Test
  void refusesADirectoryOfANewerVersion() throws Exception {
    open().close();
    Path file = home.resolve("data/hongbao.manifest");
    Files.writeString(file, Files.readString(file).replace("format_level=1", "format_level=2"));

    assertEquals(
        file
            + " was written by a newer version of Hongbao (format level 2; this version knows 1);"
            + " use that version",
        failure());
  }

  @Test
  void refusesADamagedManifest() throws Exception {
    open().close();
    Path file = home.resolve("data/hongbao.manifest");
    Files.writeString(file, Files.readString(file).replace("partitions=40", "partitions=20"));

    assertEquals(
        file + " is damaged: its checksum does not fit; restore the file from a backup", failure());
  }

  @Test
  void refusesADirectoryOfSomebodyElse() throws Exception {
    Files.createDirectories(home.resolve("data"));
    Files.writeString(home.resolve("data/photo.jpg"), "x");

    assertEquals(
        home.resolve("data")
            + " cannot become a data directory: it has no hongbao.manifest, but is not empty"
            + " (photo.jpg)",
        failure());
    assertFalse(Files.exists(home.resolve("data/operator.key")));
  }

  @Test
  void refusesAFileInPlaceOfADirectory() throws Exception {
    Files.writeString(home.resolve("data"), "x");

    assertEquals(
        "the data directory " + home.resolve("data") + " cannot be used: it is a file", failure());
  }

  @Test
  void commandsOpenOnlyWhatExists() throws Exception {
    Path none = home.resolve("none");
    DataDirectoryException failure =
        assertThrows(
            DataDirectoryException.class, () -> DataDirectory.openExisting(none, "verify"));

    assertEquals(
        none + " is no data directory of Hongbao: it has no hongbao.manifest",
        failure.getMessage());
    assertFalse(Files.exists(none));
  }

  @Test
  void commandsMakeNothingThatIsMissing() throws Exception {
    open().close();
    deleteTree(home.resolve("data"), "hongbao.manifest");

    try (DataDirectory directory = DataDirectory.openExisting(home.resolve("data"), "verify")) {
      assertEquals("", directory.operatorKey());
      assertEquals(40, directory.effective(configuration()).engine().partitions());
    }

    try (Stream<Path> entries = Files.list(home.resolve("data"))) {
      assertEquals(
          List.of("hongbao.lock", "hongbao.manifest"),
          entries.map(entry -> entry.getFileName().toString()).sorted().toList());
    }
  }

  @Test
  void removesPidAndPortsWhenItCloses() throws Exception {
    try (DataDirectory directory = open()) {
      directory.writePidFile();
      directory.writePortsFile("http.port=1\n");
      ProcessMark mark = ProcessMark.read(directory.resolve("hongbao.pid")).orElseThrow();
      assertEquals(ProcessHandle.current().pid(), mark.process().orElseThrow().pid());
    }

    assertFalse(Files.exists(home.resolve("data/hongbao.pid")));
    assertFalse(Files.exists(home.resolve("data/hongbao.ports")));
  }

  @Test
  void twoDirectoriesHaveDifferentIds() throws Exception {
    String first;
    try (DataDirectory directory = open()) {
      first = directory.manifest().directoryId();
    }
    deleteTree(home.resolve("data"), "");
    seed++;

    try (DataDirectory second = open()) {
      assertNotEquals(first, second.manifest().directoryId());
      assertEquals(32, first.length());
    }
  }

  private DataDirectory open(String... flags) throws Exception {
    return DataDirectory.openOrCreate(configuration(flags), NOW_MS, new SeededRandomness(seed));
  }

  private String failure(String... flags) {
    return assertThrows(DataDirectoryException.class, () -> open(flags)).getMessage();
  }

  private Configuration configuration(String... flags) throws Exception {
    Map<String, String> map = new HashMap<>();
    map.put("data.dir", "data");
    for (int index = 0; index < flags.length; index += 2) {
      map.put(flags[index], flags[index + 1]);
    }
    home = home.toRealPath();
    return new ConfigLoader(home, Map.of(), map, null).load();
  }

  private static void deleteTree(Path directory, String exceptName) throws IOException {
    try (Stream<Path> paths = Files.walk(directory)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        boolean kept = path.equals(directory) || path.getFileName().toString().equals(exceptName);
        if (!kept) {
          Files.delete(path);
        }
      }
    }
  }
}
