// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Proof".
package io.hongbao.redpacket;

import static io.hongbao.redpacket.PacketBench.CNY;
import static io.hongbao.redpacket.PacketBench.FUNDS;
import static io.hongbao.redpacket.PacketBench.PROVIDER;
import static io.hongbao.redpacket.PacketBench.SENDER;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hongbao.engine.Heard;
import io.hongbao.ledger.AccountKind;
import io.hongbao.model.RefusalCode;
import io.hongbao.redpacket.RedPacketAnswer.OrderShown;
import io.hongbao.redpacket.RedPacketCommand.SendPacket;
import io.hongbao.redpacket.RedPacketCommand.TakePayment;
import io.hongbao.redpacket.draw.PacketKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Words of a provider that are refused: nothing is booked, and the order still waits. */
class PaymentRefusalTest {

  private static final long TOTAL = 1_000;

  private final PacketBench bench = new PacketBench();
  private final SendPacket command =
      bench.sendOf(PacketBench.toRoom(PacketKind.EQUAL, GrabMode.CLASSIC, TOTAL, 4), PROVIDER);
  private final long packetId =
      bench.harness.askOwner(SENDER, command).as(OrderShown.class).order().packetId();

  private Heard tell(RedPacketCommand word) {
    Heard heard = bench.harness.askOwner(SENDER, word);
    bench.harness.settleTransfers();
    bench.checkPackets();
    return heard;
  }

  private long paidIn() {
    return -bench.harness.systemMinor(AccountKind.CLEARING, CNY) - FUNDS;
  }

  // Words that cannot be money: a partition must neither book them nor stumble over them.
  @ParameterizedTest
  @CsvSource({
    "p1, 1, 0",
    "p1, 1, -5",
    "p1, 1, -9223372036854775808",
    "p1, 1, 9007199254740992",
    "p1, 9, 1000",
    "p1, 128, 1000",
    "p1, 0, 1000",
    "p1, -2, 1000",
    "'', 1, 1000",
  })
  void whatCannotBeMoneyIsRefused(String id, int asset, long amountMinor) {
    Heard heard = tell(new TakePayment(packetId, PROVIDER, id, asset, amountMinor, 1));

    assertEquals(RefusalCode.NOTICE_MISMATCH, heard.refusal());
    assertEquals(PacketOrder.State.UNPAID, bench.order(packetId).state());
    assertEquals(0, paidIn());
    bench.checkAll();
  }

  @Test
  void aNoticeForNoSuchOrderIsRefused() {
    long fromWallet = bench.send(PacketKind.EQUAL, GrabMode.CLASSIC, 100, 1).packetId();

    assertEquals(
        RefusalCode.NOTICE_MISMATCH,
        tell(new TakePayment(packetId + 1_000, PROVIDER, "p1", CNY, TOTAL, 1)).refusal());
    assertEquals(
        RefusalCode.NOTICE_MISMATCH,
        tell(new TakePayment(fromWallet, PROVIDER, "p1", CNY, 100, 1)).refusal(),
        "paid from the wallet");
  }

  // The second provider's key must not be worth an order at the first.
  @Test
  void aNoticeOfAnotherProviderPaysNothing() {
    assertEquals(
        RefusalCode.NOTICE_MISMATCH,
        tell(new TakePayment(packetId, "other", "p1", CNY, TOTAL, 1)).refusal());
    assertEquals(PacketOrder.State.UNPAID, bench.order(packetId).state());
    assertEquals(0, paidIn());
    bench.checkAll();
  }
}
