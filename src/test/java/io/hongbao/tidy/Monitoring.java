// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Gates".
package io.hongbao.tidy;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Reads the alert rules and dashboards of the deployment. */
public final class Monitoring {

  private static final Path ALERTS = Path.of("docker/prometheus/alerts.yml");
  private static final Pattern SERIES =
      Pattern.compile("(?<![\\w:.\"])(?:hongbao|jvm|process)[a-z0-9_:]*[a-z0-9]");

  private Monitoring() {}

  static Object yaml(Path file) {
    return new Load(LoadSettings.builder().build()).loadFromString(ProjectFiles.text(file));
  }

  /** Every rule, of whatever group. */
  static List<Map<?, ?>> rules() {
    List<Map<?, ?>> rules = new ArrayList<>();
    for (Object group : (List<?>) ((Map<?, ?>) yaml(ALERTS)).get("groups")) {
      for (Object rule : (List<?>) ((Map<?, ?>) group).get("rules")) {
        rules.add((Map<?, ?>) rule);
      }
    }
    return rules;
  }

  static List<Path> dashboards() {
    return ProjectFiles.below("docker/grafana").stream()
        .filter(file -> file.toString().endsWith(".json"))
        .toList();
  }

  static JsonObject dashboard(Path file) {
    return new JsonObject(ProjectFiles.text(file));
  }

  private static List<String> expressions() {
    List<String> all = new ArrayList<>();
    rules().forEach(rule -> all.add(String.valueOf(rule.get("expr"))));
    for (Path file : dashboards()) {
      for (Object panel : dashboard(file).getJsonArray("panels")) {
        for (Object target : ((JsonObject) panel).getJsonArray("targets")) {
          all.add(((JsonObject) target).getString("expr"));
        }
      }
    }
    return all;
  }

  private static Set<String> names() {
    Set<String> names = new TreeSet<>();
    for (String expression : expressions()) {
      Matcher name = SERIES.matcher(expression);
      while (name.find()) {
        names.add(name.group());
      }
    }
    return names;
  }

  /** Series that rules make of others. */
  static Set<String> recordedNames() {
    Set<String> recorded = names();
    recorded.removeIf(name -> !name.contains(":"));
    return recorded;
  }

  /** Series that a server must show. */
  public static Set<String> measuredNames() {
    Set<String> measured = names();
    measured.removeIf(name -> name.contains(":"));
    return measured;
  }
}
