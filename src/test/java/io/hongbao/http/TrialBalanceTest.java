// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The edge".
package io.hongbao.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hongbao.account.AccountAnswer.BooksShown;
import io.hongbao.account.AccountCommand.PlaceHold;
import io.hongbao.account.AccountCommand.ReadBooks;
import io.hongbao.account.AccountCommand.TopUp;
import io.hongbao.account.AccountFacts;
import io.hongbao.account.AccountFamily;
import io.hongbao.account.AccountLimits;
import io.hongbao.account.PartitionBooks;
import io.hongbao.account.PartitionBooks.AccountSum;
import io.hongbao.account.PartitionBooks.HeldSum;
import io.hongbao.engine.ClientKey;
import io.hongbao.engine.Heard;
import io.hongbao.engine.PartitionHarness;
import io.hongbao.engine.TestKeys;
import io.hongbao.http.TrialBalance.Books;
import io.hongbao.http.TrialBalance.InFlight;
import io.hongbao.ledger.AccountKind;
import io.hongbao.ledger.Hold;
import io.hongbao.redpacket.GrabMode;
import io.hongbao.redpacket.Neighbourhood;
import io.hongbao.redpacket.PacketLimits;
import io.hongbao.redpacket.PacketTerms;
import io.hongbao.redpacket.RedPacketAnswer.PacketBooksShown;
import io.hongbao.redpacket.RedPacketAnswer.PacketBooksShown.Left;
import io.hongbao.redpacket.RedPacketCommand.ReadPacketBooks;
import io.hongbao.redpacket.RedPacketCommand.SendPacket;
import io.hongbao.redpacket.RedPacketFamily;
import io.hongbao.redpacket.draw.PacketKind;
import io.hongbao.redpacket.draw.SenderNonce;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Right books are called right, and each kind of wrong ones wrong. */
class TrialBalanceTest {

  private static final int CNY = 1;
  private static final int SENDER = 1_001;
  private static final int PARTITIONS = 2;

  private final Around around = new Around();
  private final PartitionHarness harness =
      new PartitionHarness(
          PARTITIONS,
          7,
          AccountFamily.factory(AccountLimits.defaults(), around),
          RedPacketFamily.factory(PacketLimits.defaults(), around));
  private long keys;

  /** A room for everybody; new packets live in partition 0, away from their sender. */
  private static final class Around implements Neighbourhood, AccountFacts {
    @Override
    public boolean isInRoom(long roomId, long userId) {
      return true;
    }

    @Override
    public int slotForNewPacket(long chance) {
      return 0;
    }

    @Override
    public boolean hasProvider(String provider) {
      return false;
    }

    @Override
    public boolean isExported(int partition, long position) {
      return true;
    }

    @Override
    public long balanceMinorMax(int asset) {
      return asset == CNY ? PartitionHarness.BALANCE_MINOR_MAX : 0;
    }
  }

  @BeforeEach
  void bookSomething() {
    harness.askOwner(SENDER, new TopUp(key(), SENDER, CNY, 1000, "", "test"));
    harness.askOwner(
        SENDER,
        new PlaceHold(
            key(), SENDER, CNY, 100, Hold.Kind.INTERNAL, harness.nowMs() + 60_000, "", "test"));
  }

  private ClientKey key() {
    return TestKeys.key(++keys);
  }

  private SendPacket packet() {
    var terms =
        new PacketTerms(
            PacketKind.EQUAL, GrabMode.CLASSIC, CNY, 300, 3, 5, 0, SenderNonce.NONE, "", "");
    return new SendPacket(key(), SENDER, terms, "");
  }

  private List<Books> books() {
    List<Books> all = new ArrayList<>();
    for (int partition = 0; partition < PARTITIONS; partition++) {
      // Not by asking, which would let everything arrive first.
      Heard accounts = harness.submit(partition, new ReadBooks());
      Heard packets = harness.submit(partition, new ReadPacketBooks());
      harness.force(partition);
      all.add(new Books(accounts.as(BooksShown.class).books(), packets.as(PacketBooksShown.class)));
    }
    return all;
  }

