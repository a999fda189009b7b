// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Ledger as an API".
package io.hongbao.http;

import io.hongbao.engine.Answer;
import io.hongbao.engine.ClientKey;
import io.hongbao.engine.Refusal;

/**
 * One thing asked of the ledger, read and checked but not yet asked; alone or as one of many.
 *
 * <p><b>Thread:</b> the loop of its exchange.
 */
interface LedgerCall {

  /** Stands in for a key where none is used: the partition never looks at it. */
  ClientKey NO_KEY = new ClientKey(0, 0, 0, ClientKey.NO_TIME);

  /** Asks; exactly one of the listener's methods is called, now or later. */
  void ask(Exchange exchange, Listener listener);

  /** What came of it. */
  interface Listener {

    /** It was done, or would be. */
    void done(Done done) throws BadRequestException;

    /** It was refused. */
    void refused(Refusal refusal, boolean repeated) throws BadRequestException;
  }

  /**
   * An answer that is no refusal.
   *
   * @param position of the change in the partition; 0 when there was none
   */
  record Done(
      int status,
      Answer answer,
      int partition,
      long position,
      boolean isDryRun,
      boolean repeated) {}
}
