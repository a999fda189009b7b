// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Red packets".
package io.hongbao.redpacket;

import static io.hongbao.redpacket.PacketBench.RESERVE_MS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hongbao.model.RefusalCode;
import io.hongbao.redpacket.RedPacketAnswer.Reserved;
import io.hongbao.redpacket.draw.PacketKind;
import org.junit.jupiter.api.Test;

/** How much of a crowd that grabs and never opens one packet remembers. */
class ReservationLimitTest {

  private final PacketBench bench = new PacketBench();

  // Every grab of somebody new was kept for a day and looked through by each grab and open after
  // it: a crowd that grabs and never opens made the packet slower without end.
  @Test
  void aPacketKeepsABoundedNumberOfReservationsAndIsOpenToAllAfterThem() {
    PacketSpec spec = bench.send(PacketKind.EQUAL, GrabMode.RESERVE, 100, 100);
    long userId = 1_000_000;
    for (int i = 0; i < PacketDesk.RESERVATIONS_MAX; i++) {
      if (i > 0 && i % 100 == 0) {
        bench.harness.advance(RESERVE_MS);
      }
      bench.members.add(++userId);
      assertTrue(bench.grab(spec.packetId(), userId).as(Reserved.class).isKept());
    }
    bench.members.add(++userId);
    assertEquals(RefusalCode.ALL_RESERVED, bench.grab(spec.packetId(), userId).refusal());
    bench.harness.advance(RESERVE_MS);

    assertFalse(bench.grab(spec.packetId(), userId).as(Reserved.class).isKept());
    assertEquals(1, bench.share(spec.packetId(), userId));
    bench.checkAll();
  }
}
