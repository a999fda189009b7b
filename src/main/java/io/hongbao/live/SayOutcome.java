// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Live rooms".
package io.hongbao.live;

import io.hongbao.model.RefusalCode;

/** What became of something that somebody wanted to say. */
public sealed interface SayOutcome {

  /**
   * It stands in the log.
   *
   * @param isRepeat whether an earlier call with the same key put it there
   */
  record Said(LogEntry entry, boolean isRepeat) implements SayOutcome {}

  /** The room is full: it waits for its turn. */
  record Waits(TicketView ticket, boolean isRepeat) implements SayOutcome {}

  /**
   * It is not said.
   *
   * @param detail why, in words
   * @param retryAfterMs when it makes sense to come again; 0 when never
   */
  record Refused(RefusalCode code, String detail, long retryAfterMs) implements SayOutcome {}
}
