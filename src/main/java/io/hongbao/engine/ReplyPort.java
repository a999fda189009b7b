// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The engine".
package io.hongbao.engine;

/** Where an answer goes once what it rests on is durable. */
@FunctionalInterface
public interface ReplyPort {

  /** Takes answers that nobody waits for. */
  ReplyPort NOBODY = (answer, position, repeated) -> {};

  /**
   * Takes the answer; called exactly once, on the partition's thread.
   *
   * @param position sequence of the record that carried the change, 0 when nothing was changed
   * @param repeated whether this is the stored answer to a key that was used before
   */
  void deliver(Answer answer, long position, boolean repeated);
}
