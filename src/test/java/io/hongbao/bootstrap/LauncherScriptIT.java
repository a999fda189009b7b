// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Two commands".
package io.hongbao.bootstrap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hongbao.bootstrap.Processes.Outcome;
import io.hongbao.bootstrap.Processes.Running;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the launcher script decides, with a Maven that only copies a ready jar and counts its calls.
 */
class LauncherScriptIT {

  private static final Path SCRIPT = Path.of(System.getProperty("basedir", "")).resolve("hongbao");

  /** All that the script calls, so that a PATH can be made without one of them. */
  private static final List<String> TOOLS =
      List.of(
          "cat",
          "cp",
          "date",
          "find",
          "flock",
          "grep",
          "head",
          "mkdir",
          "mv",
          "ps",
          "readlink",
          "rm",
          "sed",
          "sleep",
          "tee",
          "touch");

  private static final String FAKE_MAVEN =
      """
      #!/bin/sh
      echo called >>"$CALLS"
      [ -n "${BUILD_FAILS:-}" ] && { echo '[ERROR] A.java:[1,1] not a statement'; exit 1; }
      for arg in "$@"; do
        case $arg in -Dhongbao.buildDir=*) dir=${arg#*=} ;; esac
      done
      echo '[INFO] --- maven-compiler-plugin:1:compile (default-compile) @ hongbao ---'
      echo 'Downloaded from central: x.jar (12 kB at 1 MB/s)'
      sleep 0.3
      mkdir -p "$dir/fat" && cp "$STUB" "$dir/fat/hongbao.jar"
      """;

  @TempDir private static Path shared;

  private static Path stub;

  @TempDir private Path temp;

  private Path project;
  private Path bin;
  private final Map<String, String> environment = new HashMap<>();

  @BeforeAll
  static void makeTheJar() throws IOException {
    stub = StubJar.make(shared);
  }

  @BeforeEach
  void makeTheProject() throws IOException {
    project = Files.createDirectories(temp.resolve("a project"));
    Files.copy(SCRIPT, project.resolve("hongbao"), StandardCopyOption.COPY_ATTRIBUTES);
    Files.createDirectories(project.resolve("src/main/java"));
    write(project.resolve("src/main/java/A.java"), "");
    write(project.resolve("src/main/java/B.java"), "");
    write(project.resolve("pom.xml"), "");
    bin = Files.createDirectories(temp.resolve("bin"));
    for (String tool : TOOLS) {
      for (String folder : List.of("/bin/", "/usr/bin/")) {
        if (Files.exists(Path.of(folder + tool))) {
          writeProgram(tool, "#!/bin/sh\nexec " + folder + tool + " \"$@\"\n");
        }
      }
    }
    writeProgram("mvn", FAKE_MAVEN);
    environment.put("PATH", bin.toString());
    environment.put("HONGBAO_JAVA_HOME", System.getProperty("java.home"));
    environment.put("HONGBAO_JVM_FOLDERS", temp.resolve("none").toString());
    environment.put("CALLS", temp.resolve("calls").toString());
    environment.put("STUB", stub.toString());
  }

  @Test
  void buildsOnceAndThenRunsTheJar() throws Exception {
    Outcome first = launch("exit", "6", "two words");
    Outcome second = launch("exit", "6", "two words");

    assertEquals(6, first.exitCode(), first::toString);
    assertTrue(first.err().contains("hongbao: compiling\n"), first::err);
    assertEquals(6, second.exitCode());
    assertEquals("", second.err(), "a fresh jar starts without a word");
    assertTrue(second.out().contains("args exit|6|two words\n"), second::out);
    assertEquals(1, builds());
  }

  @Test
  void buildsAgainWhenAnythingTheJarIsMadeOfChanged() throws Exception {
    launch("exit", "0");
    touch(project.resolve("src/main/java/A.java"));
    launch("exit", "0");
    assertEquals(2, builds(), "a source");

    makeFresh();
    touch(project.resolve("pom.xml"));
    launch("exit", "0");
    assertEquals(3, builds(), "the pom");

    makeFresh();
    Files.delete(project.resolve("src/main/java/B.java"));
    touch(project.resolve("src/main/java"));
    launch("exit", "0");
    assertEquals(4, builds(), "a file that went away");
  }

  @Test
  void replacesTheJarInOneStep() throws Exception {
    launch("exit", "0");
    Object before = inodeOf(project.resolve("target/hongbao.jar"));
    Files.createLink(temp.resolve("held"), project.resolve("target/hongbao.jar"));
    touch(project.resolve("pom.xml"));

    launch("exit", "0");

    assertNotEquals(before, inodeOf(project.resolve("target/hongbao.jar")));
    assertEquals(before, inodeOf(temp.resolve("held")), "whoever runs from the old one keeps it");
  }

  @Test
  void twoAtOnceBuildOnce() throws Exception {
    Running one = start("exit", "0");
    Running other = start("exit", "0");

    assertEquals(0, one.finish().exitCode());
    assertEquals(0, other.finish().exitCode());
    assertEquals(1, builds());
  }

