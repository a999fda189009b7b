// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The simulator".
package io.hongbao.sim;

import io.hongbao.account.AccountCommand.Note;
import io.hongbao.account.LedgerTransfer.Kind;
import io.hongbao.account.Leg;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Transfers in legs as the second book knows them: each at the partition that decided it, what came
 * in at the partition where it lies.
 *
 * <p>The values never change; whoever changes one puts another in its place, so that a crash can
 * take it back.
 */
final class AuditedLedger {

  /** A leg where its transfer was decided. */
  record BookedLeg(
      long fromId,
      long toId,
      int asset,
      long amount,
      Leg.State state,
      long settlementId,
      long reversalId,
      long at) {

    BookedLeg in(Leg.State now, long settledBy, long position) {
      return new BookedLeg(fromId, toId, asset, amount, now, settledBy, reversalId, position);
    }

    BookedLeg reversedBy(long transferId, long position) {
      return new BookedLeg(fromId, toId, asset, amount, state, settlementId, transferId, position);
    }
  }

  /** A transfer where it was decided. */
  record Booked(
      long id,
      Kind kind,
      long reversesId,
      Note note,
      List<BookedLeg> legs,
      long changedAtMs,
      long at) {

    Booked {
      legs = List.copyOf(legs);
    }

    Booked with(int number, BookedLeg leg, long atMs, long position) {
      List<BookedLeg> changed = new ArrayList<>(legs);
      if (number == changed.size()) {
        changed.add(leg);
      } else {
        changed.set(number, leg);
      }
      return new Booked(id, kind, reversesId, note, changed, atMs, position);
    }

    boolean has(Leg.State state) {
      return legs.stream().anyMatch(leg -> leg.state() == state);
    }
  }

  /** A leg that another partition sent, where its money is. */
  record Arrived(
      int leg,
      long fromId,
      long toId,
      int asset,
      long amount,
      long reversalId,
      long arrivedAtMs,
      long at) {

    Arrived reversedBy(long transferId, long position) {
      return new Arrived(leg, fromId, toId, asset, amount, transferId, arrivedAtMs, position);
    }
  }

  final Map<Long, Booked> transfers = new HashMap<>();
  final Map<Long, List<Arrived>> arrivals = new HashMap<>();

  /** Whether a leg that is asked for lies here, and can be undone from here; null if not. */
  @Nullable Arrived found(AuditedPartition book, long transferId, int number) {
    for (Arrived arrived : arrivals.getOrDefault(transferId, List.of())) {
      if (arrived.leg() == number) {
        return arrived;
      }
    }
    Booked own = transfers.get(transferId);
    if (own == null || number < 0 || number >= own.legs().size()) {
      return null;
    }
    BookedLeg leg = own.legs().get(number);
    return book.isHere(leg.toId())
        ? new Arrived(
            number,
            leg.fromId(),
            leg.toId(),
            leg.asset(),
            leg.amount(),
            leg.reversalId(),
            own.changedAtMs(),
            leg.at())
        : null;
  }
}
