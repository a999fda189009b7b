// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Start and stop".
package io.hongbao.app;

import java.util.concurrent.CompletionStage;

/**
 * A server that answers requests.
 *
 * <p><b>Thread:</b> any.
 */
public interface RunningServer {

  /** The port that the public API really has. */
  int httpPort();

  /** The port that health and metrics really have. */
  int managementPort();

  /**
   * Completes, with the cause as its value, when the server can no longer serve; the process then
   * ends. Never completes otherwise.
   */
  CompletionStage<Throwable> failure();

  /**
   * Stops in order: takes nothing new, answers what it accepted, makes it durable, snapshots,
   * closes. Blocks until done; the caller has a deadline and may end the process meanwhile.
   */
  void stop() throws Exception;
}
