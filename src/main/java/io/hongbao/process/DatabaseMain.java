// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The read model's process".
package io.hongbao.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.CountDownLatch;
import org.h2.tools.Server;

/**
 * The process behind {@link DatabaseProcess}: serves one database until its input ends.
 *
 * <p>Its input ends when the server closes it or dies. It then ends at once, as a process does that
 * dies: the database file is made for that, and a commit is in it. Signals do not end it: a
 * terminal and a service manager send them to the whole group, and the server still drains.
 *
 * <p><b>Thread:</b> the main one reads the input; connections have threads of the database's.
 */
public final class DatabaseMain {

  private static final Path TASKS = Path.of("/proc/self/task");
  private static final long LOOK_EVERY_MS = 2_000;
  private static final long FREE_MS_MAX = 5_000;

  private DatabaseMain() {}

  /**
   * Reads the database's file and the key, a line each, and says where it is reached.
   *
   * @param args none
   */
  public static void main(String[] args) throws Exception {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    String database = in.readLine();
    String key = in.readLine();
    if (database == null || key == null) {
      System.err.println("hongbao: this is a part of the server, which starts it by itself");
      System.exit(2);
      return;
    }
    Runtime.getRuntime().addShutdownHook(new Thread(DatabaseMain::waitForTheServer));
    DatabaseFile.awaitFree(Path.of(database + DatabaseFile.SUFFIX), FREE_MS_MAX);
    System.setProperty("h2.bindAddress", "127.0.0.1");
    LinuxScheduler scheduler = LinuxScheduler.ofThisSystem();
    Server readers = serve(database, key);
    Server writers = serveWhenIdle(scheduler, database, key);
    System.out.println(DatabaseProcess.READY + writers.getPort() + " " + readers.getPort());
    System.out.flush();
    Thread watch = new Thread(() -> compileWhenIdle(scheduler), "hongbao-turns");
    watch.setDaemon(true);
    watch.start();
    while (in.readLine() != null) {
      // Nothing more is said.
    }
    Runtime.getRuntime().halt(0);
  }

  private static Server serve(String database, String key) throws SQLException {
    return Server.createTcpServer("-tcpPort", "0", "-ifNotExists", "-key", key, database).start();
  }

  // Threads take after the thread that makes them: the listener, and each connection's.
  private static Server serveWhenIdle(LinuxScheduler scheduler, String database, String key)
      throws Exception {
    Server[] served = new Server[1];
    SQLException[] failed = new SQLException[1];
    Thread starter =
        new Thread(
            () -> {
              scheduler.onlyWhenIdle(LinuxScheduler.CALLER);
              try {
                served[0] = serve(database, key);
              } catch (SQLException e) {
                failed[0] = e;
              }
            });
    starter.start();
    starter.join();
    if (failed[0] != null) {
      throw failed[0];
    }
    return served[0];
  }

  // Code of the database becomes hot while the server is under its first load; who compiles it must
  // not take the core of an event loop.
  private static void compileWhenIdle(LinuxScheduler scheduler) {
    try {
      while (scheduler.isThere()) {
        try (DirectoryStream<Path> tasks = Files.newDirectoryStream(TASKS)) {
          for (Path task : tasks) {
            if (isCompiler(task)) {
              scheduler.onlyWhenIdle(Integer.parseInt(String.valueOf(task.getFileName())));
            }
          }
        }
        Thread.sleep(LOOK_EVERY_MS);
      }
    } catch (IOException e) {
      // No /proc: compilers have their turns.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static boolean isCompiler(Path task) {
    try {
      String name = Files.readString(task.resolve("comm"));
      return name.startsWith("C1 Compiler") || name.startsWith("C2 Compiler");
    } catch (IOException ended) {
      return false;
    }
  }

  private static void waitForTheServer() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
