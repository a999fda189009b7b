// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Proof".
package io.hongbao.redpacket;

import static io.hongbao.redpacket.PacketBench.CNY;
import static io.hongbao.redpacket.PacketBench.PROVIDER;
import static io.hongbao.redpacket.PacketBench.ROOM;
import static io.hongbao.redpacket.PacketBench.SENDER;
import static io.hongbao.redpacket.PacketBench.member;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.hongbao.engine.Effect;
import io.hongbao.model.RefusalCode;
import io.hongbao.redpacket.PaymentEffect.AskPayment;
import io.hongbao.redpacket.PaymentEffect.ClosePayment;
import io.hongbao.redpacket.RedPacketAnswer.OrderShown;
import io.hongbao.redpacket.RedPacketAnswer.PaymentTaken;
import io.hongbao.redpacket.RedPacketCommand.TakePayment;
import io.hongbao.redpacket.draw.PacketKind;
import io.hongbao.redpacket.draw.SenderNonce;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Limits at the ends of what the configuration allows, and changed between two starts. */
class ConfiguredLimitsTest {

  private static final int GREETING_CHARS_MAX = 1_000;
  private static final long MINUTE_MS = 60_000L;

  private final PacketBench bench = new PacketBench();

  private void restartWith(int greetingCharsMax, long reserveMs, long queryAfterMs) {
    PacketLimits usual = PacketBench.limits();
    bench.limits =
        new PacketLimits(
            usual.totalMinorMax(),
            usual.shareMinorMax(),
            usual.countMax(),
            greetingCharsMax,
            reserveMs,
            usual.opensInFlightMax(),
            usual.unpaidMs(),
            queryAfterMs,
            usual.evictAfterMs());
    bench.harness.restartFromSnapshots();
  }

  private static PacketTerms longest() {
    // Four bytes of UTF-8 and two Java characters each.
    String text = "\uD83E\uDDE7".repeat(GREETING_CHARS_MAX);
    byte[] nonce = new byte[SenderNonce.SIZE_BYTES_MAX];
    return new PacketTerms(
        PacketKind.EQUAL,
        GrabMode.CLASSIC,
        CNY,
        100,
        1,
        ROOM,
        0,
        SenderNonce.ofBytes(nonce),
        text,
        text);
  }

  // The journal of the harness fails a record that is larger than what was asked room for. Here a
  // send asked for 2 KB and took 8, and 64 of them that arrived together asked for 66 KB.
  @Test
  void theLongestTextsFitTheRoomThatIsAskedFor() {
    restartWith(GREETING_CHARS_MAX, PacketBench.RESERVE_MS, 30_000);
    for (int i = 0; i < 64; i++) {
      bench.harness.submit(bench.harness.partitionOf(SENDER), bench.sendOf(longest(), ""));
    }
    long ordered =
        bench
            .harness
            .askOwner(SENDER, bench.sendOf(longest(), PROVIDER))
            .as(OrderShown.class)
            .order()
            .packetId();
    TakePayment payment =
        new TakePayment(ordered, PacketBench.PROVIDER, "p".repeat(64), CNY, 100, 1);
    assertFalse(bench.harness.askOwner(SENDER, payment).as(PaymentTaken.class).isStray());
    bench.harness.settleTransfers();

    assertEquals(65, bench.state(ordered).packetCount());
    bench.checkAll();
  }

  @Test
  void aTextBeyondAllMeasureIsStillJudged() {
    PacketTerms terms =
        new PacketTerms(
            PacketKind.EQUAL,
            GrabMode.CLASSIC,
            CNY,
            100,
            1,
            ROOM,
            0,
            SenderNonce.NONE,
            "x".repeat(1_000_000),
            "");

    assertEquals(
        RefusalCode.GREETING_TOO_LONG,
        bench.harness.askOwner(SENDER, bench.sendOf(terms, "")).refusal());
  }

  // Half an hour is an allowed provider.query_after; the desk's upper bound of ten minutes then lay
  // below its lower one, the timer's rule threw, and nobody ever asked about the order again.
  @Test
  void asksASlowProviderToo() {
    restartWith(20, PacketBench.RESERVE_MS, 30 * MINUTE_MS);
    bench.harness.askOwner(
        SENDER,
        bench.sendOf(PacketBench.toRoom(PacketKind.EQUAL, GrabMode.CLASSIC, 10, 1), PROVIDER));
    bench.harness.takeEffects();

    List<String> asked = new ArrayList<>();
    for (int minute = 1; minute <= 120; minute++) {
      bench.harness.advance(MINUTE_MS);
      for (Effect effect : bench.harness.takeEffects()) {
        boolean isQuestion = effect instanceof AskPayment || effect instanceof ClosePayment;
        asked.add(minute + (isQuestion ? "" : " " + effect));
      }
    }

    assertEquals(List.of("16", "46", "76", "106"), asked, "first when its time is up");
  }

  // Deadlines were taken to grow from one reservation to the next. After redpacket.reserve had been
  // lowered they did not: the longer, earlier promise was overlooked and its share given away.
  @Test
  void keepsAnEarlierAndLongerPromise() {
    restartWith(20, 10 * MINUTE_MS, 30_000);
    long packetId = bench.send(PacketKind.EQUAL, GrabMode.RESERVE, 20, 2).packetId();
    bench.grab(packetId, member(0));
    restartWith(20, 1_000, 30_000);
    bench.grab(packetId, member(1));
    bench.harness.advance(2_000);

    bench.open(packetId, member(2));
    bench.open(packetId, member(3));

    assertEquals(10, bench.share(packetId, member(0)), "what was promised to him");
  }

  // A notice in an asset that nobody has set up reached the partition as number 0, which meant "in
  // the asset of the order": ten thousand of anything paid an order of 100.00.
  @Test
  void anUnknownAssetIsNotTheOrdersAsset() {
    long packetId =
        bench
            .harness
            .askOwner(
                SENDER,
                bench.sendOf(
                    PacketBench.toRoom(PacketKind.EQUAL, GrabMode.CLASSIC, 10_000, 1), PROVIDER))
            .as(OrderShown.class)
            .order()
            .packetId();

    assertEquals(
        RefusalCode.NOTICE_MISMATCH,
        bench
            .harness
            .askOwner(SENDER, new TakePayment(packetId, PacketBench.PROVIDER, "p", 0, 10_000, 1))
            .refusal());
    assertEquals(PacketOrder.State.UNPAID, bench.order(packetId).state());
  }
}
