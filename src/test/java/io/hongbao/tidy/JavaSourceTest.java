// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Gates".
package io.hongbao.tidy;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.SwitchExpressionTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How a Java file of the project is laid out: header, sizes, package comment, names. */
class JavaSourceTest {

  private static final int FILE_LINES_MAX = 400;
  private static final int METHOD_LINES_MAX = 60;
  private static final int LINE_COLUMNS_MAX = 100;
  private static final int PACKAGE_COMMENT_LINES_MIN = 3;

  private static final String HEADER_1 = "// SPDX-License-Identifier: Apache-2.0";
  private static final Pattern HEADER_2 =
      Pattern.compile(
          "// Copyright the Hongbao authors\\. Design notes: docs/ARCHITECTURE\\.md,"
              + " \"([^\"]+)\"\\.");

  /** Names that say nothing about what a package owns. */
  private static final Set<String> EMPTY_NAMES =
      Set.of("util", "utils", "common", "service", "services", "manager", "impl", "misc", "helper");

  @Test
  void everyFileBeginsWithTheHeader() {
    Complaints complaints =
        new Complaints(
            "Header missing or different.",
            """
            begin the file with
            // SPDX-License-Identifier: Apache-2.0
            // Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Section".\
            """);
    for (Path file : ProjectFiles.java()) {
      List<String> lines = ProjectFiles.lines(file);
      if (lines.size() < 2
          || !lines.get(0).equals(HEADER_1)
          || !HEADER_2.matcher(lines.get(1)).matches()) {
        complaints.add(file, 1, "header");
      }
    }
    complaints.assertNone();
  }

  @Test
  void theSectionInTheHeaderExists() {
    Complaints complaints =
        new Complaints(
            "The header points to a section that docs/ARCHITECTURE.md does not have.",
            "name a section that is there, or write it.");
    Path document = Path.of("docs/ARCHITECTURE.md");
    if (!ProjectFiles.below("docs").contains(document)) {
      return;
    }
    String headings =
        ProjectFiles.lines(document).stream()
            .filter(line -> line.startsWith("#"))
            .collect(Collectors.joining("\n"));
    for (Path file : ProjectFiles.java()) {
      Matcher header = HEADER_2.matcher(ProjectFiles.text(file));
      if (header.find() && !headings.contains(header.group(1))) {
        complaints.add(file, 2, header.group(1));
      }
    }
    complaints.assertNone();
  }

  @Test
  void filesAndLinesStayShort() {
    Complaints complaints =
        new Complaints(
            "Files have at most %d lines of at most %d columns."
                .formatted(FILE_LINES_MAX, LINE_COLUMNS_MAX),
            "give a part of the file a name and a file of its own; break the line.");
    for (Path file : ProjectFiles.java()) {
      List<String> lines = ProjectFiles.lines(file);
      if (lines.size() > FILE_LINES_MAX) {
        complaints.add(file, lines.size() + " lines");
      }
      boolean inTextBlock = false;
      for (int index = 0; index < lines.size(); index++) {
        String line = lines.get(index);
        boolean mayBeLong = inTextBlock || line.startsWith("import ") || line.contains("://");
        int columns = line.codePointCount(0, line.length());
        if (columns > LINE_COLUMNS_MAX && !mayBeLong) {
          complaints.add(file, index + 1, columns + " columns");
        }
        inTextBlock ^= (line.split("\"\"\"", -1).length - 1) % 2 == 1;
      }
    }
    complaints.assertNone();
  }

