// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Ledger as an API".
package io.hongbao.account;

import io.hongbao.account.AccountCommand.Booking;
import io.hongbao.account.AccountCommand.Move;
import io.hongbao.ledger.Ledger;
import io.hongbao.model.RefusalCode;
import java.util.ArrayList;
import java.util.List;
import org.agrona.collections.Long2LongHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Judges legs one after the other as if those before had been posted, and changes nothing.
 *
 * <p>So money may pass through an account within one transfer, or within one batch; nothing is
 * emitted before all of it is known to fit.
 *
 * <p><b>Thread:</b> the partition's; one instance per decision.
 */
final class BookingPlan {

  private final TransferBook book;
  private final Ledger ledger;
  private final AccountFacts facts;
  private final Long2LongHashMap changes = new Long2LongHashMap(0);
  private final List<Planned> planned = new ArrayList<>();

  /** A leg that fits, with the balances that it leaves. */
  record Planned(Move move, long fromAfterMinor, long toAfterMinor) {}

  BookingPlan(TransferBook book, AccountFacts facts) {
    this.book = book;
    this.ledger = book.parts.ledger();
    this.facts = facts;
  }

  /** The legs that were taken, in order. */
  List<Planned> planned() {
    return planned;
  }

  /** Takes all legs of a booking; after a refusal the plan is of no more use. */
  @Nullable RefusalCode addAll(Booking booking) {
    for (Move move : booking.moves()) {
      RefusalCode objection = add(move);
      if (objection != null) {
        return objection;
      }
    }
    return null;
  }

  /**
   * Takes a leg. Order of refusals: unknown asset, amount, source closed, frozen, funds;
   * destination closed, balance limit, when it lives here. What lives elsewhere cannot refuse.
   */
  @Nullable RefusalCode add(Move move) {
    long maxMinor = facts.balanceMinorMax(move.asset());
    if (maxMinor == 0) {
      return RefusalCode.UNKNOWN_ASSET;
    }
    if (move.amountMinor() < 1 || move.amountMinor() > maxMinor) {
      return RefusalCode.AMOUNT_OUT_OF_RANGE;
    }
    long from = TransferBook.accountKey(move.fromId(), move.asset());
    RefusalCode objection = objectionToDebit(move, from);
    if (objection != null) {
      return objection;
    }
    boolean isRemote = book.isRemote(move.toId());
    long to = isRemote ? 0 : TransferBook.accountKey(move.toId(), move.asset());
    if (!isRemote && move.toId() > 0) {
      // The amount and what came before are one: both raise the balance that is judged.
      objection = ledger.objectionToCredit(to, changes.get(to) + move.amountMinor(), maxMinor);
      if (objection != null) {
        return objection;
      }
    }
    long fromAfter = change(from, -move.amountMinor());
    long toAfter = isRemote ? AccountEvent.ON_ITS_WAY : change(to, move.amountMinor());
    planned.add(new Planned(move, fromAfter, toAfter));
    return null;
  }

  private @Nullable RefusalCode objectionToDebit(Move move, long from) {
    if (move.fromId() <= 0) {
      return null;
    }
    RefusalCode objection = ledger.objectionToDebit(from);
    if (objection != null) {
      return objection;
    }
    return ledger.availableMinor(from) + changes.get(from) < move.amountMinor()
        ? RefusalCode.INSUFFICIENT_FUNDS
        : null;
  }

  private long change(long key, long byMinor) {
    long change = changes.get(key) + byMinor;
    // The map takes no zero: to it that means "nothing".
    if (change == 0) {
      changes.remove(key);
    } else {
      changes.put(key, change);
    }
    return ledger.balanceMinor(key) + change;
  }

  /** The last change of all that was judged, which the answer rests on. */
  long lookedPosition() {
    long position = 0;
    for (Planned leg : planned) {
      position = Math.max(position, lookedPosition(leg.move()));
    }
    return position;
  }

  /** The last change of what one leg is judged by. */
  long lookedPosition(Move move) {
    long position = lookedPosition(move.fromId(), move.asset());
    return book.isRemote(move.toId())
        ? position
        : Math.max(position, lookedPosition(move.toId(), move.asset()));
  }

  private long lookedPosition(long partyId, int asset) {
    if (partyId <= 0 || facts.balanceMinorMax(asset) == 0) {
      return 0;
    }
    long key = TransferBook.accountKey(partyId, asset);
    return Math.max(ledger.position(key), ledger.bounds(key).position());
  }
}
