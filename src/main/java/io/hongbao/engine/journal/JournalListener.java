// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Journal".
package io.hongbao.engine.journal;

/** What the journal tells its process. */
public interface JournalListener {

  /**
   * Something appended by this lane became durable; called once per flush and lane, on the
   * journal's thread. Must not block: it schedules one wake-up of the lane.
   */
  void onDurable(int lane);

  /** A write or force failed; called once. The process stops serving and exits. */
  void onFailure(Throwable cause);
}
