// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Gates".
package io.hongbao.tidy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.googlejavaformat.java.Main;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Every Java file looks as google-java-format writes it; with {@code -Dformat.apply=true} it is
 * made so.
 *
 * <p>Files that passed are remembered by a hash of their content under target/, so that the next
 * run looks only at what changed.
 */
class FormatTest {

  private static final String REMEDY =
      """
      Not in the project's format (CONTRIBUTING.md, "Format"). Rewrite with:
        mvn -q test -Dtest=FormatTest -Dformat.apply=true
      """;

  @Test
  void everyJavaFileIsInTheProjectsFormat() throws Exception {
    Path memory = ProjectFiles.root().resolve("target/formatted.txt");
    Set<String> passedBefore =
        new TreeSet<>(Files.exists(memory) ? Files.readAllLines(memory) : List.of());
    List<Path> files = new ArrayList<>();
    for (Path file : ProjectFiles.java()) {
      if (!passedBefore.contains(hashOf(file))) {
        files.add(file);
      }
    }

    String complaint = files.isEmpty() ? "" : runFormatter(files);

    assertEquals("", complaint, REMEDY);
    Set<String> passed = new TreeSet<>();
    for (Path file : ProjectFiles.java()) {
      passed.add(hashOf(file));
    }
    Files.createDirectories(memory.getParent());
    Files.write(memory, passed);
  }

  /** Returns the names of the files that are not in the format, or what the formatter says. */
  private static String runFormatter(List<Path> files) throws Exception {
    // The program that people start by hand, so that both agree on every option.
    List<String> args = new ArrayList<>();
    args.add(Boolean.getBoolean("format.apply") ? "--replace" : "--dry-run");
    files.forEach(file -> args.add(ProjectFiles.root().resolve(file).toString()));
    StringWriter said = new StringWriter();
    PrintWriter writer = new PrintWriter(said, true);
    int code =
        new Main(writer, writer, InputStream.nullInputStream()).format(args.toArray(String[]::new));
    assertEquals(0, code, said::toString);
    return said.toString().replace(ProjectFiles.root() + "/", "");
  }

  private static String hashOf(Path file) throws Exception {
    MessageDigest hash = MessageDigest.getInstance("SHA-256");
    String formatter = Main.class.getPackage().getImplementationVersion();
    hash.update(String.valueOf(formatter).getBytes(StandardCharsets.UTF_8));
    hash.update(ProjectFiles.text(file).getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(hash.digest());
  }
}
