// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Gates".
package io.hongbao.tidy;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Rules for all files of the project that people read: no private paths, no vague promises. */
class TextFilesTest {

  // Put together from pieces, or this file would break its own rules.
  private static final Pattern MACHINE_PATH =
      Pattern.compile("(?<![\\w.}~*-])/(wo" + "rk|ro" + "ot|ho" + "me)/[\\w.$-]");
  private static final Pattern PROMISE =
      Pattern.compile("\\b(TO" + "DO|FIX" + "ME|XX" + "X)\\b(.{0,8})");
  private static final Pattern NUMBERED = Pattern.compile("\\(?#\\d+.*");
  private static final Pattern LUA_ARGUMENT = Pattern.compile("\\b(KEYS|ARGV)\\[\\d+]");

  @Test
  void noFileNamesAPathOfSomebodysMachine() {
    Complaints complaints =
        new Complaints(
            "A path of one machine.",
            "use a path relative to the project, a property, or an example such as /srv/hongbao.");
    for (Path file : ProjectFiles.below("")) {
      complainWherever(MACHINE_PATH, file, complaints);
    }
    complaints.assertNone();
  }

  @Test
  void everyPromiseHasAnIssueNumber() {
    Complaints complaints =
        new Complaints(
            "A promise that nobody tracks.", "write the number behind it: (#12); or do it now.");
    for (Path file : ProjectFiles.below("")) {
      if (isText(file)) {
        Matcher promise = PROMISE.matcher(ProjectFiles.text(file));
        while (promise.find()) {
          if (!NUMBERED.matcher(promise.group(2)).matches()) {
            complaints.add(file, promise.group());
          }
        }
      }
    }
    complaints.assertNone();
  }

  @Test
  void testDependenciesStayInTheirProfile() {
    Complaints complaints =
        new Complaints(
            "A test dependency outside the profile \"gates\" would be fetched by ./hongbao demo.",
            "move it into the profile's dependencies.");
    Path pom = Path.of("pom.xml");
    List<String> lines = ProjectFiles.lines(pom);
    int profiles = lines.indexOf("  <profiles>");
    for (int index = 0; index < profiles; index++) {
      if (lines.get(index).contains("<scope>test</scope>")) {
        complaints.add(pom, index + 1, lines.get(index).strip());
      }
    }
    complaints.assertNone();
  }

  @Test
  void everyLuaScriptSaysWhatItTakesAndReturns() {
    Complaints complaints =
        new Complaints(
            "The comment on top of a Lua script says what it does, every KEYS[n] and ARGV[n] with"
                + " its unit, what it Returns, and why it is one script (because …).",
            "complete the comment.");
    for (Path file : ProjectFiles.below("scripts/lua")) {
      if (!file.toString().endsWith(".lua")) {
        continue;
      }
      List<String> lines = ProjectFiles.lines(file);
      String header =
          String.join("\n", lines.stream().takeWhile(line -> line.startsWith("--")).toList());
      String code = String.join("\n", lines).substring(header.length());
      Set<String> needed = new TreeSet<>(Set.of("Returns", "because"));
      LUA_ARGUMENT.matcher(code).results().forEach(result -> needed.add(result.group()));
      needed.stream()
          .filter(word -> !header.contains(word))
          .forEach(word -> complaints.add(file, "the comment lacks " + word));
    }
    complaints.assertNone();
  }

  private static void complainWherever(Pattern pattern, Path file, Complaints complaints) {
    if (!isText(file)) {
      return;
    }
    List<String> lines = ProjectFiles.lines(file);
    for (int index = 0; index < lines.size(); index++) {
      Matcher matcher = pattern.matcher(lines.get(index));
      if (matcher.find()) {
        complaints.add(file, index + 1, matcher.group());
      }
    }
  }

  private static boolean isText(Path file) {
    return ProjectFiles.text(file).indexOf('\0') < 0;
  }
}
