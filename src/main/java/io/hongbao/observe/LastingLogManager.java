// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Observing".
package io.hongbao.observe;

import java.util.logging.LogManager;

/**
 * Keeps logging while the process stops.
 *
 * <p>The JDK's own manager closes all handlers as soon as a signal arrives, at the same time as our
 * orderly stop begins, whose lines would be lost. They need no closing: each line is written at
 * once.
 */
public final class LastingLogManager extends LogManager {

  /** Public, since the JDK makes the instance. */
  public LastingLogManager() {}

  @Override
  public void reset() {
    // Nothing: see above.
  }
}
