// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The demo".
package io.hongbao.demo;

import java.io.File;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** The command line that starts the product once more, as this process was started. */
public final class JavaCommand {

  /**
   * A server that lives for half a minute never earns back what the second compiler costs: on two
   * cores a start takes 1.6 s of processor time with this, 3.0 s without.
   */
  private static final String FIRST_COMPILER_ONLY = "-XX:TieredStopAtLevel=1";

  private JavaCommand() {}

  /**
   * The same Java with the same flags and the same jar, or the same class path, for a short life.
   *
   * @param mainClass what runs when this process was not started from a jar
   */
  public static List<String> ofThisProcess(Class<?> mainClass) {
    return of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        ManagementFactory.getRuntimeMXBean().getInputArguments(),
        System.getProperty("java.class.path"),
        mainClass);
  }

  /** The same for a server that stays, and is worth both compilers. */
  public static List<String> toStay(Class<?> mainClass) {
    List<String> command = new ArrayList<>(ofThisProcess(mainClass));
    command.remove(FIRST_COMPILER_ONLY);
    return command;
  }

  static List<String> of(String java, List<String> flags, String classPath, Class<?> mainClass) {
    List<String> command = new ArrayList<>();
    command.add(java);
    flags.stream().filter(flag -> !isForOneProcess(flag)).forEach(command::add);
    command.add(FIRST_COMPILER_ONLY);
    // Absolute, since the child's working directory is its own.
    String absolute =
        Arrays.stream(classPath.split(File.pathSeparator, -1))
            .map(element -> Path.of(element).toAbsolutePath().toString())
            .collect(Collectors.joining(File.pathSeparator));
    if (absolute.endsWith(".jar") && !absolute.contains(File.pathSeparator)) {
      command.add("-jar");
      command.add(absolute);
    } else {
      command.add("-cp");
      command.add(absolute);
      command.add(mainClass.getName());
    }
    return command;
  }

  // A debugger's port is taken by this process, and an agent may keep one file for itself.
  private static boolean isForOneProcess(String flag) {
    return flag.startsWith("-agentlib:")
        || flag.startsWith("-agentpath:")
        || flag.startsWith("-javaagent:")
        || flag.startsWith("-Xrunjdwp:");
  }
}
