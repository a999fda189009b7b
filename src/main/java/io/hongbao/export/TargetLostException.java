// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Read model".
package io.hongbao.export;

/** Says that what the target holds is gone, damaged or another's, so that only a rebuild helps. */
public final class TargetLostException extends ExportFailedException {

  private static final long serialVersionUID = 1L;

  public TargetLostException(String sentence) {
    super(sentence);
  }

  public TargetLostException(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
