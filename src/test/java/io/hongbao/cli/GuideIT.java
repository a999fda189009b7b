// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Proof".
package io.hongbao.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs every block of code in docs/GUIDE.md as a reader would: in order, in one directory, against
 * the server that the first one starts. Neighbouring blocks of a language are one program; what the
 * shell exports is there for the programs after it. Of a {@code text} block every line must have
 * been printed, in its order; {@code …} stands for anything.
 */
class GuideIT {

  private static final Path GUIDE = Path.of("docs/GUIDE.md");
  private static final Pattern BLOCK =
      Pattern.compile("^```(\\w+)\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);
  private static final Set<String> LANGUAGES = Set.of("sh", "js", "python", "java");
  private static final String KEPT = "kept.sh";

  @TempDir Path directory;

  /** Neighbouring blocks of one language, and what they must print. */
  private record Program(String language, StringBuilder code, List<String> lines) {}

  // Some dozen programs one after the other; seconds, but minutes on a machine full of builds.
  @Test
  @Timeout(300)
  void everyExampleDoesWhatTheGuideSays() throws Exception {
    Tool bash = Tool.named("bash");
    Tool.named("curl");
    Tool.named("node");
    Tool.named("python3");
    List<Program> programs = programs();
    assertTrue(programs.size() >= 5, "programs in the guide");
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String jar = Path.of(System.getProperty("hongbao.jar")).toAbsolutePath().toString();
    Path launcher = directory.resolve("hongbao");
    Files.writeString(launcher, "#!/bin/sh\nexec '%s' -jar '%s' \"$@\"\n".formatted(java, jar));
    assertTrue(launcher.toFile().setExecutable(true));
    Files.writeString(directory.resolve(KEPT), "");
    // A reader's machine has these ports free; one with many builds has not.
    Map<String, String> environment =
        Map.of("HONGBAO_HTTP_PORT", "0", "HONGBAO_MANAGEMENT_PORT", "0", "LC_ALL", "C.UTF-8");
    boolean isStopped = false;
    try {
      for (Program program : programs) {
        String script = script(program, java, jar);
        Tool.Outcome outcome = bash.run(directory, environment, List.of("-c", script));
        assertEquals(0, outcome.exitCode(), () -> program.code() + "\n" + outcome.output());
        assertPrinted(program, outcome.output());
      }
      isStopped = true;
    } finally {
      if (!isStopped) {
        bash.run(directory, environment, List.of("-c", "./hongbao stop --data data/guide"));
      }
    }
    assertNotEquals(true, Files.exists(directory.resolve("data/guide/hongbao.pid")));
  }

  private static List<Program> programs() throws IOException {
    List<Program> programs = new ArrayList<>();
    Matcher block = BLOCK.matcher(Files.readString(GUIDE));
    while (block.find()) {
      String language = Objects.requireNonNull(block.group(1));
      String content = Objects.requireNonNull(block.group(2));
      if (language.equals("text")) {
        content.lines().forEach(programs.getLast().lines()::add);
        continue;
      }
      assertTrue(LANGUAGES.contains(language), "a block that nobody runs: " + language);
      if (programs.isEmpty() || !programs.getLast().language().equals(language)) {
        programs.add(new Program(language, new StringBuilder(), new ArrayList<>()));
      }
      programs.getLast().code().append(content);
    }
    return programs;
  }

  private String script(Program program, String java, String jar) throws IOException {
    String before = "set -euo pipefail\n. ./" + KEPT + "\n";
    String code = program.code().toString();
    return switch (program.language()) {
      case "sh" -> before + code + "\n{ declare -f; export -p; } > " + KEPT + "\n";
      case "js" -> before + "node " + file("guide.mjs", code);
      case "python" -> before + "python3 " + file("guide.py", code);
      default -> before + "'" + java + "' -cp '" + jar + "' " + file("Guide.java", code);
    };
  }

  private String file(String name, String code) throws IOException {
    Files.writeString(directory.resolve(name), code);
    return name;
  }

  private static void assertPrinted(Program program, String output) {
    int from = 0;
    for (String line : program.lines()) {
      Pattern wanted =
          Pattern.compile(
              "^\\Q" + line.replace("…", "\\E.*\\Q") + "\\E\\r?$",
              Pattern.MULTILINE | Pattern.CASE_INSENSITIVE);
      Matcher found = wanted.matcher(output);
      assertTrue(found.find(from), () -> "not printed: " + line + "\nbut:\n" + output);
      from = found.end();
    }
  }
}
