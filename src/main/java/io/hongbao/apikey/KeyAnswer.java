// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "API keys".
package io.hongbao.apikey;

import io.hongbao.engine.Answer;
import java.util.List;

/** What is said about keys. */
public sealed interface KeyAnswer extends Answer {

  /** One key as it is after the command; one that was revoked as it was before. */
  record KeyShown(ApiKey key) implements KeyAnswer {}

  /** All keys, the newest first. */
  record KeysShown(List<ApiKey> keys, long position) implements KeyAnswer {
    public KeysShown {
      keys = List.copyOf(keys);
    }
  }

  /** Nobody waits for it. */
  record UseNoted() implements KeyAnswer {}

  /** The audit has it. */
  record ActionNoted() implements KeyAnswer {}
}
