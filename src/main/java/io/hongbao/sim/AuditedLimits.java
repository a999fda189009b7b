// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The simulator".
package io.hongbao.sim;

import io.hongbao.account.AccountAnswer.OwnedAccount;
import io.hongbao.account.AccountAnswer.OwnerShown;
import io.hongbao.account.AccountCommand.ChangeLimits;
import io.hongbao.account.AccountEvent.LimitsChanged;
import io.hongbao.model.RefusalCode;
import io.hongbao.sim.AuditedAnswers.Told;
import io.hongbao.sim.AuditedPartition.Wallet;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What wallets may do beyond the rules for all: credit, a limit of their own, frozen, closed. */
final class AuditedLimits {

  /**
   * Limits of one wallet.
   *
   * @param credit how far below zero it may fall; zero or more
   * @param most what it may reach by credits
   */
  record Limit(long credit, long most, boolean isFrozen, boolean isClosed, long at) {

    static final Limit USUAL = new Limit(0, Long.MAX_VALUE, false, false, 0);

    boolean isSame(Limit other) {
      return credit == other.credit
          && most == other.most
          && isFrozen == other.isFrozen
          && isClosed == other.isClosed;
    }

    int flags() {
      return (isFrozen ? 1 : 0) + (isClosed ? 2 : 0);
    }
  }

  private AuditedLimits() {}

  /** Why nothing may leave a wallet, or null. */
  static @Nullable RefusalCode noDebit(Wallet wallet) {
    if (wallet.limit.isClosed()) {
      return RefusalCode.ACCOUNT_CLOSED;
    }
    return wallet.limit.isFrozen() ? RefusalCode.ACCOUNT_FROZEN : null;
  }

  /** Why that much may not come in, or null. */
  static @Nullable RefusalCode noCredit(Wallet wallet, long amount) {
    if (wallet.limit.isClosed()) {
      return RefusalCode.ACCOUNT_CLOSED;
    }
    return wallet.balance + amount > SimOptions.BALANCE_MAX
            || wallet.balance + amount > wallet.limit.most()
        ? RefusalCode.BALANCE_LIMIT
        : null;
  }

  /** Why that much may not leave, or null; the wallet's ban comes before its want. */
  static @Nullable RefusalCode noPayment(Wallet wallet, long amount, long changed) {
    RefusalCode ban = noDebit(wallet);
    if (ban != null) {
      return ban;
    }
    return wallet.available() + changed < amount ? RefusalCode.INSUFFICIENT_FUNDS : null;
  }

  private static Limit wanted(ChangeLimits c, long at) {
    return new Limit(-c.lowerMinor(), c.upperMinor(), c.isFrozen(), c.isClosed(), at);
  }

  static Foretold foretell(AuditedPartition book, ChangeLimits c) {
    if (c.lowerMinor() > 0 || c.upperMinor() < 0) {
      return Foretold.refusal(RefusalCode.MALFORMED_REQUEST, 0);
    }
    if (!SimOptions.isAsset(c.asset())) {
      return Foretold.refusal(RefusalCode.UNKNOWN_ASSET, 0);
    }
    if (-c.lowerMinor() > SimOptions.BALANCE_MAX) {
      return Foretold.refusal(RefusalCode.AMOUNT_OUT_OF_RANGE, 0);
    }
    Wallet wallet = book.wallet(c.ownerId(), c.asset());
    boolean isEmpty = wallet.balance == 0 && wallet.held == 0;
    boolean isCovered = wallet.balance - wallet.held >= c.lowerMinor();
    return (c.isClosed() && !isEmpty) || !isCovered
        ? Foretold.refusal(RefusalCode.ACCOUNT_IN_USE, wallet.at)
        : Foretold.changeIf(!wanted(c, 0).isSame(wallet.limit), 0, wallet.lastAt());
  }

  static void applied(AuditedPartition book, LimitsChanged e, AuditContext context, long at) {
    if (!(context.command instanceof ChangeLimits c)) {
      throw new SimFailure("limits that nobody changed");
    }
    Wallet wallet = book.wallet(c.ownerId(), c.asset());
    Limit before = wallet.limit;
    Limit now = wanted(c, at);
    SimFailure.same(
        new LimitsChanged(
            c.ownerId(),
            c.asset(),
            -now.credit(),
            now.most(),
            now.flags(),
            -before.credit(),
            before.most(),
            before.flags(),
            c.reason(),
            c.operator()),
        e,
        "limits as they were and are");
    book.before(at, () -> wallet.limit = before);
    wallet.limit = now;
  }

  static Told told(AuditedPartition book, ChangeLimits c) {
    return shown(book, c.ownerId(), List.of(c.asset()));
  }

  static Told shown(AuditedPartition book, long ownerId, List<Integer> assets) {
    List<List<Long>> expected = new ArrayList<>();
    long restsOn = 0;
    for (int asset : assets) {
      Wallet wallet = book.wallet(ownerId, asset);
      expected.add(
          List.of(
              (long) asset,
              wallet.balance,
              wallet.held,
              wallet.available(),
              -wallet.limit.credit(),
              wallet.limit.most(),
              (long) wallet.limit.flags()));
      restsOn = Math.max(restsOn, wallet.lastAt());
    }
    return new Told(
        answer -> {
          List<List<Long>> shown = new ArrayList<>();
          for (OwnedAccount one : ((OwnerShown) answer).accounts()) {
            shown.add(
                List.of(
                    (long) one.asset(),
                    one.balanceMinor(),
                    one.heldMinor(),
                    one.availableMinor(),
                    one.bounds().lowerMinor(),
                    one.bounds().upperMinor(),
                    (long) one.bounds().flags()));
          }
          SimFailure.same(expected, shown, "accounts and limits of owner " + ownerId);
        },
        restsOn);
  }
}
