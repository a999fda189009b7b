// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The engine".
package io.hongbao.engine;

/**
 * Where the answers to commands go that were handed in together.
 *
 * <p><b>Thread:</b> that of whoever handed them in.
 */
@FunctionalInterface
public interface BatchPort {

  /**
   * Takes one answer; called exactly once for each command, in any order.
   *
   * @param index of the command in its batch
   * @param position sequence of the record that carried the change, 0 when nothing was changed
   */
  void deliver(int index, Answer answer, long position, boolean repeated);
}
