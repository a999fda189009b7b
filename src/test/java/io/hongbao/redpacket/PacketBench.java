// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Proof".
package io.hongbao.redpacket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hongbao.account.AccountAnswer.TransactionShown;
import io.hongbao.account.AccountCommand.TopUp;
import io.hongbao.account.AccountFacts;
import io.hongbao.account.AccountFamily;
import io.hongbao.account.AccountLimits;
import io.hongbao.engine.Heard;
import io.hongbao.engine.PartitionHarness;
import io.hongbao.engine.PartitionSettings;
import io.hongbao.engine.TestKeys;
import io.hongbao.ledger.AccountKey;
import io.hongbao.ledger.AccountKind;
import io.hongbao.redpacket.RedPacketAnswer.OrderShown;
import io.hongbao.redpacket.RedPacketAnswer.PacketShown;
import io.hongbao.redpacket.RedPacketAnswer.ShareShown;
import io.hongbao.redpacket.RedPacketCommand.GrabPacket;
import io.hongbao.redpacket.RedPacketCommand.OpenPacket;
import io.hongbao.redpacket.RedPacketCommand.ReadPacket;
import io.hongbao.redpacket.RedPacketCommand.SendPacket;
import io.hongbao.redpacket.draw.PacketKind;
import io.hongbao.redpacket.draw.SenderNonce;
import java.util.HashSet;
import java.util.Set;

/**
 * Red packets under test: four partitions with accounts, one room, one provider, keys that count
 * up.
 */
final class PacketBench implements Neighbourhood, AccountFacts {

  static final int PARTITIONS = 4;
  static final int CNY = 1;
  static final long ROOM = 500;
  static final String PROVIDER = "sim";

  /** Sender in partition 1; members and others live all over the partitions. */
  static final long SENDER = 1_001;

  static final long FIRST_MEMBER = 2_000;
  static final long OUTSIDER = 9_003;
  static final long FUNDS = 1_000_000;
  static final long EXPIRY_MS = PacketSpec.LIFETIME_MS;
  static final long RESERVE_MS = 5_000;
  static final int OPENS_IN_FLIGHT_MAX = 8;
  static final long DAY_MS = 86_400_000L;

  final PartitionHarness harness;
  final Set<Long> members = new HashSet<>();
  boolean exported = true;
  long exportedUpTo = Long.MAX_VALUE;

  /** Those of the configuration; another one holds from the next restart on. */
  PacketLimits limits = limits();

  long balanceMinorMax = PartitionHarness.BALANCE_MINOR_MAX;

  /** Slot of new packets; partition 2 unless a test says otherwise. */
  int slot = 42;

  private long nextKey = 1;

  PacketBench() {
    this(5, PartitionHarness.settings());
  }

  PacketBench(long seed, PartitionSettings settings) {
    harness =
        new PartitionHarness(
            PARTITIONS,
            seed,
            settings,
            parts -> RedPacketFamily.factory(limits, this).create(parts),
            AccountFamily.factory(AccountLimits.defaults(), this));
    members.add(SENDER);
    for (int i = 0; i < 200; i++) {
      members.add(FIRST_MEMBER + i);
    }
    fund(SENDER, FUNDS);
  }

  static PacketLimits limits() {
    return new PacketLimits(
        asset -> 500_000,
        asset -> 200_000,
        100,
        20,
        RESERVE_MS,
        OPENS_IN_FLIGHT_MAX,
        15 * 60_000L,
        30_000,
        3 * DAY_MS);
  }

  // Neighbourhood.

  @Override
  public boolean isInRoom(long roomId, long userId) {
    return roomId == ROOM && members.contains(userId);
  }

  @Override
  public int slotForNewPacket(long chance) {
    return slot;
  }

  @Override
  public boolean hasProvider(String provider) {
    return provider.equals(PROVIDER);
  }

  @Override
  public boolean isExported(int partition, long position) {
    return exported && position <= exportedUpTo;
  }

  @Override
  public long balanceMinorMax(int asset) {
    return asset == CNY ? balanceMinorMax : 0;
  }

  // Doing.

  long nextKey() {
    return nextKey++;
  }

  void fund(long userId, long amountMinor) {
    harness
        .askOwner(userId, new TopUp(TestKeys.key(nextKey()), userId, CNY, amountMinor, "", "ops"))
        .as(TransactionShown.class);
  }

  static long member(int number) {
    return FIRST_MEMBER + number;
  }

