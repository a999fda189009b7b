// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Crash and soak".
package io.hongbao.drill;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What everybody must have, computed from what was told: a second book with no rule of the
 * server's.
 *
 * <p>Asks of one user's holds come one after the other, so what a hold must say is known exactly.
 *
 * <p><b>Thread:</b> any.
 */
final class Expected {

  private final Map<Long, Long> balancesMinor = new TreeMap<>();
  private final Map<Long, Long> heldMinor = new TreeMap<>();
  private final Map<String, Long> holdsMinor = new HashMap<>();

  synchronized void funded(long userId, long minor) {
    add(balancesMinor, userId, minor);
    add(heldMinor, userId, 0);
  }

  /** Books an accepted ask, once; complains when it contradicts what is known. */
  synchronized @Nullable String accepted(Ask ask, Outcome outcome) {
    switch (ask) {
      case Ask.TopUp topUp -> add(balancesMinor, topUp.userId(), topUp.amountMinor());
      case Ask.Send send -> add(balancesMinor, send.userId(), -send.totalMinor());
      case Ask.Open open -> add(balancesMinor, open.userId(), outcome.amountMinor());
      case Ask.Move move -> {
        for (Ask.Leg leg : move.legs()) {
          pay(move.userId(), leg.toId(), leg.amountMinor());
        }
      }
      case Ask.Undo undo -> pay(undo.userId(), undo.backToId(), undo.amountMinor());
      case Ask.Hold hold -> {
        add(heldMinor, hold.userId(), hold.amountMinor());
        holdsMinor.put(outcome.id(), hold.amountMinor());
      }
      case Ask.Draw draw -> {
        long leftMinor = holdMinor(draw.holdId()) - draw.amountMinor();
        if (leftMinor < 0) {
          return draw + " took more than was held";
        }
        holdsMinor.put(draw.holdId(), leftMinor);
        add(heldMinor, draw.userId(), -draw.amountMinor());
        pay(draw.userId(), draw.toId(), draw.amountMinor());
      }
      case Ask.Free free -> {
        add(heldMinor, free.userId(), -holdMinor(free.holdId()));
        holdsMinor.put(free.holdId(), 0L);
      }
    }
    return null;
  }

  /** Whether a refusal with this code is right, as far as this book can tell. */
  synchronized boolean mayRefuse(Ask ask, String refusal) {
    return switch (ask) {
      case Ask.TopUp topUp -> false;
      case Ask.Send send -> refusal.equals("insufficient_funds");
      case Ask.Open open -> refusal.equals("empty");
      case Ask.Move move -> refusal.equals("insufficient_funds");
      case Ask.Undo undo ->
          refusal.equals("insufficient_funds") || refusal.equals("transfer_not_settled");
      case Ask.Hold hold -> refusal.equals("insufficient_funds");
      case Ask.Draw draw ->
          holdMinor(draw.holdId()) < draw.amountMinor()
              && refusal.equals(holdMinor(draw.holdId()) == 0 ? "hold_closed" : "hold_amount");
      case Ask.Free free -> holdMinor(free.holdId()) == 0 && refusal.equals("hold_closed");
    };
  }

  synchronized long holdMinor(String holdId) {
    return holdsMinor.getOrDefault(holdId, 0L);
  }

  /** "balance held" by user. */
  synchronized Map<Long, String> balances() {
    Map<Long, String> all = new TreeMap<>();
    balancesMinor.forEach((user, minor) -> all.put(user, minor + " " + heldMinor.get(user)));
    return all;
  }

  private void pay(long fromId, long toId, long minor) {
    add(balancesMinor, fromId, -minor);
    add(balancesMinor, toId, minor);
  }

  private static void add(Map<Long, Long> sums, long userId, long minor) {
    sums.merge(userId, minor, Math::addExact);
  }
}
