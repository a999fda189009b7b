// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The simulator".
package io.hongbao.sim;

import io.hongbao.account.AccountAnswer.LedgerTransferShown;
import io.hongbao.account.LedgerTransfer;
import io.hongbao.account.Leg;
import io.hongbao.sim.AuditedAnswers.Told;
import io.hongbao.sim.AuditedLedger.Booked;
import io.hongbao.sim.AuditedLedger.BookedLeg;
import java.util.ArrayList;
import java.util.List;

/** How a transfer must be shown: as the second book has it. */
final class ShownTransfers {

  private ShownTransfers() {}

  /** A transfer that is in the books. */
  static Told told(AuditedPartition book, long id) {
    Booked one = book.ledger.transfers.get(id);
    if (one == null) {
      throw new SimFailure("transfer " + id + " is not in the books");
    }
    return new Told(answer -> same(one, ((LedgerTransferShown) answer).transfer()), one.at());
  }

  static void same(Booked one, LedgerTransfer shown) {
    SimFailure.same(one.id(), shown.id(), "id of a transfer");
    SimFailure.same(one.kind(), shown.kind(), "kind of a transfer");
    SimFailure.same(one.note().reference(), shown.reference(), "reference of a transfer");
    SimFailure.same(one.note().reason(), shown.reason(), "reason of a transfer");
    SimFailure.same(one.note().metadata(), shown.metadata(), "texts of a transfer");
    List<BookedLeg> legs = new ArrayList<>();
    for (Leg leg : shown.legs()) {
      legs.add(
          new BookedLeg(
              leg.fromId(),
              leg.toId(),
              leg.asset(),
              leg.amountMinor(),
              leg.state(),
              leg.settlementId(),
              leg.reversalId(),
              leg.position()));
    }
    SimFailure.same(one.legs(), legs, "legs of a transfer");
  }
}
