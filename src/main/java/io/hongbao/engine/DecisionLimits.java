// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Limits".
package io.hongbao.engine;

/** What a decision may use of its partition. */
interface DecisionLimits {

  int outboxMax();

  /** Part of {@link #outboxMax} that only refunds and acknowledgements may use. */
  int outboxReserve();

  Effect.Sink effects();

  void park(long entityId, Command command, ReplyPort port);
}
