// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Live rooms".
package io.hongbao.live;

/**
 * Is told of every attempt to say something; for analytics outside of this server.
 *
 * <p><b>Thread:</b> any; must be quick.
 */
@FunctionalInterface
public interface Tracker {

  /** Tells nobody. */
  Tracker NONE = (say, outcome, tookNanos) -> {};

  /**
   * An attempt has its outcome.
   *
   * @param tookNanos from the attempt to its outcome
   */
  void said(Say say, SayOutcome outcome, long tookNanos);
}
