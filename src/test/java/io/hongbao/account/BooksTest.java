// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Proof".
package io.hongbao.account;

import static io.hongbao.account.AccountBench.CNY;
import static io.hongbao.account.AccountBench.COIN;
import static io.hongbao.account.AccountBench.USER;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hongbao.account.AccountAnswer.BooksShown;
import io.hongbao.account.AccountCommand.ReadBooks;
import io.hongbao.account.PartitionBooks.AccountSum;
import io.hongbao.account.PartitionBooks.HeldSum;
import io.hongbao.account.PartitionBooks.Outgoing;
import io.hongbao.engine.Heard;
import io.hongbao.ledger.AccountKind;
import io.hongbao.ledger.Hold;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Books added up anew. */
class BooksTest {

  private final AccountBench bench = new AccountBench();
  private final int home = bench.harness.partitionOf(USER);

  private PartitionBooks books() {
    return bench.harness.ask(home, new ReadBooks()).as(BooksShown.class).books();
  }

  @Test
  void addsUpByAssetAndKind() {
    bench.topUp(USER, CNY, 500);
    bench.topUp(USER + 4_000, CNY, 300);
    bench.topUp(USER, COIN, 7);
    long deadlineMs = bench.harness.nowMs() + 1_000;
    bench.ask(HoldTest.place(bench, 120, Hold.Kind.EXTERNAL, deadlineMs));

    PartitionBooks books = books();

    assertEquals(
        List.of(
            new AccountSum(CNY, AccountKind.WALLET, 2, 800, 120),
            new AccountSum(CNY, AccountKind.CLEARING, 1, -800, 0),
            new AccountSum(COIN, AccountKind.WALLET, 1, 7, 0),
            new AccountSum(COIN, AccountKind.CLEARING, 1, -7, 0)),
        books.sums());
    assertEquals(List.of(new HeldSum(CNY, 120, 120)), books.helds());
    assertEquals(5, books.accountCount());
    assertEquals(bench.harness.state(home).sequence(), books.sequence());
    assertEquals(4, books.outgoing().size());
    assertEquals(0, books.received().mark(3));
  }

  @Test
  void waitForEverythingThatTheyShow() {
    bench.harness.submit(home, bench.topUpOf(USER, CNY, 500));

    Heard heard = bench.harness.submit(home, new ReadBooks());
    bench.harness.core(home).release(0);

    assertTrue(heard.isSilent());
    bench.harness.force(home);
    assertEquals(1, heard.as(BooksShown.class).books().sequence());
  }

  @Test
  void countsWhatIsAboveTheReceiversMark() {
    // Transfers 11, 12, 13 toward partition 2; the receiver's mark says what has arrived.
    Outgoing outgoing = new Outgoing(2, 10, new int[] {1, 2, 1}, new long[] {5, 70, 6});

    assertEquals(13, outgoing.last());
    assertArrayEquals(new int[] {1, 2}, outgoing.assets());
    assertEquals(11, outgoing.sumAboveMinor(10, 1));
    assertEquals(6, outgoing.sumAboveMinor(11, 1));
    assertEquals(1, outgoing.countAbove(11, 2));
    assertEquals(0, outgoing.sumAboveMinor(13, 1));
    assertTrue(outgoing.covers(10) && outgoing.covers(13));
    assertFalse(outgoing.covers(9) || outgoing.covers(14));
  }
}
