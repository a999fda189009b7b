// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Two commands".
package io.hongbao.bootstrap;

import java.io.IOException;
import java.util.List;

/**
 * Runs the product in a second JVM as if it were this one.
 *
 * <p>Input and output are inherited. Ctrl-C reaches the child from the terminal; a signal sent to
 * this process alone (SIGTERM, SIGHUP) is passed on as SIGTERM. Either way this process ends after
 * the child and with the child's exit code.
 */
final class ChildProcess {

  private ChildProcess() {}

  /** Starts the command and waits for its end. */
  static int run(List<String> command) throws IOException, InterruptedException {
    final Process child = new ProcessBuilder(command).inheritIO().start();
    Thread hook =
        new Thread("hongbao-pass-on-signal") {
          @Override
          public void run() {
            endWith(child);
          }
        };
    try {
      Runtime.getRuntime().addShutdownHook(hook);
    } catch (IllegalStateException e) {
      // A signal came between start and here; the hook's work falls to us.
      endWith(child);
    }
    return child.waitFor();
  }

  // Runs when this process was told to end, and also, with nothing left to do, after the child did.
  private static void endWith(Process child) {
    child.destroy();
    try {
      int code = child.waitFor();
      // A JVM that a signal ends reports the signal; who asked the child wants the child's answer.
      Runtime.getRuntime().halt(code);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
