// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Providers".
package io.hongbao.provider.sim;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Builds scripts from what a test wants to say. */
final class Scripts {

  private final @Nullable Long payAfterMs;
  private final List<NoticePlan> notices;
  private boolean paysLate;
  private boolean paysOnClose;
  private boolean reorder;
  private PrepayFault prepay = PrepayFault.NONE;
  private int queryFailsFirstN;
  private long queryDelayMs;
  private int closeFailsFirstN;
  private RefundPlan refund = RefundPlan.DONE;

  private Scripts(@Nullable Long payAfterMs, List<NoticePlan> notices) {
    this.payAfterMs = payAfterMs;
    this.notices = notices;
  }

  static Scripts paying(@Nullable Long payAfterMs, List<NoticePlan> notices) {
    return new Scripts(payAfterMs, notices);
  }

  static Scripts paying(long payAfterMs, NoticePlan... notices) {
    return new Scripts(payAfterMs, List.of(notices));
  }

  Scripts late() {
    paysLate = true;
    return this;
  }

  Scripts onClose() {
    paysOnClose = true;
    return this;
  }

  Scripts reordered() {
    reorder = true;
    return this;
  }

  Scripts prepay(PrepayFault fault) {
    prepay = fault;
    return this;
  }

  Scripts queryFails(int firstN) {
    queryFailsFirstN = firstN;
    return this;
  }

  Scripts queryDelay(long ms) {
    queryDelayMs = ms;
    return this;
  }

  Scripts closeFails(int firstN) {
    closeFailsFirstN = firstN;
    return this;
  }

  Scripts refund(long pendingMs) {
    refund = new RefundPlan(pendingMs, 0, 0);
    return this;
  }

  Scripts refund(RefundPlan plan) {
    refund = plan;
    return this;
  }

  PayScript make() {
    return new PayScript(
        payAfterMs,
        paysLate,
        paysOnClose,
        notices,
        reorder,
        prepay,
        queryFailsFirstN,
        queryDelayMs,
        closeFailsFirstN,
        refund);
  }
}
