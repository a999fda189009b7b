// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Two commands".
package io.hongbao.bootstrap;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.reflect.InvocationTargetException;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;

/**
 * The jar's entry point: runs the command line here, or on a newer Java that it finds.
 *
 * <p><b>Failure:</b> without a Java that is new enough, one sentence on the error stream and exit
 * code 3.
 */
public final class Main {

  /** The release whose class files the rest of the jar has. */
  static final int JAVA_RELEASE_MIN = 25;

  /** Exit code for "the environment lacks something". */
  static final int EXIT_ENVIRONMENT = 3;

  /** Set for the second process, so that a wrong guess about its version cannot go round. */
  static final String CHILD_PROPERTY = "hongbao.bootstrap.child";

  private static final String CLI_CLASS = "io.hongbao.cli.Cli";

  private Main() {}

  public static void main(String[] args) throws Throwable {
    int release = JavaHomes.majorOf(System.getProperty("java.version"));
    if (release >= JAVA_RELEASE_MIN) {
      runHere(args);
      return;
    }
    JavaHomes homes = JavaHomes.fromEnvironment(System.getenv(), System.getProperty("user.home"));
    JavaHomes.Home newer =
        System.getProperty(CHILD_PROPERTY) == null ? homes.find(JAVA_RELEASE_MIN) : null;
    if (newer == null) {
      System.err.println(missing(release, System.getProperty("java.home"), homes.newestSeen()));
      System.exit(EXIT_ENVIRONMENT);
      return;
    }
    System.exit(ChildProcess.run(commandLine(newer, args)));
  }

  /** The sentence for "no Java is new enough"; names the best of those that are too old. */
  static String missing(int ownRelease, String ownHome, JavaHomes.Home newestSeen) {
    boolean ownIsBest = newestSeen == null || newestSeen.major() <= ownRelease;
    int release = ownIsBest ? ownRelease : newestSeen.major();
    String home = ownIsBest ? ownHome : newestSeen.path();
    return "Hongbao needs JDK "
        + JAVA_RELEASE_MIN
        + " or newer; found "
        + release
        + " at "
        + home
        + "; install one or set HONGBAO_JAVA_HOME.";
  }

  // By name, since this class is older than that one: a direct call would compile only the other
  // way round. The cause is thrown as it is, so that a trace does not begin with reflection.
  private static void runHere(String[] args) throws Throwable {
    try {
      Class.forName(CLI_CLASS).getMethod("main", String[].class).invoke(null, (Object) args);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    } catch (ClassNotFoundException e) {
      System.err.println("This jar is incomplete: it has no " + CLI_CLASS + ".");
      System.exit(EXIT_ENVIRONMENT);
    }
  }

  private static List<String> commandLine(JavaHomes.Home home, String[] args) throws IOException {
    List<String> command = new ArrayList<String>();
    command.add(home.javaCommand());
    command.addAll(JvmFlags.collector(args.length == 0 ? "" : args[0]));
    command.addAll(JvmFlags.forServer());
    command.addAll(JvmFlags.worthKeeping(ManagementFactory.getRuntimeMXBean().getInputArguments()));
    command.add("-D" + CHILD_PROPERTY + "=true");
    String place = ownPlace();
    if (place.endsWith(".jar")) {
      command.add("-jar");
      command.add(place);
    } else {
      // From a directory of classes, as in tests.
      command.add("-cp");
      command.add(System.getProperty("java.class.path"));
      command.add(Main.class.getName());
    }
    for (String arg : args) {
      command.add(arg);
    }
    return command;
  }

  private static String ownPlace() throws IOException {
    try {
      return new File(Main.class.getProtectionDomain().getCodeSource().getLocation().toURI())
          .getPath();
    } catch (URISyntaxException e) {
      throw new IOException("cannot tell where the jar lies", e);
    }
  }
}