  @Test
  void rightBooksAreBalancedAndExact() {
    harness.askOwner(SENDER, packet());
    harness.settle();

    TrialBalance balance = TrialBalance.of(books());

    assertTrue(balance.isBalanced() && balance.isExact());
    assertEquals(List.of(), balance.inFlight());
    assertEquals(300, balance.totals().get(CNY).get(AccountKind.ESCROW).balanceMinor());
    assertEquals(700, balance.totals().get(CNY).get(AccountKind.WALLET).balanceMinor());
  }

  @Test
  void whatIsUnderWayIsShownAndAccountedFor() {
    harness.submit(1, packet());
    harness.force(1);

    TrialBalance balance = TrialBalance.of(books());

    assertTrue(balance.isBalanced() && balance.isExact());
    assertEquals(List.of(new InFlight(1, 0, CNY, 1, 300)), balance.inFlight());
  }

  @Test
  void aSumThatIsNotZeroIsAnAlarm() {
    assertFalse(tampered(b -> withSums(b, sum(AccountKind.FEE, 1))).isBalanced());
  }

  @Test
  void escrowThatNoPacketHasIsAnAlarm() {
    TrialBalance balance =
        tampered(b -> withSums(b, sum(AccountKind.ESCROW, 5), sum(AccountKind.SUSPENSE, -5)));

    assertFalse(balance.isBalanced());
  }

  @Test
  void aPacketWithoutEscrowIsAnAlarm() {
    List<Books> books = books();
    Books first = books.getFirst();
    var packets = new PacketBooksShown(first.packets().sequence(), List.of(new Left(CNY, 1, 9)));
    books.set(0, new Books(first.accounts(), packets));

    assertFalse(TrialBalance.of(books).isBalanced());
  }

  @Test
  void transitThatIsNotUnderWayIsAnAlarm() {
    TrialBalance balance =
        tampered(b -> withSums(b, sum(AccountKind.TRANSIT, 5), sum(AccountKind.SUSPENSE, -5)));

    assertTrue(balance.isExact());
    assertFalse(balance.isBalanced());
  }

  @Test
  void heldMoneyWithoutAHoldIsAnAlarm() {
    assertFalse(tampered(TrialBalanceTest::withoutHolds).isBalanced());
  }

  @Test
  void partitionsSeenAtPositionsThatDoNotFitAreNotCompared() {
    List<Books> before = books();
    harness.askOwner(SENDER, packet());
    harness.settle();
    List<Books> after = books();

    // The receiver has heard of a transfer that the sender's books do not show yet.
    TrialBalance balance = TrialBalance.of(List.of(after.get(0), before.get(1)));

    assertFalse(balance.isExact());
    assertTrue(balance.isBalanced(), "what can be said is right");
  }

  private TrialBalance tampered(UnaryOperator<PartitionBooks> change) {
    List<Books> books = books();
    Books last = books.getLast();
    books.set(PARTITIONS - 1, new Books(change.apply(last.accounts()), last.packets()));
    return TrialBalance.of(books);
  }

  private static AccountSum sum(AccountKind kind, long balanceMinor) {
    return new AccountSum(CNY, kind, 1, balanceMinor, 0);
  }

  private static PartitionBooks withSums(PartitionBooks books, AccountSum... more) {
    List<AccountSum> sums = new ArrayList<>(books.sums());
    sums.addAll(List.of(more));
    return changed(books, sums, books.helds());
  }

  private static PartitionBooks withoutHolds(PartitionBooks books) {
    List<HeldSum> helds = new ArrayList<>();
    for (HeldSum held : books.helds()) {
      helds.add(new HeldSum(held.asset(), held.byLedgerMinor(), 0));
    }
    return changed(books, books.sums(), helds);
  }

  private static PartitionBooks changed(
      PartitionBooks books, List<AccountSum> sums, List<HeldSum> helds) {
    return new PartitionBooks(
        books.partition(),
        books.sequence(),
        books.timeMs(),
        books.accountCount(),
        sums,
        helds,
        books.suspenses(),
        books.outgoing(),
        books.received());
  }
}
