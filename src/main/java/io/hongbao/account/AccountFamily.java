// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Ledger".
package io.hongbao.account;

import io.hongbao.account.AccountCommand.BookBatch;
import io.hongbao.account.AccountCommand.BookTransfer;
import io.hongbao.account.AccountCommand.ChangeLimits;
import io.hongbao.account.AccountCommand.ChangeMetadata;
import io.hongbao.account.AccountCommand.DrawHold;
import io.hongbao.account.AccountCommand.PlaceHold;
import io.hongbao.account.AccountCommand.PostHold;
import io.hongbao.account.AccountCommand.Preview;
import io.hongbao.account.AccountCommand.ReadAccount;
import io.hongbao.account.AccountCommand.ReadAskedHolds;
import io.hongbao.account.AccountCommand.ReadBooks;
import io.hongbao.account.AccountCommand.ReadHold;
import io.hongbao.account.AccountCommand.ReadOwner;
import io.hongbao.account.AccountCommand.ReadSuspense;
import io.hongbao.account.AccountCommand.ReadTransfer;
import io.hongbao.account.AccountCommand.ReleaseHold;
import io.hongbao.account.AccountCommand.ReverseTransaction;
import io.hongbao.account.AccountCommand.ReverseTransfer;
import io.hongbao.account.AccountCommand.SettleSuspense;
import io.hongbao.account.AccountCommand.TopUp;
import io.hongbao.engine.Command;
import io.hongbao.engine.Decision;
import io.hongbao.engine.Event;
import io.hongbao.engine.EventCodec;
import io.hongbao.engine.Family;
import io.hongbao.engine.KeyedCommand;
import io.hongbao.engine.Stamp;
import io.hongbao.engine.Transfer;
import io.hongbao.engine.snapshot.SnapshotInput;
import io.hongbao.engine.snapshot.SnapshotOutput;

/** Accounts inside one partition: hands commands, events and timers to whom they concern. */
public final class AccountFamily implements Family {

  private final Accounts state;
  private final AccountCodec codec = new AccountCodec();
  private final AccountApplier applier;
  private final TransactionDesk transactions;
  private final HoldDesk holds;
  private final BooksDesk books;
  private final BookingDesk bookings;
  private final ArrivalDesk arrivals;
  private final OwnerDesk owners;
  private final SuspenseDesk suspense;
  private final AccountSnapshot snapshot;

  private AccountFamily(Accounts state, AccountLimits limits, AccountFacts facts) {
    AccountRule rule = new AccountRule(state.parts, limits, facts);
    this.state = state;
    this.applier = new AccountApplier(state, limits);
    this.transactions = new TransactionDesk(state, rule, facts);
    this.books = new BooksDesk(state.parts);
    this.bookings = new BookingDesk(state.book, limits, facts);
    this.holds = new HoldDesk(state, rule, limits, facts, bookings);
    this.arrivals = new ArrivalDesk(state.book, bookings, limits, facts);
    this.owners = new OwnerDesk(state.book, limits, facts);
    this.suspense = new SuspenseDesk(state.book, bookings, limits, facts);
    this.snapshot = new AccountSnapshot(state, applier);
  }

  /** The line of wiring. */
  public static Family.Factory factory(AccountLimits limits, AccountFacts facts) {
    return parts -> new AccountFamily(new Accounts(parts), limits, facts);
  }

  public Accounts state() {
    return state;
  }

  @Override
  public EventCodec codec() {
    return codec;
  }

  @Override
  public void decide(Command command, Decision decision) {
    if (command instanceof Preview preview) {
      decide(preview.command(), decision, true);
    } else {
      decide((AccountCommand) command, decision, false);
    }
  }

  private void decide(AccountCommand command, Decision decision, boolean isPreview) {
    switch (command) {
      case TopUp c -> {
        checkHome(c.userId());
        transactions.topUp(c, decision);
      }
      case PlaceHold c -> {
        checkHome(c.userId());
        holds.place(c, decision, isPreview);
      }
      case ReverseTransaction c -> transactions.reverse(c, decision);
      case PostHold c -> holds.post(c, decision);
      case ReleaseHold c -> holds.release(c, decision, isPreview);
      case DrawHold c -> holds.draw(c, decision, isPreview);
      case ReadAskedHolds c -> holds.readAsked(c, decision);
      case BookTransfer c -> bookings.book(c, decision, isPreview);
      case BookBatch c -> bookings.bookBatch(c, decision, isPreview);
      case ReverseTransfer c -> arrivals.reverse(c, decision, isPreview);
      case ReadTransfer c -> bookings.read(c, decision);
      case ReadOwner c -> owners.read(c, decision);
      case ChangeMetadata c -> {
        checkHome(c.ownerId());
        owners.changeMetadata(c, decision);
      }
      case ChangeLimits c -> {
        checkHome(c.ownerId());
        owners.changeLimits(c, decision);
      }
      case ReadSuspense c -> suspense.read(c, decision);
      case SettleSuspense c -> suspense.settle(c, decision, isPreview);
      case ReadAccount c -> books.readAccount(c, decision);
      case ReadHold c -> holds.read(c, decision);
      case ReadBooks c -> books.readBooks(decision);
      case Preview c -> throw new IllegalArgumentException("a preview of a preview");
    }
  }

  // Money must not come to lie where its owner will never look. Thrown before anything changed, so
  // the caller hears of an internal error and the partition lives on.
  private void checkHome(long userId) {
    if (userId > 0 && !state.isHome(userId)) {
      throw new IllegalArgumentException("a command of user " + userId + " went astray");
    }
  }

  @Override
  public void recall(KeyedCommand command, long resultId, Decision decision) {
    switch (command) {
      case TopUp c -> transactions.recall(resultId, decision);
      case ReverseTransaction c -> transactions.recall(resultId, decision);
      case BookTransfer c -> bookings.recall(resultId, decision);
      case ReverseTransfer c -> bookings.recall(resultId, decision);
      case SettleSuspense c -> bookings.recall(resultId, decision);
      case BookBatch c -> bookings.recall(c, resultId, decision);
      default -> holds.recall(resultId, decision);
    }
  }

  @Override
  public void receive(Transfer transfer, Decision decision) {
    arrivals.receive((AccountTransfer) transfer, decision);
  }

  @Override
  public void apply(Event event, Stamp stamp) {
    applier.apply((AccountEvent) event, stamp);
  }

  @Override
  public void timer(int kind, long id, Decision decision) {
    switch (kind) {
      case AccountApplier.TIMER_EVICT_TRANSACTION -> transactions.evictionTimer(id, decision);
      case AccountApplier.TIMER_HOLD -> holds.deadlineTimer(id, decision);
      case AccountApplier.TIMER_EVICT_HOLD -> holds.evictionTimer(id, decision);
      case TransferApplier.TIMER_EVICT_TRANSFER -> bookings.evictionTimer(id, decision);
      case TransferApplier.TIMER_EVICT_ARRIVALS -> arrivals.evictionTimer(id, decision);
      default -> throw new IllegalStateException("unknown timer of accounts: " + kind);
    }
  }

  @Override
  public void save(SnapshotOutput output) {
    snapshot.save(output);
  }

  @Override
  public void load(SnapshotInput input) {
    snapshot.load(input);
  }
}
