// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Ledger as an API".
package io.hongbao.account;

import io.hongbao.account.AccountAnswer.OwnedAccount;
import io.hongbao.account.AccountAnswer.OwnerShown;
import io.hongbao.account.AccountCommand.ChangeLimits;
import io.hongbao.account.AccountCommand.ChangeMetadata;
import io.hongbao.account.AccountCommand.ReadOwner;
import io.hongbao.account.AccountEvent.LimitsChanged;
import io.hongbao.account.AccountEvent.MetadataChanged;
import io.hongbao.engine.Decision;
import io.hongbao.ledger.AccountKey;
import io.hongbao.ledger.Bounds;
import io.hongbao.ledger.Ledger;
import io.hongbao.model.RefusalCode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known about an owner's accounts beside their money: limits and metadata.
 *
 * <p><b>Thread:</b> the partition's.
 *
 * <p><b>Limit:</b> {@link AccountLimits#profilesMax} owners with metadata per partition.
 */
final class OwnerDesk {

  private final TransferBook book;
  private final Ledger ledger;
  private final AccountLimits limits;
  private final AccountFacts facts;

  OwnerDesk(TransferBook book, AccountLimits limits, AccountFacts facts) {
    this.book = book;
    this.ledger = book.parts.ledger();
    this.limits = limits;
    this.facts = facts;
  }

  void read(ReadOwner command, Decision decision) {
    if (!AccountRule.isUser(command.ownerId())) {
      decision.refuse(RefusalCode.NOT_FOUND);
      return;
    }
    decision.answer(shown(command.ownerId(), command.assets(), decision));
  }

  private OwnerShown shown(long ownerId, List<Integer> assets, Decision decision) {
    List<OwnedAccount> accounts = new ArrayList<>(assets.size());
    for (int asset : assets) {
      long key = AccountKey.wallet(ownerId, asset);
      Ledger.Account account = ledger.account(key);
      Bounds bounds = ledger.bounds(key);
      decision.looked(Math.max(account.position(), bounds.position()));
      accounts.add(
          new OwnedAccount(
              asset,
              account.balanceMinor(),
              account.heldMinor(),
              ledger.availableMinor(key),
              bounds,
              account.position()));
    }
    TransferBook.Profile profile = book.profile(ownerId);
    decision.looked(profile.position());
    return new OwnerShown(ownerId, accounts, profile.metadata(), profile.position());
  }

  void changeMetadata(ChangeMetadata command, Decision decision) {
    if (!AccountRule.isUser(command.ownerId())
        || command.removed().size() > Metadata.ENTRIES_MAX
        || command.set().size() > Metadata.ENTRIES_MAX) {
      decision.refuse(RefusalCode.MALFORMED_REQUEST);
      return;
    }
    Metadata before = book.profile(command.ownerId()).metadata();
    Metadata after = before.with(command.set(), command.removed());
    boolean isNew = book.profile(command.ownerId()).position() == 0;
    if (!after.fits() || (isNew && book.profiles.size() >= limits.profilesMax())) {
      decision.looked(book.profile(command.ownerId()).position());
      decision.refuse(RefusalCode.METADATA_LIMIT);
      return;
    }
    if (!after.equals(before)) {
      decision.emit(new MetadataChanged(command.ownerId(), after.text(), command.operator()));
      AccountAudit.metadata(decision, command.ownerId(), before, after);
    }
    decision.answer(shown(command.ownerId(), List.of(), decision));
  }

  /** Order: malformed, unknown asset, in use. */
  void changeLimits(ChangeLimits command, Decision decision) {
    RefusalCode objection = judge(command);
    if (objection != null) {
      if (objection == RefusalCode.ACCOUNT_IN_USE) {
        decision.looked(ledger.position(AccountKey.wallet(command.ownerId(), command.asset())));
      }
      decision.refuse(objection);
      return;
    }
    Bounds before = ledger.bounds(AccountKey.wallet(command.ownerId(), command.asset()));
    Bounds after =
        new Bounds(
            command.lowerMinor(),
            command.upperMinor(),
            command.isFrozen(),
            command.isClosed(),
            before.position());
    if (!after.equals(before)) {
      decision.emit(
          new LimitsChanged(
              command.ownerId(),
              command.asset(),
              after.lowerMinor(),
              after.upperMinor(),
              after.flags(),
              before.lowerMinor(),
              before.upperMinor(),
              before.flags(),
              command.reason(),
              command.operator()));
      AccountAudit.limits(decision, command.ownerId(), command.asset(), before, after);
    }
    decision.answer(shown(command.ownerId(), List.of(command.asset()), decision));
  }

  private @Nullable RefusalCode judge(ChangeLimits c) {
    if (!AccountRule.isUser(c.ownerId())
        || !limits.isText(c.reason())
        || !limits.isText(c.operator())
        || c.lowerMinor() > 0
        || c.upperMinor() < 0) {
      return RefusalCode.MALFORMED_REQUEST;
    }
    long maxMinor = facts.balanceMinorMax(c.asset());
    if (maxMinor == 0) {
      return RefusalCode.UNKNOWN_ASSET;
    }
    if (-c.lowerMinor() > maxMinor) {
      return RefusalCode.AMOUNT_OUT_OF_RANGE;
    }
    long key = AccountKey.wallet(c.ownerId(), c.asset());
    long balance = ledger.balanceMinor(key);
    long held = ledger.heldMinor(key);
    boolean isUsed = c.isClosed() && (balance != 0 || held != 0);
    return isUsed || balance - held < c.lowerMinor() ? RefusalCode.ACCOUNT_IN_USE : null;
  }
}
