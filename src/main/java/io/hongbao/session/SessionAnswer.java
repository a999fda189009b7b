// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Sessions".
package io.hongbao.session;

import io.hongbao.engine.Answer;

/** What is told about sessions. */
public sealed interface SessionAnswer extends Answer {

  /** The tokens are good from now on, on every loop of this process. */
  record TokensMinted(int count) implements SessionAnswer {}

  /** So many tokens have left the directory; none of them is let in any more. */
  record TokensRevoked(int count) implements SessionAnswer {}
}
