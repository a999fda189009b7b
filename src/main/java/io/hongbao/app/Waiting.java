// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Start and stop".
package io.hongbao.app;

import io.vertx.core.Future;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for futures on the starter's thread, which is no event loop. */
final class Waiting {

  private static final long LIMIT_S = 60;

  private Waiting() {}

  /** The future's value, or its cause as an exception. */
  static <T> T on(Future<T> future) throws Exception {
    try {
      return future.toCompletionStage().toCompletableFuture().get(LIMIT_S, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    } catch (TimeoutException e) {
      throw new TimeoutException("a part of the server did not start or stop in time");
    }
  }
}
