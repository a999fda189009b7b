// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Providers".
package io.hongbao.provider.sim;

import io.hongbao.provider.pay.Refund;
import io.hongbao.provider.pay.RefundStatus;

/** What the bank knows of one refund. <b>Thread:</b> the lane. */
final class BankRefund {

  final Refund refund;
  RefundStatus status = RefundStatus.FAILED;
  long dueMs;
  int failures;

  // Not in the book: a start counts the scripted losses anew.
  int answersLost;

  BankRefund(Refund refund) {
    this.refund = refund;
  }
}