  static PacketTerms terms(PacketKind kind, GrabMode mode, long totalMinor, int count) {
    return kind == PacketKind.EXCLUSIVE
        ? toOne(kind, mode, totalMinor, count, member(0))
        : toRoom(kind, mode, totalMinor, count);
  }

  static PacketTerms toRoom(PacketKind kind, GrabMode mode, long totalMinor, int count) {
    return new PacketTerms(
        kind, mode, CNY, totalMinor, count, ROOM, 0, SenderNonce.NONE, "恭喜发财", "gold");
  }

  static PacketTerms toOne(
      PacketKind kind, GrabMode mode, long totalMinor, int count, long recipientId) {
    return new PacketTerms(
        kind, mode, CNY, totalMinor, count, 0, recipientId, SenderNonce.NONE, "", "");
  }

  SendPacket sendOf(PacketTerms terms, String provider) {
    return new SendPacket(TestKeys.key(nextKey()), SENDER, terms, provider);
  }

  /** Sends from the wallet and lets the packet arrive. */
  PacketSpec send(PacketTerms terms) {
    OrderShown shown = harness.askOwner(SENDER, sendOf(terms, "")).as(OrderShown.class);
    harness.settleTransfers();
    return packet(shown.order().packetId()).spec();
  }

  PacketSpec send(PacketKind kind, GrabMode mode, long totalMinor, int count) {
    return send(terms(kind, mode, totalMinor, count));
  }

  static Viewer viewer(long userId) {
    return new Viewer(userId, 0, 0);
  }

  Heard grab(long packetId, long userId) {
    return harness.askOwner(packetId, new GrabPacket(packetId, viewer(userId)));
  }

  Heard open(long packetId, long userId) {
    return harness.askOwner(packetId, new OpenPacket(packetId, viewer(userId)));
  }

  Heard openNow(long packetId, long userId) {
    return harness.submit(harness.partitionOf(packetId), new OpenPacket(packetId, viewer(userId)));
  }

  long share(long packetId, long userId) {
    return open(packetId, userId).as(ShareShown.class).amountMinor();
  }

  PacketShown read(long packetId, long userId) {
    return harness
        .askOwner(packetId, new ReadPacket(packetId, viewer(userId)))
        .as(PacketShown.class);
  }

  // Looking inside.

  RedPackets state(long key) {
    return harness.family(harness.partitionOf(key), RedPacketFamily.class).state();
  }

  RedPacket packet(long packetId) {
    RedPacket packet = state(packetId).packet(packetId);
    assertTrue(packet != null, "packet");
    return packet;
  }

  PacketOrder order(long packetId) {
    PacketOrder order = state(SENDER).order(packetId);
    assertTrue(order != null, "order");
    return order;
  }

  long wallet(long userId) {
    return harness.walletMinor(userId, CNY);
  }

  /** Escrow equals what packets have left, packet by packet; nothing was made or lost. */
  void checkPackets() {
    long[] transit = new long[1];
    for (int partition = 0; partition < PARTITIONS; partition++) {
      long[] left = new long[1];
      harness
          .family(partition, RedPacketFamily.class)
          .state()
          .forEachPacket(
              packet -> {
                left[0] += packet.leftMinor();
                checkPacket(packet);
              });
      var ledger = harness.state(partition).parts().ledger();
      assertEquals(
          left[0],
          ledger.balanceMinor(AccountKey.system(AccountKind.ESCROW, CNY)),
          "escrow of partition " + partition);
      transit[0] += ledger.balanceMinor(AccountKey.system(AccountKind.TRANSIT, CNY));
    }
    if (harness.transfersUnderWay() == 0) {
      assertEquals(0, transit[0], "nothing is under way");
    }
  }

  private static void checkPacket(RedPacket packet) {
    long opened = 0;
    Set<Long> users = new HashSet<>();
    for (int place = 1; place <= packet.openedCount(); place++) {
      opened += packet.amountMinor(place);
      assertTrue(packet.amountMinor(place) >= PacketSpec.SHARE_MINOR_MIN, "share");
      assertTrue(users.add(packet.openerId(place)), "one share for each user");
    }
    assertEquals(
        packet.spec().terms().totalMinor(),
        opened + packet.leftMinor() + packet.returnedMinor(),
        "opened, left and returned");
  }

  void checkAll() {
    harness.checkBooks();
    checkPackets();
    harness.checkRebuild();
  }
}
