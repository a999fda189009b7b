// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Invariants".
package io.hongbao.model;

/** Says that the program contradicts itself; whoever catches it must stop, not go on. */
public final class BrokenInvariantException extends IllegalStateException {

  private static final long serialVersionUID = 1L;

  public BrokenInvariantException(String what) {
    super(what);
  }
}