  @Test
  void twoAtOnceBuildOnceAlsoWithoutFlock() throws Exception {
    Files.delete(bin.resolve("flock"));
    Running one = start("exit", "0");
    Running other = start("exit", "0");

    assertEquals(0, one.finish().exitCode());
    assertEquals(0, other.finish().exitCode());
    assertEquals(1, builds());
  }

  @Test
  void aLockWhoseOwnerIsGoneIsTakenOver() throws Exception {
    Files.delete(bin.resolve("flock"));
    Path lock = Files.createDirectories(project.resolve("target/launcher/lock.d"));
    Process gone = new ProcessBuilder("true").start();
    gone.waitFor();
    write(lock.resolve("pid"), gone.pid() + "\n");

    assertEquals(0, launch("exit", "0").exitCode());
    assertEquals(1, builds());
  }

  @Test
  void aFailedBuildNamesItsLogAndKeepsTheOldJar() throws Exception {
    launch("exit", "0");
    touch(project.resolve("pom.xml"));
    environment.put("BUILD_FAILS", "yes");

    Outcome outcome = launch("exit", "0");

    assertEquals(1, outcome.exitCode());
    Path log = project.toRealPath().resolve("target/launcher/build.log");
    assertTrue(
        outcome.err().endsWith("hongbao: the build failed; its log is " + log + ".\n"),
        outcome::err);
    assertTrue(outcome.err().contains("not a statement"), outcome::err);
    assertTrue(Files.exists(project.resolve("target/hongbao.jar")));
  }

  @Test
  void mavenIsMissedOnlyWhenAJarMustBeBuilt() throws Exception {
    Files.delete(bin.resolve("mvn"));

    Outcome without = launch("exit", "0");
    assertEquals(3, without.exitCode());
    assertEquals(
        "hongbao: the jar must be built, which needs Maven; install it (package maven) and try"
            + " again.\n",
        without.err());

    Files.createDirectories(project.resolve("target"));
    Files.copy(stub, project.resolve("target/hongbao.jar"));
    makeFresh();
    assertEquals(9, launch("exit", "9").exitCode());
  }

  @Test
  void runsFromAnUnpackedReleaseThroughALinkInAnyDirectory() throws Exception {
    Path release = Files.createDirectories(temp.resolve("release"));
    Files.copy(SCRIPT, release.resolve("hongbao"), StandardCopyOption.COPY_ATTRIBUTES);
    Files.copy(stub, release.resolve("hongbao.jar"));
    Files.createSymbolicLink(temp.resolve("link"), Path.of("release/hongbao"));
    Files.createSymbolicLink(bin.resolve("hb"), Path.of("../link"));

    Outcome outcome =
        Processes.run(Path.of("/"), environment, List.of("/bin/sh", "-c", "hb exit 2"));

    assertEquals(2, outcome.exitCode(), outcome::toString);
    assertEquals("", outcome.err());
  }

  @Test
  void withoutANewJavaItSaysTheSentenceOfTheJar() throws Exception {
    Path old = Files.createDirectories(temp.resolve("none/jdk-17/bin"));
    write(old.resolve("java"), "");
    old.resolve("java").toFile().setExecutable(true);
    write(temp.resolve("none/jdk-17/release"), "JAVA_VERSION=\"17.0.15\"\n");
    environment.put("HONGBAO_JAVA_HOME", "/nonsense");

    Outcome outcome = launch("demo");

    assertEquals(3, outcome.exitCode());
    JavaHomes.Home seen = new JavaHomes.Home(temp.resolve("none/jdk-17").toString(), 17);
    assertEquals(Main.missing(0, "", seen) + "\n", outcome.err());
    assertEquals(0, builds(), "the JDK is looked for before anything is built");
  }

  private Outcome launch(String... args) throws IOException, InterruptedException {
    return start(args).finish();
  }

  private Running start(String... args) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(project.resolve("hongbao").toString());
    command.addAll(List.of(args));
    return Processes.start(temp, environment, command);
  }

  private int builds() throws IOException {
    Path calls = temp.resolve("calls");
    return Files.exists(calls) ? Files.readAllLines(calls).size() : 0;
  }

  // Files are made older or newer by hand: the clock's step may be coarser than a test.
  private void makeFresh() throws IOException {
    Files.setLastModifiedTime(
        project.resolve("target/hongbao.jar"), FileTime.fromMillis(System.currentTimeMillis()));
    for (String name : List.of("pom.xml", "src/main/java/A.java", "src/main/java", "src/main")) {
      Files.setLastModifiedTime(project.resolve(name), FileTime.fromMillis(0));
    }
  }

  private static void touch(Path file) throws IOException {
    long soonMs = System.currentTimeMillis() + 5_000;
    Files.setLastModifiedTime(file, FileTime.fromMillis(soonMs));
  }

  private void writeProgram(String name, String text) throws IOException {
    write(bin.resolve(name), text);
    bin.resolve(name).toFile().setExecutable(true);
  }

  private static void write(Path file, String text) throws IOException {
    Files.writeString(file, text);
  }

  private static Object inodeOf(Path file) throws IOException {
    return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
  }
}
