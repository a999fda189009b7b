// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Read model".
package io.hongbao.export.sql;

/**
 * Says that the read model cannot answer now: SQL is down, full, or the model is being rebuilt. The
 * edge answers READ_MODEL_UNAVAILABLE; it must never take this for "there is none".
 */
public final class ReadModelUnavailableException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  ReadModelUnavailableException(String sentence) {
    super(sentence);
  }

  ReadModelUnavailableException(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
