// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Ledger".
package io.hongbao.account;

import io.hongbao.account.AccountAnswer.TransactionShown;
import io.hongbao.account.AccountCommand.ReverseTransaction;
import io.hongbao.account.AccountCommand.TopUp;
import io.hongbao.account.AccountEvent.ToppedUp;
import io.hongbao.account.AccountEvent.TransactionEvicted;
import io.hongbao.account.AccountEvent.TransactionReversed;
import io.hongbao.engine.AuditFacts;
import io.hongbao.engine.Decision;
import io.hongbao.engine.PartitionParts;
import io.hongbao.engine.Refusal;
import io.hongbao.ledger.AccountKey;
import io.hongbao.model.Check;
import io.hongbao.model.RefusalCode;
import io.hongbao.model.Slot;

/**
 * What operators book on accounts: money that comes in, and its reversal.
 *
 * <p><b>Thread:</b> the partition's.
 */
final class TransactionDesk {

  private static final long EVICT_AGAIN_MS = 60_000;

  /** When a day's ids are used up. */
  static final long RETRY_MS = 1_000;

  private final Accounts state;
  private final PartitionParts parts;
  private final AccountRule rule;
  private final AccountFacts facts;

  TransactionDesk(Accounts state, AccountRule rule, AccountFacts facts) {
    this.state = state;
    this.parts = state.parts;
    this.rule = rule;
    this.facts = facts;
  }

  void topUp(TopUp command, Decision decision) {
    RefusalCode objection = rule.judge(command);
    if (objection == RefusalCode.BALANCE_LIMIT || objection == null) {
      decision.looked(parts.ledger().position(wallet(command.userId(), command.asset())));
    }
    if (objection != null) {
      decision.refuse(objection);
      return;
    }
    if (!parts.ids().hasNext(decision.nowMs())) {
      decision.refuse(RefusalCode.OVERLOADED, RETRY_MS);
      return;
    }
    long id = parts.ids().next(decision.nowMs(), Slot.of(command.userId()));
    long balance = parts.ledger().balanceMinor(wallet(command.userId(), command.asset()));
    decision.emit(
        new ToppedUp(
            id,
            command.userId(),
            command.asset(),
            command.amountMinor(),
            balance + command.amountMinor(),
            command.reason(),
            command.operator()));
    audit(decision, shown(id).transaction(), balance);
    decision.accept(shown(id), id);
  }

  void reverse(ReverseTransaction command, Decision decision) {
    Transaction original = state.transaction(command.transactionId());
    if (original != null && original.userId() == command.userId()) {
      decision.looked(original.position());
      decision.looked(parts.ledger().position(wallet(original.userId(), original.asset())));
    }
    RefusalCode objection = rule.judge(command, original);
    if (objection != null) {
      decision.refuse(objection);
      return;
    }
    if (!parts.ids().hasNext(decision.nowMs())) {
      decision.refuse(RefusalCode.OVERLOADED, RETRY_MS);
      return;
    }
    Transaction undone = Check.present(original, "transaction to reverse");
    long id = parts.ids().next(decision.nowMs(), Slot.of(undone.userId()));
    long balance = parts.ledger().balanceMinor(wallet(undone.userId(), undone.asset()));
    decision.emit(
        new TransactionReversed(
            id,
            undone.id(),
            undone.userId(),
            undone.asset(),
            undone.amountMinor(),
            balance - undone.amountMinor(),
            command.reason(),
            command.operator()));
    audit(decision, shown(id).transaction(), balance);
    decision.accept(shown(id), id);
  }

  private static void audit(Decision decision, Transaction booked, long balanceBeforeMinor) {
    if (decision.isAudited()) {
      decision.audit(
          "user:" + booked.userId(),
          AuditFacts.of("asset", booked.asset()).and("balance", balanceBeforeMinor).text(),
          AuditFacts.of("asset", booked.asset())
              .and("balance", booked.balanceAfterMinor())
              .andId("transaction_id", booked.id())
              .text());
    }
  }

  /** Answers the repeat of a booking by what it booked. */
  void recall(long transactionId, Decision decision) {
    Transaction transaction = state.transaction(transactionId);
    if (transaction == null) {
      decision.answer(Refusal.of(RefusalCode.TRANSACTION_NOT_FOUND));
      return;
    }
    decision.looked(transaction.position());
    decision.answer(new TransactionShown(transaction));
  }

  void evictionTimer(long transactionId, Decision decision) {
    Transaction transaction = state.transaction(transactionId);
    if (transaction == null) {
      return;
    }
    if (facts.isExported(parts.partition(), transaction.position())) {
      decision.emit(new TransactionEvicted(transactionId));
    } else {
      decision.timer(
          decision.nowMs() + EVICT_AGAIN_MS, AccountApplier.TIMER_EVICT_TRANSACTION, transactionId);
    }
  }

  private TransactionShown shown(long id) {
    return new TransactionShown(Check.present(state.transaction(id), "transaction"));
  }

  private static long wallet(long userId, int asset) {
    return AccountKey.wallet(userId, asset);
  }
}
