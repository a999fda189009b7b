// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Queues under jcstress".
package io.hongbao.shard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs the stress tests of src/jcstress: the queues between threads, with every outcome that the
 * memory model allows named, and all others forbidden.
 *
 * <p>They are compiled here, aside, since their harness is generated and knows none of our gates. A
 * long run: {@code -Dhongbao.jcstress.ms=5000 -Dhongbao.jcstress.iterations=10}.
 */
class QueuesStressIT {

  private static final Path SOURCES = Path.of("src/jcstress/java");
  private static final Path CLASSES = Path.of("target/classes");
  private static final String PROCESSOR =
      "org.openjdk.jcstress.infra.processors.JCStressTestProcessor";
  private static final int MS = Integer.getInteger("hongbao.jcstress.ms", 150);
  private static final int ITERATIONS = Integer.getInteger("hongbao.jcstress.iterations", 1);
  private static final int MINUTES_MAX = Integer.getInteger("hongbao.jcstress.minutes", 5);

  /** What Agrona's buffers and queues need, as in the product. */
  private static final String FLAGS =
      "--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED"
          + " --add-opens=java.base/jdk.internal.misc=ALL-UNNAMED"
          + " --sun-misc-unsafe-memory-access=allow -Xmx512m";

  @TempDir private Path directory;

  @Test
  void noForbiddenOutcomeIsSeen() throws Exception {
    List<Path> sources = sources();
    String classPath = classPath();
    compile(sources, classPath);

    Path log = directory.resolve("log");
    Process process =
        new ProcessBuilder(command(classPath))
            .directory(directory.toFile())
            .redirectInput(new File("/dev/null"))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    boolean ended = process.waitFor(MINUTES_MAX, TimeUnit.MINUTES);
    process.destroyForcibly();

    String text = Files.readString(log);
    assertTrue(ended, () -> "not done within " + MINUTES_MAX + " minutes: " + text);
    assertEquals(0, process.exitValue(), text);
    long tests = sources.stream().filter(path -> path.toString().endsWith("Stress.java")).count();
    String all = "(Results: %d planned; %d passed, 0 failed".formatted(tests, tests);
    assertTrue(text.contains(all), () -> "all of them ran: " + text);
    System.out.println("QueuesStressIT: " + tests + " tests, no forbidden outcome");
  }

  private static List<Path> sources() throws Exception {
    try (Stream<Path> found = Files.walk(SOURCES)) {
      return found.filter(path -> path.toString().endsWith(".java")).toList();
    }
  }

  // The jar of the product, or what is compiled, comes with the test's own class path.
  private String classPath() {
    List<String> elements = new ArrayList<>();
    elements.add(directory.resolve("classes").toString());
    elements.add(CLASSES.toAbsolutePath().toString());
    for (String element : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      elements.add(Path.of(element).toAbsolutePath().toString());
    }
    String more = System.getProperty("surefire.test.class.path", "");
    Arrays.stream(more.split(File.pathSeparator))
        .filter(one -> !one.isEmpty())
        .forEach(elements::add);
    return String.join(File.pathSeparator, elements);
  }

  private void compile(List<Path> sources, String classPath) throws Exception {
    Path classes = Files.createDirectory(directory.resolve("classes"));
    List<String> options =
        new ArrayList<>(
            List.of("-nowarn", "-proc:full", "-processor", PROCESSOR, "-d", classes.toString()));
    options.addAll(List.of("-cp", classPath, "-processorpath", classPath));
    sources.forEach(source -> options.add(source.toString()));
    int code =
        ToolProvider.getSystemJavaCompiler().run(null, null, null, options.toArray(String[]::new));
    assertEquals(0, code, "the stress tests compile");
  }

  private List<String> command(String classPath) {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    List<String> command = new ArrayList<>(List.of(java, "-cp", classPath));
    command.add("org.openjdk.jcstress.Main");
    command.addAll(List.of("-f", "1", "-fsm", "1", "-sc", "false", "-af", "NONE"));
    // Few states at a time: each has buffers outside the heap.
    command.addAll(List.of("-strideSize", "64", "-strideCount", "10"));
    command.addAll(List.of("-iters", Integer.toString(ITERATIONS), "-time", Integer.toString(MS)));
    command.addAll(List.of("-jvmArgs", FLAGS, "-r", directory.resolve("report").toString()));
    return command;
  }
}
