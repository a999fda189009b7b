// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Crash and soak".
package io.hongbao.drill;

/** Something in which the server differs from what it had said, or a drill that cannot go on. */
public final class DrillException extends Exception {

  private static final long serialVersionUID = 1;

  DrillException(String sentence) {
    super(sentence);
  }
}
