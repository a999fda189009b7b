// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The engine".
package io.hongbao.engine;

/** A wish that a family decides; immutable, named in the imperative. */
public interface Command {

  /** Schema of the family that decides it. */
  int schemaId();

  /** Bytes its record may need at most; room for it is secured before it is decided. */
  default int recordBytesMax() {
    return 2048;
  }

  /** Whether it may use what is kept back for refunds, notices and acknowledgements. */
  default boolean mayUseReserve() {
    return false;
  }
}
