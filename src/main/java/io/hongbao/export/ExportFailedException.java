// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Read model".
package io.hongbao.export;

/** Says in one sentence why a target cannot be written at the moment. */
public class ExportFailedException extends Exception {

  private static final long serialVersionUID = 1L;

  public ExportFailedException(String sentence) {
    super(sentence);
  }

  public ExportFailedException(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
