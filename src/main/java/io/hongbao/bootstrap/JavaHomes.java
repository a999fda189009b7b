// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Two commands".
package io.hongbao.bootstrap;

import java.io.BufferedReader;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Looks for Java installations: HONGBAO_JAVA_HOME, JAVA_HOME, PATH, the usual folders, in this
 * order; the first that is new enough wins.
 *
 * <p>HONGBAO_JVM_FOLDERS (separated like PATH) replaces the usual folders; each child of a folder
 * may be an installation.
 *
 * <p><b>Failure:</b> what cannot be read or run counts as not there.
 */
final class JavaHomes {

  /** One installation that answered. */
  static final class Home {
    private final String path;
    private final int major;

    Home(String path, int major) {
      this.path = path;
      this.major = major;
    }

    String path() {
      return path;
    }

    int major() {
      return major;
    }

    String javaCommand() {
      return javaIn(new File(path)).getPath();
    }
  }

  private final List<File> candidates;
  private Home newestSeen;

  private JavaHomes(List<File> candidates) {
    this.candidates = candidates;
  }

  static JavaHomes fromEnvironment(Map<String, String> environment, String userHome) {
    List<File> found = new ArrayList<File>();
    for (String name : Arrays.asList("HONGBAO_JAVA_HOME", "JAVA_HOME")) {
      String value = environment.get(name);
      if (value != null && !value.isEmpty()) {
        found.add(new File(value));
      }
    }
    for (String directory : split(environment.get("PATH"))) {
      addHomeOfCommand(found, new File(directory));
    }
    String folders = environment.get("HONGBAO_JVM_FOLDERS");
    for (String folder : folders == null ? usualFolders(userHome) : split(folders)) {
      addChildren(found, new File(folder));
    }
    return new JavaHomes(found);
  }

  /** The first installation of at least that release; null when there is none. */
  Home find(int majorMin) {
    Set<String> seen = new LinkedHashSet<String>();
    for (File candidate : candidates) {
      if (!seen.add(candidate.getPath()) || !javaIn(candidate).canExecute()) {
        continue;
      }
      int major = majorIn(candidate);
      if (major > 0 && (newestSeen == null || major > newestSeen.major())) {
        newestSeen = new Home(candidate.getPath(), major);
      }
      if (major >= majorMin) {
        return new Home(candidate.getPath(), major);
      }
    }
    return null;
  }

  /** The newest that {@link #find} came across; null when there was none. */
  Home newestSeen() {
    return newestSeen;
  }

  /** "1.8.0_392" is 8, "25.0.3" and "25-ea" are 25, anything else is 0. */
  static int majorOf(String version) {
    String rest = version.startsWith("1.") ? version.substring(2) : version;
    int end = 0;
    while (end < rest.length() && rest.charAt(end) >= '0' && rest.charAt(end) <= '9') {
      end++;
    }
    return end == 0 || end > 4 ? 0 : Integer.parseInt(rest.substring(0, end));
  }

  private static List<String> usualFolders(String userHome) {
    return Arrays.asList(
        "/usr/lib/jvm",
        "/opt",
        "/usr/java",
        "/usr/local/java",
        userHome + "/.sdkman/candidates/java",
        userHome + "/.jdks",
        "/Library/Java/JavaVirtualMachines");
  }

  private static List<String> split(String paths) {
    List<String> parts = new ArrayList<String>();
    for (String part : (paths == null ? "" : paths).split(File.pathSeparator)) {
      if (!part.isEmpty()) {
        parts.add(part);
      }
    }
    return parts;
  }

  // "java" on the PATH is mostly a chain of links; the installation is where the chain ends.
  private static void addHomeOfCommand(List<File> found, File directory) {
    for (String name : Arrays.asList("java", "java.exe")) {
      File command = new File(directory, name);
      if (command.canExecute() && command.isFile()) {
        try {
          found.add(command.getCanonicalFile().getParentFile().getParentFile());
        } catch (IOException e) {
          // A link that leads nowhere is no installation.
          continue;
        }
      }
    }
  }

  private static void addChildren(List<File> found, File folder) {
    File[] children = folder.listFiles();
    if (children == null) {
      return;
    }
    Arrays.sort(children);
    for (File child : children) {
      found.add(child);
      found.add(new File(child, "Contents/Home"));
    }
  }

  private static File javaIn(File home) {
    File command = new File(home, "bin/java");
    return command.exists() ? command : new File(home, "bin/java.exe");
  }

  private static int majorIn(File home) {
    try (InputStream in = new FileInputStream(new File(home, "release"))) {
      return versionAfter("JAVA_VERSION=", in);
    } catch (IOException e) {
      return majorByRunning(home);
    }
  }

  private static int majorByRunning(File home) {
    try {
      Process process =
          new ProcessBuilder(javaIn(home).getPath(), "-version").redirectErrorStream(true).start();
      process.getOutputStream().close();
      int major = versionAfter(" version ", process.getInputStream());
      process.destroy();
      return major;
    } catch (IOException e) {
      return 0;
    }
  }

  // The version stands in quotes behind the marker, in "release" as in the output of -version.
  private static int versionAfter(String marker, InputStream in) throws IOException {
    BufferedReader reader =
        new BufferedReader(new InputStreamReader(in, StandardCharsets.ISO_8859_1));
    for (String line = reader.readLine(); line != null; line = reader.readLine()) {
      int at = line.indexOf(marker);
      if (at >= 0) {
        return majorOf(line.substring(at + marker.length()).replace("\"", ""));
      }
    }
    return 0;
  }
}
