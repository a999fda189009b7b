// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Gates".
package io.hongbao.tidy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the documents say about the project is there: files, headings, metrics, settings. */
class DocumentsTest {

  private static final Path OPERATIONS = Path.of("docs/OPERATIONS.md");
  private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");
  private static final Pattern METRIC = Pattern.compile("\"(hongbao(?:\\.[a-z_]+)+)\"");
  private static final Pattern CODE = Pattern.compile("`([^`]+)`");
  private static final Pattern SETTING =
      Pattern.compile(
          "(http|management|redpacket|room|provider|engine|idempotency|evict|journal|snapshot"
              + "|export|read_model|server|log)\\.[a-z_.]+");

  /** Packages that register meters. */
  private static final Set<Path> SHOW_METRICS = Set.of(Path.of("app"), Path.of("observe"));

  /** What looks like a setting and is a file or a package. */
  private static final Set<String> NO_SETTINGS =
      Set.of("engine.journal", "engine.snapshot", "export.sql", "export.redpacket");

  @Test
  void everyLinkLeadsSomewhere() {
    Complaints complaints =
        new Complaints("A link in a document leads nowhere.", "correct the path or the heading.");
    for (Path file : documents()) {
      Matcher link = LINK.matcher(withoutCode(ProjectFiles.text(file)));
      while (link.find()) {
        if (!link.group(1).contains("://") && !exists(file, link.group(1))) {
          complaints.add(file, link.group(1));
        }
      }
    }
    complaints.assertNone();
  }

  @Test
  void operatorsFindEveryMetric() {
    Complaints complaints =
        new Complaints(
            "A metric that " + OPERATIONS + " does not explain.",
            "add it to the table: what it counts, what is normal, what is not.");
    String text = ProjectFiles.text(OPERATIONS);
    for (Path file : ProjectFiles.java()) {
      if (!file.startsWith("src/main") || !SHOW_METRICS.contains(file.getParent().getFileName())) {
        continue;
      }
      Matcher metric = METRIC.matcher(ProjectFiles.text(file));
      while (metric.find()) {
        if (!text.contains("`" + metric.group(1).replace('.', '_'))) {
          complaints.add(file, metric.group(1));
        }
      }
    }
    complaints.assertNone();
  }

  @Test
  void contributorsFindEveryGate() {
    Complaints complaints =
        new Complaints(
            "A gate that the table in CONTRIBUTING.md does not list.",
            "add a line: what it holds, where, and the remedy.");
    String text = ProjectFiles.text(Path.of("CONTRIBUTING.md"));
    for (Path file : ProjectFiles.below("src/test/java/io/hongbao/tidy")) {
      String name = file.getFileName().toString().replace(".java", "");
      if (name.matches(".*(Test|IT)") && !text.contains("`" + name + "`")) {
        complaints.add(file, name);
      }
    }
    complaints.assertNone();
  }

  @Test
  void everySettingThatADocumentNamesExists() {
    Complaints complaints =
        new Complaints(
            "A document names a setting that config/hongbao.properties does not have.",
            "name one that is there.");
    Set<String> settings =
        ProjectFiles.lines(Path.of("config/hongbao.properties")).stream()
            .filter(line -> line.matches("#[a-z_.]+ = .*"))
            .map(line -> line.substring(1, line.indexOf(' ')))
            .collect(Collectors.toSet());
    for (Path file : documents()) {
      Matcher code = CODE.matcher(ProjectFiles.text(file));
      while (code.find()) {
        String name = code.group(1);
        if (SETTING.matcher(name).matches()
            && !settings.contains(name)
            && !NO_SETTINGS.contains(name)) {
          complaints.add(file, name);
        }
      }
    }
    complaints.assertNone();
  }

  private static List<Path> documents() {
    return ProjectFiles.below("").stream().filter(file -> file.toString().endsWith(".md")).toList();
  }

  private static String withoutCode(String text) {
    return text.replaceAll("(?s)```.*?```", "");
  }

  private static boolean exists(Path from, String link) {
    int hash = link.indexOf('#');
    String path = hash < 0 ? link : link.substring(0, hash);
    Path target =
        path.isEmpty() ? from : Path.of("").resolve(from).resolveSibling(path).normalize();
    if (!Files.exists(ProjectFiles.root().resolve(target))) {
      return false;
    }
    return hash < 0 || anchors(target).contains(link.substring(hash + 1));
  }

  // As the usual viewers make them: lower case, no punctuation, blanks become hyphens.
  private static Set<String> anchors(Path document) {
    return withoutCode(ProjectFiles.text(document))
        .lines()
        .filter(line -> line.matches("#+ .*"))
        .map(line -> line.replaceFirst("#+ ", "").toLowerCase(Locale.ROOT))
        .map(line -> line.replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'))
        .collect(Collectors.toSet());
  }
}
