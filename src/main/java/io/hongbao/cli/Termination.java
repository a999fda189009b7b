// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Commands".
package io.hongbao.cli;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Lets a command end in order when a signal asks the process to.
 *
 * <p>A command that needs more than to be cut off claims the end: then the signal completes the
 * future, the process lives on until the command has returned, and ends with the command's exit
 * code. A command that does not claim it ends at once.
 *
 * <p><b>Thread:</b> any.
 *
 * <p><b>Limit:</b> none here; who claims the end has a deadline of its own.
 */
public final class Termination {

  private final CompletableFuture<Void> requested = new CompletableFuture<>();
  private final AtomicBoolean claimed = new AtomicBoolean();
  private final CountDownLatch finished = new CountDownLatch(1);
  private volatile int exitCode = ExitCode.FAILED;

  /** One that only {@link #request} ends; for tests and for commands within commands. */
  public Termination() {}

  /** The one of this process: SIGTERM, SIGINT and SIGHUP request the end. */
  static Termination ofThisProcess() {
    Termination termination = new Termination();
    Runtime.getRuntime().addShutdownHook(new Thread(termination::atShutdown, "hongbao-end"));
    return termination;
  }

  /** Takes over the ending; the future completes when it is time. */
  public CompletableFuture<Void> claim() {
    claimed.set(true);
    return requested;
  }

  /** Asks for the end, as a signal does. */
  public void request() {
    requested.complete(null);
  }

  /** Ends the process with the code of the command that has returned. */
  void exit(int code) {
    exitCode = code;
    finished.countDown();
    System.exit(code);
  }

  // Runs on a signal, and also when exit was called, with nothing left to do.
  private void atShutdown() {
    if (!claimed.get() || finished.getCount() == 0) {
      return;
    }
    request();
    try {
      finished.await();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    System.out.flush();
    System.err.flush();
    // A JVM that a signal ends reports the signal; an orderly stop is a success.
    Runtime.getRuntime().halt(exitCode);
  }
}
