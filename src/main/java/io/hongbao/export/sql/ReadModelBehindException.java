// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Read model".
package io.hongbao.export.sql;

/** Says that the asked position was not reached in time; the edge answers READ_MODEL_BEHIND. */
public final class ReadModelBehindException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  ReadModelBehindException(String sentence) {
    super(sentence);
  }
}
