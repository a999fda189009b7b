// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The simulator".
package io.hongbao.sim;

import io.hongbao.account.AccountCommand.Move;
import io.hongbao.engine.Command;
import io.hongbao.engine.Transfer;
import io.hongbao.model.RefusalCode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is being decided at the moment, and what came of it so far. */
final class AuditContext {

  final int partition;
  final long nowMs;
  final @Nullable Command command;
  final @Nullable Transfer transfer;

  /** What a command must hear; null when it must be carried out. */
  final @Nullable RefusalCode verdict;

  /** All that was said before of a command about people, logins or keys. */
  final @Nullable Foretold foretold;

  /** Transfers that were booked, in order. */
  final List<Long> made = new ArrayList<>();

  /** What a hold gives to the transfer that follows. */
  @Nullable Move drawn;

  int events;
  long madeId;

  AuditContext(
      int partition,
      long nowMs,
      @Nullable Command command,
      @Nullable Transfer transfer,
      @Nullable RefusalCode verdict,
      @Nullable Foretold foretold) {
    this.partition = partition;
    this.nowMs = nowMs;
    this.command = command;
    this.transfer = transfer;
    this.verdict = verdict;
    this.foretold = foretold;
  }
}
