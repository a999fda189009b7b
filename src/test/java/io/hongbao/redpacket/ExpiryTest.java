// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Proof".
package io.hongbao.redpacket;

import static io.hongbao.redpacket.PacketBench.CNY;
import static io.hongbao.redpacket.PacketBench.DAY_MS;
import static io.hongbao.redpacket.PacketBench.EXPIRY_MS;
import static io.hongbao.redpacket.PacketBench.FUNDS;
import static io.hongbao.redpacket.PacketBench.RESERVE_MS;
import static io.hongbao.redpacket.PacketBench.SENDER;
import static io.hongbao.redpacket.PacketBench.member;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hongbao.ledger.AccountKind;
import io.hongbao.model.RefusalCode;
import io.hongbao.redpacket.RedPacketAnswer.PacketBooksShown;
import io.hongbao.redpacket.RedPacketAnswer.PacketShown;
import io.hongbao.redpacket.RedPacketAnswer.ShareShown;
import io.hongbao.redpacket.RedPacketCommand.ReadPacketBooks;
import io.hongbao.redpacket.draw.PacketKind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The end of packets: the exact rest goes back, nothing is forgotten too early. */
class ExpiryTest {

  private final PacketBench bench = new PacketBench();

  @ParameterizedTest
  @EnumSource(PacketKind.class)
  void returnsAllOfAPacketThatNobodyOpened(PacketKind kind) {
    PacketSpec spec =
        bench.send(kind, GrabMode.RESERVE, 1_000, kind == PacketKind.EXCLUSIVE ? 1 : 8);
    bench.harness.advance(spec.expiresAtMs() - bench.harness.nowMs() - 1);
    assertEquals(FUNDS - 1_000, bench.wallet(SENDER));

    bench.harness.advance(1);
    bench.harness.settleTransfers();

    assertEquals(FUNDS, bench.wallet(SENDER));
    PacketShown shown = bench.read(spec.packetId(), SENDER);
    assertEquals(PacketState.EXPIRED, shown.state());
    assertEquals(1_000, shown.returnedMinor());
    assertTrue(shown.isSeedPublic());
    bench.checkAll();
  }

  @ParameterizedTest
  @CsvSource({"LUCKY_LIVE, 1", "LUCKY_LIVE, 7", "LUCKY_FAIR, 3", "EQUAL, 5"})
  void returnsExactlyTheRest(PacketKind kind, int opens) {
    PacketSpec spec = bench.send(kind, GrabMode.CLASSIC, 1_000, 8);
    long given = 0;
    for (int i = 0; i < opens; i++) {
      given += bench.share(spec.packetId(), member(i));
    }

    bench.harness.advance(EXPIRY_MS);
    bench.harness.settleTransfers();

    assertEquals(FUNDS - given, bench.wallet(SENDER));
    assertEquals(1_000 - given, bench.read(spec.packetId(), SENDER).returnedMinor());
    assertEquals(0, bench.harness.systemMinor(AccountKind.ESCROW, CNY));
    bench.checkAll();
  }

  @Test
  void returnsNothingOfAnEmptyPacket() {
    PacketSpec spec = bench.send(PacketKind.EQUAL, GrabMode.CLASSIC, 1_000, 1);
    bench.share(spec.packetId(), member(0));
    bench.harness.settleTransfers();
    int records = bench.harness.journal(2).records().size();

    bench.harness.advance(EXPIRY_MS);

    assertEquals(records, bench.harness.journal(2).records().size());
    assertEquals(FUNDS - 1_000, bench.wallet(SENDER));
    assertEquals(RefusalCode.EMPTY, bench.open(spec.packetId(), member(1)).refusal());
  }

  @Test
  void aLiveReservationMayStillOpenAndTheRestWaitsForIt() {
    PacketSpec spec = bench.send(PacketKind.EQUAL, GrabMode.RESERVE, 1_000, 4);
    bench.harness.advance(spec.expiresAtMs() - bench.harness.nowMs() - 1_000);
    bench.grab(spec.packetId(), member(0));
    bench.harness.advance(500);
    bench.grab(spec.packetId(), member(1));
    bench.harness.advance(500);
    assertEquals(PacketState.OPEN, bench.packet(spec.packetId()).state());

    assertEquals(RefusalCode.EXPIRED, bench.grab(spec.packetId(), member(2)).refusal());
    assertEquals(250, bench.share(spec.packetId(), member(0)));
    // The first reservation's end passes, the second still lives.
    bench.harness.advance(RESERVE_MS - 501);
    assertEquals(PacketState.OPEN, bench.packet(spec.packetId()).state());
    bench.harness.advance(1);
    bench.harness.settleTransfers();

    assertEquals(PacketState.EXPIRED, bench.packet(spec.packetId()).state());
    assertEquals(750, bench.packet(spec.packetId()).returnedMinor());
    assertEquals(RefusalCode.EXPIRED, bench.open(spec.packetId(), member(1)).refusal());
    assertEquals(FUNDS - 250, bench.wallet(SENDER));
    bench.checkAll();
  }

  @Test
  void theLastReservationMayEmptyAPacketAfterItsTime() {
    PacketSpec spec = bench.send(PacketKind.LUCKY_LIVE, GrabMode.RESERVE, 1_000, 1);
    bench.harness.advance(spec.expiresAtMs() - bench.harness.nowMs() - 1);
    bench.grab(spec.packetId(), member(0));
    bench.harness.advance(RESERVE_MS - 1);

    assertEquals(1_000, bench.share(spec.packetId(), member(0)));
    bench.harness.advance(RESERVE_MS);
    bench.harness.settleTransfers();

    assertEquals(PacketState.EMPTY, bench.packet(spec.packetId()).state());
    assertEquals(FUNDS - 1_000, bench.wallet(SENDER));
    assertEquals(1_000, bench.wallet(member(0)));
    bench.checkAll();
  }

