// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Gates".
package io.hongbao.tidy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaCodeUnitAccess;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/**
 * Time, chance and files come in from outside: only the packages that provide them may call the JDK
 * for them. Everything else must run again, bit for bit, from a seed or a journal.
 *
 * <p>Looks at bytecode, so that a method reference counts as a call and a comment does not.
 */
class BannedCallsTest {

  /** One thing that only some may call. */
  private record Ban(
      String what, Predicate<CodeUnitAccessTarget> calls, Set<String> allowedIn, String remedy) {}

  /** Top-level packages that stand between the core and a real machine, each with its reason. */
  private static final Map<String, String> OUTSIDE =
      Map.ofEntries(
          Map.entry("time", "provides clock and chance to all others"),
          Map.entry(
              "process",
              "is another process: its input, its end, its lock of a file, which tells nobody"),
          Map.entry("disk", "provides files to all others"),
          Map.entry("datadir", "locks and describes the directory before a disk is opened in it"),
          Map.entry("bootstrap", "looks for a JDK before anything else exists"),
          Map.entry("config", "reads the configuration file and key files"),
          Map.entry("inspect", "copies and checks the files of a data directory, live state aside"),
          Map.entry("cli", "is what a person at a terminal talks to"),
          Map.entry("client", "is copied into other programs, which have no clock of ours"),
          Map.entry("app", "starts and stops the process: pid file, locks, deadlines"),
          Map.entry("demo", "plays a person: directories, child processes, waiting"),
          Map.entry("play", "plays a crowd, and looks after a child process"),
          Map.entry("drill", "kills and watches a server of its own: processes, waiting"),
          Map.entry("bench", "measures: it is the clock that it is about"));

  private static final Set<String> CLOCK_PROVIDERS =
      Set.of("time", "cli", "client", "app", "demo", "play", "drill", "bench");
  private static final Set<String> FILE_PROVIDERS =
      Set.of(
          "disk",
          "datadir",
          "inspect",
          "process",
          "bootstrap",
          "config",
          "cli",
          "app",
          "demo",
          "play",
          "drill",
          "bench");

  private static final List<Ban> BANS =
      List.of(
          new Ban(
              "the machine's clock",
              BannedCallsTest::readsTheClock,
              CLOCK_PROVIDERS,
              "take the time as an argument, or a clock of io.hongbao.time"),
          new Ban(
              "chance that no seed repeats",
              BannedCallsTest::drawsChance,
              Set.of("time", "cli", "client", "demo", "play", "drill", "bench"),
              "take it as an argument, or a source of io.hongbao.time"),
          new Ban(
              "sleeping",
              target -> is(target, "java.lang.Thread", "sleep"),
              Set.of("time", "process", "cli", "client", "demo", "play", "drill", "bench"),
              "schedule a timer, or wait for the event itself"),
          new Ban(
              "files",
              BannedCallsTest::opensFiles,
              FILE_PROVIDERS,
              "go through io.hongbao.disk.Disk, which the simulator can tear"));

  @Test
  void onlyProvidersCallForTimeChanceAndFiles() {
    Set<String> complaints = new TreeSet<>();
    for (JavaClass type : ProductClasses.all()) {
      for (JavaCodeUnit unit : type.getCodeUnits()) {
        unit.getCallsFromSelf().forEach(call -> judge(type, call, complaints));
        unit.getMethodReferencesFromSelf().forEach(call -> judge(type, call, complaints));
        unit.getConstructorReferencesFromSelf().forEach(call -> judge(type, call, complaints));
      }
    }

    assertEquals("", String.join("\n", complaints), "Calls that this package may not make:\n");
  }

  @Test
  void everyPackageThatMayCallHasAReason() {
    for (Ban ban : BANS) {
      Set<String> unexplained = new TreeSet<>(ban.allowedIn());
      unexplained.removeAll(OUTSIDE.keySet());
      assertEquals(Set.of(), unexplained, ban.what());
    }
  }

  private static void judge(JavaClass type, JavaCodeUnitAccess<?> call, Set<String> complaints) {
    for (Ban ban : BANS) {
      if (ban.calls().test(call.getTarget()) && !ban.allowedIn().contains(topPackageOf(type))) {
        complaints.add(
            "%s %s calls for %s (%s): %s"
                .formatted(
                    type.getName(),
                    call.getSourceCodeLocation(),
                    ban.what(),
                    call.getTarget().getFullName(),
                    ban.remedy()));
      }
    }
  }

  private static boolean readsTheClock(CodeUnitAccessTarget target) {
    String owner = target.getOwner().getName();
    String name = target.getName();
    return is(target, "java.lang.System", "currentTimeMillis")
        || is(target, "java.lang.System", "nanoTime")
        || (owner.startsWith("java.time.") && name.equals("now"))
        || (owner.equals("java.time.Clock")
            && (name.startsWith("system") || name.startsWith("tick")))
        || (is(target, "java.util.Date", "<init>") && target.getRawParameterTypes().isEmpty());
  }

  // A generator made from a seed is allowed: it says the same again.
  private static boolean drawsChance(CodeUnitAccessTarget target) {
    String owner = target.getOwner().getName();
    boolean isConstructor = target.getName().equals("<init>");
    boolean hasNoArguments = target.getRawParameterTypes().isEmpty();
    boolean makesUnseeded =
        (owner.equals("java.util.Random") || owner.equals("java.util.SplittableRandom"))
            && isConstructor
            && hasNoArguments;
    return makesUnseeded
        || is(target, "java.lang.Math", "random")
        || is(target, "java.util.UUID", "randomUUID")
        || owner.equals("java.util.concurrent.ThreadLocalRandom")
        || owner.equals("java.security.SecureRandom")
        || is(target, "java.util.random.RandomGenerator", "getDefault")
        || is(target, "java.util.random.RandomGenerator", "of")
        || (is(target, "java.util.Collections", "shuffle")
            && target.getRawParameterTypes().size() == 1);
  }

  private static boolean opensFiles(CodeUnitAccessTarget target) {
    String owner = target.getOwner().getName();
    return owner.equals("java.nio.file.Files")
        || owner.equals("java.io.File")
        || owner.equals("java.io.RandomAccessFile")
        || (owner.startsWith("java.io.File") && owner.endsWith("Stream"))
        || owner.equals("java.io.FileReader")
        || owner.equals("java.io.FileWriter")
        || is(target, "java.nio.channels.FileChannel", "open");
  }

  private static boolean is(CodeUnitAccessTarget target, String owner, String name) {
    return target.getName().equals(name) && target.getOwner().getName().equals(owner);
  }

  private static String topPackageOf(JavaClass type) {
    String below = type.getPackageName().substring("io.hongbao".length());
    return below.isEmpty() ? "" : below.substring(1).split("\\.", 2)[0];
  }
}
