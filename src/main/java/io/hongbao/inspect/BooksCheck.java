// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Proof".
package io.hongbao.inspect;

import io.hongbao.account.AccountFamily;
import io.hongbao.engine.Family;
import io.hongbao.engine.Outbox;
import io.hongbao.engine.PartitionState;
import io.hongbao.engine.Transfer;
import io.hongbao.engine.TransferQueue;
import io.hongbao.ledger.AccountKey;
import io.hongbao.ledger.AccountKind;
import io.hongbao.ledger.SuspenseEntry;
import io.hongbao.redpacket.RedPacketFamily;
import java.util.Map;
import java.util.TreeMap;

/**
 * Counts all money afresh: per partition each asset sums to zero, escrow equals what packets have
 * left, suspense equals its open entries, and the transit accounts of all partitions equal what is
 * under way between them.
 *
 * <p><b>Thread:</b> the owner's of all states.
 */
final class BooksCheck {

  private final Findings findings;
  private final Map<Integer, Long> transitByAsset = new TreeMap<>();
  private final Map<Integer, Long> inFlightByAsset = new TreeMap<>();
  private long accounts;
  private long packets;
  private long transfersInFlight;
  private long transfersInLegs;
  private long suspenseEntries;

  BooksCheck(Findings findings) {
    this.findings = findings;
  }

  void run(PartitionState[] states) {
    for (PartitionState state : states) {
      checkPartition(state);
    }
    for (PartitionState source : states) {
      for (PartitionState destination : states) {
        countInFlight(source, destination);
      }
    }
    transitByAsset.forEach(
        (asset, transit) ->
            findings.expect(
                transit,
                inFlightByAsset.getOrDefault(asset, 0L),
                "money in transit of asset " + asset));
    findings.fact(
        accounts
            + " accounts and "
            + packets
            + " packets in memory, "
            + transfersInFlight
            + " transfers in flight, "
            + transfersInLegs
            + " transfers in legs, "
            + suspenseEntries
            + " entries in suspense, every partition sums to zero");
  }

  private void checkPartition(PartitionState state) {
    int partition = state.parts().partition();
    Map<Integer, Long> sumByAsset = new TreeMap<>();
    Map<Integer, Long> escrowByAsset = new TreeMap<>();
    Map<Long, Long> heldByAccount = new TreeMap<>();
    state
        .parts()
        .ledger()
        .forEach(
            (key, balance, held, position) -> {
              accounts++;
              int asset = AccountKey.asset(key);
              sumByAsset.merge(asset, balance, Math::addExact);
              switch (AccountKey.kind(key)) {
                case ESCROW -> escrowByAsset.merge(asset, balance, Math::addExact);
                case TRANSIT -> transitByAsset.merge(asset, balance, Math::addExact);
                default -> {}
              }
              if (held != 0) {
                heldByAccount.put(key, held);
              }
              long lower = state.parts().ledger().bounds(key).lowerMinor();
              if (AccountKey.kind(key) == AccountKind.WALLET && balance - held < lower) {
                findings.differs(
                    "wallet of owner " + AccountKey.owner(key) + " is below its lower bound");
              }
            });
    sumByAsset.forEach(
        (asset, sum) ->
            findings.expect(sum, 0, "sum of asset " + asset + " in partition " + partition));
    checkEscrow(state, escrowByAsset);
    checkHolds(state, heldByAccount);
    checkSuspense(state);
    transfersInLegs += state.families().stream().mapToLong(BooksCheck::transferCount).sum();
  }

  private static long transferCount(Family family) {
    return family instanceof AccountFamily accounts ? accounts.state().book().transferCount() : 0;
  }

  private void checkSuspense(PartitionState state) {
    Map<Integer, Long> byAsset = new TreeMap<>();
    for (SuspenseEntry entry : state.parts().suspense().entries()) {
      byAsset.merge(entry.asset(), entry.amountMinor(), Math::addExact);
      suspenseEntries++;
    }
    for (int asset = 1; asset <= AccountKey.ASSET_MAX; asset++) {
      findings.expect(
          state.parts().ledger().balanceMinor(AccountKey.system(AccountKind.SUSPENSE, asset)),
          byAsset.getOrDefault(asset, 0L),
          "suspense of asset " + asset + " in partition " + state.parts().partition());
    }
  }

  private void checkEscrow(PartitionState state, Map<Integer, Long> escrowByAsset) {
    int partition = state.parts().partition();
    RedPacketFamily family =
        (RedPacketFamily) state.family(io.hongbao.redpacket.RedPacketCodec.SCHEMA_ID);
    Map<Integer, Long> leftByAsset = new TreeMap<>();
    family
        .state()
        .forEachPacket(
            packet -> {
              packets++;
              long opened = 0;
              for (int place = 1; place <= packet.openedCount(); place++) {
                opened = Math.addExact(opened, packet.amountMinor(place));
              }
              findings.expect(
                  opened + packet.leftMinor() + packet.returnedMinor(),
                  packet.spec().terms().totalMinor(),
                  "opened + left + returned of packet " + packet.spec().packetId());
              leftByAsset.merge(packet.spec().terms().asset(), packet.leftMinor(), Math::addExact);
            });
    escrowByAsset.forEach(
        (asset, escrow) ->
            findings.expect(
                escrow,
                leftByAsset.getOrDefault(asset, 0L),
                "escrow of asset " + asset + " in partition " + partition));
  }

  private void checkHolds(PartitionState state, Map<Long, Long> heldByAccount) {
    state
        .parts()
        .holds()
        .forEach(
            hold -> {
              if (hold.state() == io.hongbao.ledger.Hold.State.HELD) {
                heldByAccount.merge(hold.accountKey(), -hold.leftMinor(), Math::addExact);
              }
            });
    heldByAccount.forEach(
        (key, rest) ->
            findings.expect(
                rest, 0, "held amount beyond the holds of user " + AccountKey.owner(key)));
  }

  // Under way is what the source still owes above the receiver's mark; below it, it has arrived and
  // only the acknowledgement is missing.
  private void countInFlight(PartitionState source, PartitionState destination) {
    int from = source.parts().partition();
    int to = destination.parts().partition();
    Outbox inbox = destination.parts().outbox();
    TransferQueue queue = source.parts().outbox().toward(to);
    long mark = inbox.receivedMark(from);
    if (mark < queue.acknowledged() || mark > queue.last()) {
      findings.differs(
          "partition "
              + to
              + " has taken "
              + mark
              + " transfers of partition "
              + from
              + ", which has sent "
              + queue.last()
              + " and dropped "
              + queue.acknowledged());
      return;
    }
    for (long number = mark + 1; number <= queue.last(); number++) {
      Transfer transfer = queue.transfer(number);
      transfersInFlight++;
      inFlightByAsset.merge(transfer.asset(), transfer.amountMinor(), Math::addExact);
    }
  }
}
