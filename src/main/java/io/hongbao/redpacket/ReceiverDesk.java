// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Transfers".
package io.hongbao.redpacket;

import io.hongbao.engine.Decision;
import io.hongbao.ledger.AccountKey;
import io.hongbao.model.RefusalCode;
import io.hongbao.redpacket.RedPacketEvent.CreditSuspended;
import io.hongbao.redpacket.RedPacketEvent.PacketCreated;
import io.hongbao.redpacket.RedPacketEvent.RestReturned;
import io.hongbao.redpacket.RedPacketEvent.ShareCredited;
import io.hongbao.redpacket.RedPacketTransfer.CreatePacket;
import io.hongbao.redpacket.RedPacketTransfer.CreditShare;
import io.hongbao.redpacket.RedPacketTransfer.ReturnRest;
import org.jspecify.annotations.Nullable;

/**
 * Takes over what other partitions send. Never refuses: what a wallet cannot take goes to suspense.
 *
 * <p><b>Thread:</b> the partition's.
 */
final class ReceiverDesk {

  private final RedPackets state;
  private final Neighbourhood around;

  ReceiverDesk(RedPackets state, Neighbourhood around) {
    this.state = state;
    this.around = around;
  }

  void create(CreatePacket transfer, Decision decision) {
    decision.emit(new PacketCreated(transfer.spec()));
  }

  void credit(CreditShare t, Decision decision) {
    RefusalCode objection = objection(t.userId(), t.asset(), t.amountMinor());
    decision.emit(
        objection != null
            ? new CreditSuspended(
                t.userId(), t.asset(), t.amountMinor(), t.packetId(), t.place(), objection.number())
            : new ShareCredited(
                t.userId(),
                t.asset(),
                t.amountMinor(),
                t.packetId(),
                t.place(),
                balanceAfter(t.userId(), t.asset(), t.amountMinor())));
  }

  void returnRest(ReturnRest t, Decision decision) {
    decision.emit(
        new RestReturned(
            t.packetId(),
            t.senderId(),
            t.asset(),
            t.amountMinor(),
            objection(t.senderId(), t.asset(), t.amountMinor()) == null
                ? balanceAfter(t.senderId(), t.asset(), t.amountMinor())
                : RedPacketEvent.NO_BALANCE));
  }

  private long balanceAfter(long userId, int asset, long amountMinor) {
    return state.parts.ledger().balanceMinor(AccountKey.wallet(userId, asset)) + amountMinor;
  }

  private @Nullable RefusalCode objection(long userId, int asset, long amountMinor) {
    return state
        .parts
        .ledger()
        .objectionToCredit(
            AccountKey.wallet(userId, asset), amountMinor, around.balanceMinorMax(asset));
  }
}
