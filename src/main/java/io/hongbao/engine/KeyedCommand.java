// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Idempotency".
package io.hongbao.engine;

/**
 * A command that moves value and therefore carries the client's idempotency key.
 *
 * <p>The engine looks the key up before the family sees the command, and journals it in the same
 * record as the outcome.
 */
public interface KeyedCommand extends Command {

  ClientKey key();

  /** Rebuilds the stored answer of an accepted command from the entity it made. */
  interface Recall {
    void recall(KeyedCommand command, long resultId, Decision decision);
  }
}
