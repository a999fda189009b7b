// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Red packets".
package io.hongbao.proof;

/** Says that a document is not a proof at all; its message is one sentence for people. */
public final class MalformedProofException extends Exception {

  private static final long serialVersionUID = 1L;

  MalformedProofException(String sentence) {
    super(sentence);
  }
}