  @Test
  void methodsStayShort() throws IOException {
    Complaints complaints =
        new Complaints(
            "Methods have at most " + METHOD_LINES_MAX + " lines.",
            "take a step out into a method with a name that says what it does.");
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
      List<Path> files = ProjectFiles.java().stream().map(ProjectFiles.root()::resolve).toList();
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null, manager, null, null, null, manager.getJavaFileObjectsFromPaths(files));
      SourcePositions positions = Trees.instance(task).getSourcePositions();
      for (CompilationUnitTree unit : task.parse()) {
        new MethodLengths(unit, positions, complaints).scan(unit, null);
      }
    }
    complaints.assertNone();
  }

  @Test
  void everyPackageSaysWhatItOwns() {
    Complaints complaints =
        new Complaints(
            "Every package has a package-info.java with a comment of at least "
                + PACKAGE_COMMENT_LINES_MIN
                + " lines and @org.jspecify.annotations.NullMarked.",
            "say what it owns, on which thread, which guarantees it gives, what it may know.");
    Set<String> commented =
        ProjectFiles.java().stream()
            .filter(file -> file.endsWith("package-info.java"))
            .map(JavaSourceTest::packageOf)
            .collect(Collectors.toSet());
    for (Path file : ProjectFiles.java()) {
      if (!commented.contains(packageOf(file))) {
        complaints.add(file.resolveSibling("package-info.java"), "missing");
        commented.add(packageOf(file));
      }
      if (file.endsWith("package-info.java")) {
        judgePackageComment(file, complaints);
      }
    }
    complaints.assertNone();
  }

  @Test
  void noPackageHasAnEmptyName() {
    Complaints complaints =
        new Complaints(
            "A package is named for what it owns.",
            "move each class to the package whose idea it belongs to.");
    for (String name :
        new TreeSet<>(ProjectFiles.java().stream().map(f -> packageOf(f)).toList())) {
      for (String part : name.split("\\.")) {
        if (EMPTY_NAMES.contains(part.toLowerCase(Locale.ROOT))) {
          complaints.add(Path.of(name), part);
        }
      }
    }
    complaints.assertNone();
  }

  private static void judgePackageComment(Path file, Complaints complaints) {
    long commentLines =
        ProjectFiles.lines(file).stream().filter(line -> line.matches(" \\* \\S.*")).count();
    if (commentLines < PACKAGE_COMMENT_LINES_MIN) {
      complaints.add(file, commentLines + " lines of comment");
    }
    // The bootstrap speaks the Java of 2014 and knows no library; tests are not checked for null.
    boolean needsMark =
        file.startsWith("src/main") && !packageOf(file).equals("io.hongbao.bootstrap");
    if (needsMark && !ProjectFiles.text(file).contains("NullMarked")) {
      complaints.add(file, "@NullMarked is missing");
    }
  }

  /** "src/main/java/io/hongbao/disk/Disk.java" gives "io.hongbao.disk". */
  private static String packageOf(Path file) {
    return file.subpath(3, file.getNameCount() - 1).toString().replace('/', '.');
  }

  /** Complains about methods that are too long, from their first modifier to their last brace. */
  private static final class MethodLengths extends TreeScanner<@Nullable Void, @Nullable Void> {
    private final CompilationUnitTree unit;
    private final SourcePositions positions;
    private final Complaints complaints;

    MethodLengths(CompilationUnitTree unit, SourcePositions positions, Complaints complaints) {
      this.unit = unit;
      this.positions = positions;
      this.complaints = complaints;
    }

    @Override
    public @Nullable Void visitMethod(MethodTree method, @Nullable Void nothing) {
      SwitchExpressionTree table = onlySwitchOf(method);
      if (table == null) {
        judge(method, method.getName().toString());
      } else {
        // A method that is one switch is a table; what must stay short is each of its rows.
        table.getCases().forEach(row -> judge(row, method.getName() + ", a case"));
      }
      return super.visitMethod(method, null);
    }

    private static @Nullable SwitchExpressionTree onlySwitchOf(MethodTree method) {
      return method.getBody() != null
              && method.getBody().getStatements().size() == 1
              && method.getBody().getStatements().get(0) instanceof ReturnTree only
              && only.getExpression() instanceof SwitchExpressionTree table
          ? table
          : null;
    }

    private void judge(Tree tree, String name) {
      long first = unit.getLineMap().getLineNumber(positions.getStartPosition(unit, tree));
      long endPosition = positions.getEndPosition(unit, tree);
      long last = endPosition < 0 ? first : unit.getLineMap().getLineNumber(endPosition);
      if (last - first + 1 > METHOD_LINES_MAX) {
        Path file = ProjectFiles.root().relativize(Path.of(unit.getSourceFile().toUri()));
        complaints.add(file, first, name + ": " + (last - first + 1) + " lines");
      }
    }
  }
}
