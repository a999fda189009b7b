// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Ledger".
package io.hongbao.account;

import io.hongbao.engine.Transfer;
import io.hongbao.ledger.AccountKind;
import java.util.Arrays;
import java.util.List;

/**
 * All books of one partition, added up from accounts, holds and transfers at one position.
 *
 * @param sequence position that all of it shows
 * @param helds what the ledger shows as held beside what the holds add up to; equal when right
 * @param suspenses what the suspense accounts have beside what their entries add up to; equal when
 *     right
 * @param outgoing one per destination, in order of its number
 */
public record PartitionBooks(
    int partition,
    long sequence,
    long timeMs,
    int accountCount,
    List<AccountSum> sums,
    List<HeldSum> helds,
    List<SuspenseSum> suspenses,
    List<Outgoing> outgoing,
    Received received) {

  public PartitionBooks {
    sums = List.copyOf(sums);
    helds = List.copyOf(helds);
    suspenses = List.copyOf(suspenses);
    outgoing = List.copyOf(outgoing);
  }

  /** Accounts of one kind and asset. */
  public record AccountSum(
      int asset, AccountKind kind, int count, long balanceMinor, long heldMinor) {}

  /** One asset's held money, added up in two ways. */
  public record HeldSum(int asset, long byLedgerMinor, long byHoldsMinor) {}

  /** One asset's money in suspense, added up in two ways. */
  public record SuspenseSum(int asset, long byLedgerMinor, long byEntriesMinor) {}

  /** Up to which number this partition has taken the transfers of each source. */
  public static final class Received {

    private final long[] marks;

    Received(long[] marks) {
      this.marks = marks;
    }

    public long mark(int source) {
      return marks[source];
    }
  }

  /**
   * Transfers toward one destination that it is not known here to have.
   *
   * <p>What is in flight depends on both ends: the entries above the receiver's mark. The two ends
   * are read at positions of their own, so a mark may lie outside of what is here; {@link #covers}
   * tells, and whoever adds up then reads again.
   */
  public static final class Outgoing {

    private final int destination;
    private final long acknowledged;
    private final int[] assets;
    private final long[] amountsMinor;

    Outgoing(int destination, long acknowledged, int[] assets, long[] amountsMinor) {
      this.destination = destination;
      this.acknowledged = acknowledged;
      this.assets = assets;
      this.amountsMinor = amountsMinor;
    }

    public int destination() {
      return destination;
    }

    /** Everything up to this number has been acknowledged and is not here any more. */
    public long acknowledged() {
      return acknowledged;
    }

    /** Number of the newest transfer. */
    public long last() {
      return acknowledged + assets.length;
    }

    /** Whether the entries above that mark are exactly among those that are here. */
    public boolean covers(long mark) {
      return mark >= acknowledged && mark <= last();
    }

    /** Transfers of one asset above a mark that is covered. */
    public int countAbove(long mark, int asset) {
      int count = 0;
      for (int i = (int) (mark - acknowledged); i < assets.length; i++) {
        count += assets[i] == asset ? 1 : 0;
      }
      return count;
    }

    /** Money of one asset under way above a mark that is covered. */
    public long sumAboveMinor(long mark, int asset) {
      long sum = 0;
      for (int i = (int) (mark - acknowledged); i < assets.length; i++) {
        sum = Math.addExact(sum, assets[i] == asset ? amountsMinor[i] : 0);
      }
      return sum;
    }

    /** The assets of which something is here, ascending; words without money have none. */
    public int[] assets() {
      return Arrays.stream(assets)
          .filter(asset -> asset != Transfer.NO_ASSET)
          .sorted()
          .distinct()
          .toArray();
    }
  }
}
