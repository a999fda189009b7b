// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Commands".
package io.hongbao.cli;

/** Says that something did not end in its time. */
final class StopTimeoutException extends Exception {

  private static final long serialVersionUID = 1L;

  StopTimeoutException(String sentence) {
    super(sentence);
  }
}