  @Test
  void aRestartBetweenDeadlineAndRefundRefundsOnce() {
    PacketSpec spec = bench.send(PacketKind.EQUAL, GrabMode.RESERVE, 1_000, 4);
    bench.share(spec.packetId(), member(0));
    bench.harness.restartFromSnapshots();
    bench.harness.links().full(true);
    bench.harness.advance(EXPIRY_MS);
    bench.harness.restartFromSnapshots();
    bench.harness.crash();
    bench.harness.links().full(false);

    bench.harness.settleTransfers();
    bench.harness.advance(EXPIRY_MS);

    assertEquals(FUNDS - 250, bench.wallet(SENDER));
    assertEquals(250, bench.wallet(member(0)));
    bench.checkAll();
  }

  // Suspense: a receiver never refuses.

  @Test
  void aShareThatNoWalletCanTakeGoesToSuspense() {
    bench.fund(member(0), 900);
    PacketSpec spec = bench.send(PacketKind.EQUAL, GrabMode.CLASSIC, 1_000, 4);
    bench.balanceMinorMax = 1_000;

    ShareShown share = bench.open(spec.packetId(), member(0)).as(ShareShown.class);
    bench.harness.settleTransfers();

    assertEquals(250, share.amountMinor());
    assertEquals(900, bench.wallet(member(0)));
    assertEquals(250, bench.harness.systemMinor(AccountKind.SUSPENSE, CNY));
    bench.checkAll();
  }

  @Test
  void aShareThatFillsTheWalletExactlyIsCredited() {
    bench.fund(member(0), 750);
    PacketSpec spec = bench.send(PacketKind.EQUAL, GrabMode.CLASSIC, 1_000, 4);
    bench.balanceMinorMax = 1_000;

    bench.open(spec.packetId(), member(0));
    bench.harness.settleTransfers();

    assertEquals(1_000, bench.wallet(member(0)));
    assertEquals(0, bench.harness.systemMinor(AccountKind.SUSPENSE, CNY));
  }

  @Test
  void aRestThatTheSenderCannotTakeGoesToSuspense() {
    bench.send(PacketKind.EQUAL, GrabMode.CLASSIC, 1_000, 4);
    bench.balanceMinorMax = FUNDS - 1;

    bench.harness.advance(EXPIRY_MS);
    bench.harness.settleTransfers();

    assertEquals(FUNDS - 1_000, bench.wallet(SENDER));
    assertEquals(1_000, bench.harness.systemMinor(AccountKind.SUSPENSE, CNY));
    bench.checkAll();
  }

  // Eviction.

  @Test
  void forgetsAClosedPacketAndItsOrderThreeDaysLaterOnceExported() {
    PacketSpec spec = bench.send(PacketKind.EQUAL, GrabMode.CLASSIC, 1_000, 4);
    bench.share(spec.packetId(), member(0));
    bench.harness.advance(EXPIRY_MS);
    bench.harness.settleTransfers();
    bench.exported = false;
    bench.harness.advance(3 * DAY_MS);
    assertNotNull(bench.state(spec.packetId()).packet(spec.packetId()));
    assertNotNull(bench.state(SENDER).order(spec.packetId()));

    bench.exported = true;
    bench.harness.advance(60_000);

    assertNull(bench.state(spec.packetId()).packet(spec.packetId()));
    assertNull(bench.state(SENDER).order(spec.packetId()));
    assertEquals(RefusalCode.NOT_FOUND, bench.open(spec.packetId(), member(0)).refusal());
    bench.checkAll();
  }

  @Test
  void keepsAPacketWhoseShareHasNotArrived() {
    PacketSpec spec = bench.send(PacketKind.EQUAL, GrabMode.CLASSIC, 1_000, 1);
    bench.harness.links().cut(batch -> batch.source() == 2);
    bench.share(spec.packetId(), member(1));
    bench.harness.advance(5 * DAY_MS);
    assertNotNull(bench.state(spec.packetId()).packet(spec.packetId()));

    bench.harness.links().cut(batch -> false);
    bench.harness.settleTransfers();
    bench.harness.advance(60_000);

    assertNull(bench.state(spec.packetId()).packet(spec.packetId()));
    assertEquals(1_000, bench.wallet(member(1)));
    bench.checkAll();
  }

  @Test
  void evictionComesAfterARestartToo() {
    PacketSpec spec = bench.send(PacketKind.EQUAL, GrabMode.CLASSIC, 1_000, 1);
    bench.share(spec.packetId(), member(1));
    bench.harness.settleTransfers();
    bench.harness.restartFromSnapshots();

    bench.harness.advance(3 * DAY_MS + 60_000);

    assertEquals(0, bench.state(spec.packetId()).packetCount());
    assertNull(bench.state(SENDER).order(spec.packetId()));
    bench.checkAll();
  }

  @Test
  void booksOfPacketsEqualTheEscrow() {
    bench.send(PacketKind.EQUAL, GrabMode.CLASSIC, 1_000, 4);
    PacketSpec spec = bench.send(PacketKind.EQUAL, GrabMode.CLASSIC, 500, 2);
    bench.share(spec.packetId(), member(0));

    PacketBooksShown books = bench.harness.ask(2, new ReadPacketBooks()).as(PacketBooksShown.class);

    assertEquals(List.of(new PacketBooksShown.Left(CNY, 2, 1_250)), books.lefts());
    assertEquals(bench.harness.state(2).sequence(), books.sequence());
  }
}
