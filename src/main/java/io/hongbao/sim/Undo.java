// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The simulator".
package io.hongbao.sim;

import java.util.ArrayDeque;

/**
 * How to take back what a partition's book says beyond a position, since a crash may take the
 * records back.
 */
final class Undo {

  private record Step(long position, Runnable inverse) {}

  private final ArrayDeque<Step> steps = new ArrayDeque<>();

  void push(long position, Runnable inverse) {
    steps.addLast(new Step(position, inverse));
  }

  /** Everything after that position did not happen. */
  void rollBackTo(long position) {
    while (!steps.isEmpty() && steps.getLast().position() > position) {
      steps.removeLast().inverse().run();
    }
  }

  /** What is durable is never taken back. */
  void forgetUpTo(long position) {
    while (!steps.isEmpty() && steps.getFirst().position() <= position) {
      steps.removeFirst();
    }
  }
}
