// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The edge".
package io.hongbao.http;

import io.hongbao.account.PartitionBooks;
import io.hongbao.account.PartitionBooks.AccountSum;
import io.hongbao.account.PartitionBooks.HeldSum;
import io.hongbao.account.PartitionBooks.Outgoing;
import io.hongbao.account.PartitionBooks.SuspenseSum;
import io.hongbao.ledger.AccountKind;
import io.hongbao.redpacket.RedPacketAnswer.PacketBooksShown;
import io.hongbao.redpacket.RedPacketAnswer.PacketBooksShown.Left;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * All books side by side, and whether they are right.
 *
 * <p>They are right when each partition sums to zero per asset, its escrow is what its packets have
 * left, what its accounts show as held is what its holds add up to, its suspense is what the open
 * entries add up to, and the transit accounts of all partitions together are what is in flight. The
 * last can only be said when every two partitions were seen at positions that fit together, which
 * {@link #isExact} tells.
 *
 * @param inFlight what left one partition and has not arrived at the other, where there is any
 */
record TrialBalance(
    List<Books> books, List<InFlight> inFlight, boolean isBalanced, boolean isExact) {

  /** One partition. */
  record Books(PartitionBooks accounts, PacketBooksShown packets) {

    // Both must show one position, or the comparison of escrow and packets means nothing.
    boolean isOnePosition() {
      return accounts.sequence() == packets.sequence();
    }
  }

  /** Money on its way. */
  record InFlight(int source, int destination, int asset, int count, long amountMinor) {}

  TrialBalance {
    books = List.copyOf(books);
    inFlight = List.copyOf(inFlight);
  }

  static TrialBalance of(List<Books> books) {
    boolean isExact = books.stream().allMatch(Books::isOnePosition);
    boolean isBalanced = true;
    List<InFlight> inFlight = new ArrayList<>();
    for (Books from : books) {
      isBalanced &= isBalanced(from);
      for (Outgoing queue : from.accounts().outgoing()) {
        int source = from.accounts().partition();
        long mark = books.get(queue.destination()).accounts().received().mark(source);
        isExact &= queue.covers(mark);
        addTo(inFlight, source, queue, Math.clamp(mark, queue.acknowledged(), queue.last()));
      }
    }
    if (isExact) {
      isBalanced &= transitByAsset(books).equals(inFlightByAsset(inFlight));
    }
    return new TrialBalance(books, inFlight, isBalanced, isExact);
  }

  private static void addTo(List<InFlight> all, int source, Outgoing queue, long mark) {
    for (int asset : queue.assets()) {
      int count = queue.countAbove(mark, asset);
      if (count > 0) {
        all.add(
            new InFlight(
                source, queue.destination(), asset, count, queue.sumAboveMinor(mark, asset)));
      }
    }
  }

  private static boolean isBalanced(Books one) {
    Map<Integer, Long> sums = new TreeMap<>();
    Map<Integer, Long> escrows = new TreeMap<>();
    for (AccountSum sum : one.accounts().sums()) {
      sums.merge(sum.asset(), sum.balanceMinor(), Math::addExact);
      if (sum.kind() == AccountKind.ESCROW && sum.balanceMinor() != 0) {
        escrows.put(sum.asset(), sum.balanceMinor());
      }
    }
    Map<Integer, Long> lefts = new TreeMap<>();
    for (Left left : one.packets().lefts()) {
      if (left.leftMinor() != 0) {
        lefts.put(left.asset(), left.leftMinor());
      }
    }
    for (HeldSum held : one.accounts().helds()) {
      if (held.byLedgerMinor() != held.byHoldsMinor()) {
        return false;
      }
    }
    for (SuspenseSum suspense : one.accounts().suspenses()) {
      if (suspense.byLedgerMinor() != suspense.byEntriesMinor()) {
        return false;
      }
    }
    return sums.values().stream().allMatch(sum -> sum == 0)
        && (!one.isOnePosition() || escrows.equals(lefts));
  }

  private static Map<Integer, Long> transitByAsset(List<Books> books) {
    Map<Integer, Long> sums = new TreeMap<>();
    for (Books one : books) {
      for (AccountSum sum : one.accounts().sums()) {
        if (sum.kind() == AccountKind.TRANSIT) {
          sums.merge(sum.asset(), sum.balanceMinor(), Math::addExact);
        }
      }
    }
    sums.values().removeIf(sum -> sum == 0);
    return sums;
  }

  private static Map<Integer, Long> inFlightByAsset(List<InFlight> inFlight) {
    Map<Integer, Long> sums = new TreeMap<>();
    for (InFlight one : inFlight) {
      sums.merge(one.asset(), one.amountMinor(), Math::addExact);
    }
    sums.values().removeIf(sum -> sum == 0);
    return sums;
  }

  /** Accounts of all partitions together, by asset and kind. */
  Map<Integer, Map<AccountKind, AccountSum>> totals() {
    var totals = new TreeMap<Integer, Map<AccountKind, AccountSum>>();
    for (Books one : books) {
      for (AccountSum sum : one.accounts().sums()) {
        totals
            .computeIfAbsent(sum.asset(), asset -> new TreeMap<>())
            .merge(sum.kind(), sum, TrialBalance::added);
      }
    }
    return totals;
  }

  /** Accounts of one partition, in the same form as the totals. */
  static Map<Integer, Map<AccountKind, AccountSum>> byAsset(PartitionBooks accounts) {
    var sums = new TreeMap<Integer, Map<AccountKind, AccountSum>>();
    for (AccountSum sum : accounts.sums()) {
      sums.computeIfAbsent(sum.asset(), asset -> new TreeMap<>()).put(sum.kind(), sum);
    }
    return sums;
  }

  private static AccountSum added(AccountSum a, AccountSum b) {
    return new AccountSum(
        a.asset(),
        a.kind(),
        a.count() + b.count(),
        Math.addExact(a.balanceMinor(), b.balanceMinor()),
        Math.addExact(a.heldMinor(), b.heldMinor()));
  }
}
