// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Two commands".
package io.hongbao.bootstrap;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/**
 * A hongbao.jar with the real entry point and a command line that only tells how it was started.
 */
final class StubJar {

  private static final String CLI =
      """
      package io.hongbao.cli;

      public class Cli {
        public static void main(String[] args) throws Exception {
          System.out.println("java " + Runtime.version().feature());
          System.out.println("key " + System.getProperty("key"));
          System.out.println("args " + String.join("|", args));
          System.out.flush();
          if (args.length > 0 && args[0].equals("exit")) {
            System.exit(Integer.parseInt(args[1]));
          }
          if (args.length > 0 && args[0].equals("wait")) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
              System.out.println("bye");
              System.out.flush();
              Runtime.getRuntime().halt(5);
            }));
            System.out.println("ready");
            Thread.sleep(100_000);
          }
        }
      }
      """;

  private StubJar() {}

  static Path make(Path directory) throws IOException {
    Path source = directory.resolve("Cli.java");
    Path classes = Files.createDirectories(directory.resolve("stub-classes"));
    Files.writeString(source, CLI);
    int code =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, "-d", classes.toString(), source.toString());
    assertEquals(0, code);
    Path jar = directory.resolve("stub.jar");
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, Main.class.getName());
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file, manifest)) {
      addClasses(out, classes, "io/hongbao/cli");
      addClasses(out, productClasses(), "io/hongbao/bootstrap");
    }
    return jar;
  }

  private static Path productClasses() {
    return Path.of(Main.class.getProtectionDomain().getCodeSource().getLocation().getPath());
  }

  private static void addClasses(JarOutputStream out, Path root, String folder) throws IOException {
    try (Stream<Path> walk = Files.list(root.resolve(folder))) {
      List<Path> files = walk.filter(file -> file.toString().endsWith(".class")).sorted().toList();
      for (Path file : files) {
        out.putNextEntry(new JarEntry(folder + "/" + file.getFileName()));
        Files.copy(file, out);
        out.closeEntry();
      }
    }
  }
}
