// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Audit".
package io.hongbao.account;

import io.hongbao.engine.AuditFacts;
import io.hongbao.engine.Decision;
import io.hongbao.ledger.Bounds;

/** What the audit is told of operators' changes in the ledger. */
final class AccountAudit {

  private AccountAudit() {}

  /** Something new stands in the ledger. */
  static void transfer(Decision decision, LedgerTransfer made) {
    if (decision.isAudited()) {
      decision.audit("transfer:" + made.id(), AuditFacts.NONE, facts(made));
    }
  }

  /** A transfer was undone by another one. */
  static void reversal(Decision decision, LedgerTransfer made) {
    if (decision.isAudited()) {
      decision.audit("transfer:" + made.reversesId(), AuditFacts.NONE, facts(made));
    }
  }

  /** An entry of the register of suspense was closed. */
  static void settlement(Decision decision, int partition, long number, LedgerTransfer made) {
    if (decision.isAudited()) {
      decision.audit("suspense:" + partition + ":" + number, AuditFacts.NONE, facts(made));
    }
  }

  private static String facts(LedgerTransfer made) {
    AuditFacts facts = AuditFacts.of("transfer_id", Long.toString(made.id()));
    facts.and("kind", made.kind().wireName()).and("leg_count", made.legCount());
    if (!made.legs().isEmpty()) {
      Leg first = made.legs().getFirst();
      facts.and("asset", first.asset()).and("first_amount", first.amountMinor());
      facts.andId("first_from", first.fromId()).andId("first_to", first.toId());
    }
    return facts.and("batch_count", made.batchCount()).text();
  }

  static void limits(Decision decision, long ownerId, int asset, Bounds before, Bounds after) {
    if (decision.isAudited()) {
      decision.audit("user:" + ownerId, facts(asset, before), facts(asset, after));
    }
  }

  private static String facts(int asset, Bounds bounds) {
    AuditFacts facts =
        AuditFacts.of("asset", asset).and("credit_limit", Math.negateExact(bounds.lowerMinor()));
    if (bounds.upperMinor() != Bounds.NO_UPPER) {
      facts.and("balance_max", bounds.upperMinor());
    }
    return facts
        .and("frozen", bounds.isFrozen() ? "true" : "false")
        .and("closed", bounds.isClosed() ? "true" : "false")
        .text();
  }

  static void metadata(Decision decision, long ownerId, Metadata before, Metadata after) {
    if (decision.isAudited()) {
      decision.audit(
          "user:" + ownerId,
          AuditFacts.of("metadata", before.text()).text(),
          AuditFacts.of("metadata", after.text()).text());
    }
  }
}
