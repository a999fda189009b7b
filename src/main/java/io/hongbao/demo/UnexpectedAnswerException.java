// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The demo".
package io.hongbao.demo;

/** The server said something with which the play cannot go on. */
final class UnexpectedAnswerException extends Exception {

  private static final long serialVersionUID = 1L;

  UnexpectedAnswerException(String sentence) {
    super(sentence);
  }
}
