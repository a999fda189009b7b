// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Proof".
package io.hongbao.redpacket;

import static io.hongbao.redpacket.PacketBench.CNY;
import static io.hongbao.redpacket.PacketBench.member;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hongbao.engine.Heard;
import io.hongbao.engine.PartitionHarness;
import io.hongbao.engine.TestKeys;
import io.hongbao.engine.TestLinks;
import io.hongbao.ledger.AccountKind;
import io.hongbao.redpacket.RedPacketAnswer.OrderShown;
import io.hongbao.redpacket.RedPacketAnswer.ShareShown;
import io.hongbao.redpacket.RedPacketCommand.GrabPacket;
import io.hongbao.redpacket.RedPacketCommand.OpenPacket;
import io.hongbao.redpacket.RedPacketCommand.SendPacket;
import io.hongbao.redpacket.draw.PacketKind;
import io.hongbao.time.SeededRandomness;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random lives of many packets over links that lose, double and reorder, through crashes and
 * restarts: at the end everything has arrived, once, and everybody has what he was told.
 *
 * <p>Chance comes from the seed in the test's name; the same seed plays the same run.
 */
class ConvergenceTest {

  private static final int STEPS = 1_500;
  private static final int USERS = 40;
  private static final long FUNDS = 50_000;

  private record PacketAndUser(long packetId, long userId) {}

  private SeededRandomness chance = new SeededRandomness(0);
  private PacketBench bench = new PacketBench();
  private final List<Long> packetIds = new ArrayList<>();
  private final Map<Heard, Long> sends = new HashMap<>();
  private final Map<Heard, PacketAndUser> opens = new HashMap<>();

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void everythingArrivesOnce(long seed) {
    chance = new SeededRandomness(seed);
    bench = new PacketBench(seed, PartitionHarness.settings());
    for (int i = 0; i < USERS; i++) {
      bench.fund(member(i), FUNDS);
    }
    bench.harness.links().faults(new TestLinks.Faults(15, 15, 25));

    for (int step = 0; step < STEPS; step++) {
      play();
      bench.checkPackets();
    }
    bench.harness.links().faults(TestLinks.Faults.NONE);
    bench.harness.settleTransfers();

    bench.checkAll();
    checkWhatWasTold();
    checkWallets();
    // A day later all that is left is back as well.
    bench.harness.advance(PacketBench.DAY_MS + 10_000);
    bench.harness.settleTransfers();
    bench.checkAll();
    checkWallets();
    assertEquals(0, bench.harness.systemMinor(AccountKind.ESCROW, CNY));
  }

  private void play() {
    int dice = below(100);
    if (dice < 5) {
      send();
    } else if (dice < 20) {
      grab();
    } else if (dice < 60) {
      open();
    } else if (dice < 97) {
      bench.harness.step();
      bench.harness.clock().advance(below(400));
    } else if (dice < 99) {
      bench.harness.crash();
    } else {
      bench.harness.restartFromSnapshots();
    }
    collectPackets();
  }

  private void send() {
    PacketKind[] kinds = {PacketKind.LUCKY_LIVE, PacketKind.LUCKY_FAIR, PacketKind.EQUAL};
    GrabMode mode = below(2) == 0 ? GrabMode.RESERVE : GrabMode.CLASSIC;
    int count = 1 + below(12);
    long totalMinor = (long) count * (1 + below(300));
    bench.slot = below(1_000);
    long sender = member(below(USERS));
    SendPacket command =
        new SendPacket(
            TestKeys.key(bench.nextKey()),
            sender,
            PacketBench.toRoom(kinds[below(kinds.length)], mode, totalMinor, count),
            "");
    sends.put(bench.harness.submit(bench.harness.partitionOf(sender), command), totalMinor);
  }

  private void grab() {
    if (!packetIds.isEmpty()) {
      long packetId = anyPacket();
      long userId = member(below(USERS));
      bench.harness.submit(
          bench.harness.partitionOf(packetId),
          new GrabPacket(packetId, PacketBench.viewer(userId)));
    }
  }

  private void open() {
    if (!packetIds.isEmpty()) {
      long packetId = anyPacket();
      long userId = member(below(USERS));
      Heard heard =
          bench.harness.submit(
              bench.harness.partitionOf(packetId),
              new OpenPacket(packetId, PacketBench.viewer(userId)));
      opens.put(heard, new PacketAndUser(packetId, userId));
    }
  }

  private long anyPacket() {
    // Mostly the newest, which still have something.
    int newest = Math.min(packetIds.size(), 5);
    return packetIds.get(packetIds.size() - 1 - below(newest));
  }

  private void collectPackets() {
    for (int partition = 0; partition < PacketBench.PARTITIONS; partition++) {
      bench
          .harness
          .family(partition, RedPacketFamily.class)
          .state()
          .forEachPacket(
              packet -> {
                if (!packetIds.contains(packet.spec().packetId())) {
                  packetIds.add(packet.spec().packetId());
                }
              });
    }
  }

  private void checkWhatWasTold() {
    int shares = 0;
    for (Map.Entry<Heard, PacketAndUser> entry : opens.entrySet()) {
      if (entry.getKey().holds(ShareShown.class)) {
        ShareShown told = entry.getKey().as(ShareShown.class);
        RedPacket packet = bench.packet(told.packetId());
        assertEquals(entry.getValue().userId(), packet.openerId(told.place()));
        assertEquals(told.amountMinor(), packet.amountMinor(told.place()));
        assertTrue(packet.isCredited(told.place()));
        shares++;
      }
    }
    for (Map.Entry<Heard, Long> entry : sends.entrySet()) {
      if (entry.getKey().holds(OrderShown.class)) {
        long packetId = entry.getKey().as(OrderShown.class).order().packetId();
        assertEquals(entry.getValue(), bench.packet(packetId).spec().terms().totalMinor());
      }
    }
    assertTrue(shares > 100, "the run was a lively one");
  }

  /** Every wallet again from the packets alone. */
  private void checkWallets() {
    Map<Long, Long> expected = new HashMap<>();
    for (int i = 0; i < USERS; i++) {
      expected.put(member(i), FUNDS);
    }
    for (int partition = 0; partition < PacketBench.PARTITIONS; partition++) {
      bench
          .harness
          .family(partition, RedPacketFamily.class)
          .state()
          .forEachPacket(
              packet -> {
                long sender = packet.spec().senderId();
                expected.merge(
                    sender, packet.returnedMinor() - packet.spec().terms().totalMinor(), Long::sum);
                for (int place = 1; place <= packet.openedCount(); place++) {
                  expected.merge(packet.openerId(place), packet.amountMinor(place), Long::sum);
                }
              });
    }
    expected.forEach((userId, minor) -> assertEquals(minor, bench.wallet(userId)));
  }

  private int below(int bound) {
    return (int) Long.remainderUnsigned(chance.nextLong(), bound);
  }
}
