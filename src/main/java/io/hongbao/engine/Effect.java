// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The engine".
package io.hongbao.engine;

/**
 * A wish toward the outside (ask a provider, refund there), carried out after what it rests on is
 * durable. Its outcome comes back as a command. State and timers can make it again after a crash.
 */
public interface Effect {

  /** Carries effects out; must return at once. */
  interface Sink {
    void perform(int partition, Effect effect);
  }
}
