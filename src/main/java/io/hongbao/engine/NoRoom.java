// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Limits".
package io.hongbao.engine;

import io.hongbao.engine.journal.JournalAppender;
import io.hongbao.model.RefusalCode;

/** What a command hears that is turned away before anything is looked up. */
final class NoRoom {

  private static final long RETRY_MS = 200;

  private NoRoom() {}

  /** Says to come again, but not to what never has room. */
  static Refusal refusal(
      Command command, boolean stopped, JournalAppender journal, PartitionMeters meters) {
    if (!stopped && command.recordBytesMax() > journal.payloadBytesMax()) {
      return new Refusal(RefusalCode.BODY_TOO_LARGE, 0);
    }
    meters.countOverloaded();
    return new Refusal(RefusalCode.OVERLOADED, RETRY_MS);
  }
}
