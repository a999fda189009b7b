// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Proof".
package io.hongbao.account;

import io.hongbao.account.AccountCommand.Move;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What everybody must have, worked out from what was accepted: sums in maps, no partitions, no
 * transit, no order but that in which answers were heard.
 */
final class LedgerModel {

  private record Wallet(long ownerId, int asset) {}

  /** An accepted transfer: its moves, and which of them were undone. */
  record Accepted(long id, List<Move> moves, List<Integer> reversed) {}

  /** A hold with what is left of it. */
  static final class Held {
    final long id;
    final long ownerId;
    final int asset;
    long leftMinor;

    Held(long id, long ownerId, int asset, long leftMinor) {
      this.id = id;
      this.ownerId = ownerId;
      this.asset = asset;
      this.leftMinor = leftMinor;
    }
  }

  private final Map<Wallet, Long> balances = new HashMap<>();
  final List<Accepted> transfers = new ArrayList<>();
  final List<Held> holds = new ArrayList<>();

  void change(long ownerId, int asset, long byMinor) {
    if (ownerId > 0) {
      balances.merge(new Wallet(ownerId, asset), byMinor, Long::sum);
    }
  }

  void accepted(long id, List<Move> moves) {
    moved(moves);
    transfers.add(new Accepted(id, moves, new ArrayList<>()));
  }

  void moved(List<Move> moves) {
    for (Move move : moves) {
      change(move.fromId(), move.asset(), -move.amountMinor());
      change(move.toId(), move.asset(), move.amountMinor());
    }
  }

  void reversed(Accepted original, List<Integer> legs) {
    for (int leg : legs) {
      Move move = original.moves().get(leg);
      change(move.toId(), move.asset(), -move.amountMinor());
      change(move.fromId(), move.asset(), move.amountMinor());
    }
    original.reversed().addAll(legs);
  }

  long balanceMinor(long ownerId, int asset) {
    return balances.getOrDefault(new Wallet(ownerId, asset), 0L);
  }

  long heldMinor(long ownerId, int asset) {
    return holds.stream()
        .filter(held -> held.ownerId == ownerId && held.asset == asset)
        .mapToLong(held -> held.leftMinor)
        .sum();
  }
}
