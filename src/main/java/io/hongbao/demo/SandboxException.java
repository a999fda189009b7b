// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The demo".
package io.hongbao.demo;

/** Says in a sentence why there is no server to play on. */
public final class SandboxException extends Exception {

  private static final long serialVersionUID = 1L;

  public SandboxException(String sentence) {
    super(sentence);
  }

  public SandboxException(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
