// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The engine".
package io.hongbao.engine;

import io.hongbao.model.RefusalCode;

/**
 * A command was not carried out, and why.
 *
 * @param retryAfterMs when trying again makes sense; 0 if the code's retry is not "after"
 */
public record Refusal(RefusalCode code, long retryAfterMs) implements Answer {

  public static Refusal of(RefusalCode code) {
    return new Refusal(code, 0);
  }
}
