// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Gates".
package io.hongbao.tidy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Alert rules and dashboards are sound: they parse, every rule has its runbook, every panel its
 * meaning. That what they measure is measured, {@code ManagementIT} asks of a running server.
 */
class MonitoringTest {

  private static final Path ALERTS = Path.of("docker/prometheus/alerts.yml");

  @Test
  void everyAlertHasSeverityAndARunbookThatExists() {
    Set<String> headings =
        ProjectFiles.lines(Path.of("docs/OPERATIONS.md")).stream()
            .filter(line -> line.startsWith("#"))
            .map(line -> line.replaceFirst("#+ ", "").toLowerCase(Locale.ROOT))
            .collect(Collectors.toSet());
    Complaints complaints =
        new Complaints(
            "An alert needs severity page or ticket, a summary, and a runbook: a heading of"
                + " docs/OPERATIONS.md with its name.",
            "write it.");
    Set<String> names = new HashSet<>();
    for (Map<?, ?> rule : Monitoring.rules()) {
      if (!(rule.get("alert") instanceof String name)) {
        continue;
      }
      Map<?, ?> notes = (Map<?, ?>) rule.get("annotations");
      String severity = String.valueOf(((Map<?, ?>) rule.get("labels")).get("severity"));
      String anchor = name.toLowerCase(Locale.ROOT);
      boolean isWhole =
          Set.of("page", "ticket").contains(severity)
              && notes.get("summary") != null
              && ("docs/OPERATIONS.md#" + anchor).equals(notes.get("runbook"))
              && headings.contains(anchor)
              && names.add(name);
      if (!isWhole) {
        complaints.add(ALERTS, name);
      }
    }
    complaints.assertNone();
    assertTrue(names.size() > 10, names.toString());
  }

  @Test
  void everyRecordedSeriesIsMadeByARule() {
    Set<String> made =
        Monitoring.rules().stream()
            .map(rule -> String.valueOf(rule.get("record")))
            .collect(Collectors.toSet());
    Set<String> used = new TreeSet<>(Monitoring.recordedNames());
    used.removeAll(made);

    assertEquals(Set.of(), used, "recorded series that no rule makes");
  }

  @Test
  void everyPanelSaysWhatItShows() {
    Set<Object> boards = new HashSet<>();
    for (Path file : Monitoring.dashboards()) {
      JsonObject board = Monitoring.dashboard(file);
      assertTrue(boards.add(board.getString("uid")), "uid of " + file);
      Set<Object> ids = new HashSet<>();
      for (Object one : board.getJsonArray("panels")) {
        JsonObject panel = (JsonObject) one;
        assertTrue(ids.add(panel.getValue("id")), file + " " + panel.getValue("id"));
        assertTrue(!panel.getString("title").isBlank(), file.toString());
        assertTrue(
            !panel.getString("description").isBlank(), file + " " + panel.getString("title"));
        assertTrue(!panel.getJsonArray("targets").isEmpty(), file + " " + panel.getString("title"));
      }
    }
    assertEquals(3, boards.size());
  }

  @Test
  void everyYamlOfTheDeploymentParses() {
    List<Path> files =
        ProjectFiles.below("docker").stream()
            .filter(file -> file.toString().matches(".*\\.ya?ml"))
            .toList();

    files.forEach(Monitoring::yaml);
    assertTrue(files.size() > 4, files.toString());
  }
}
