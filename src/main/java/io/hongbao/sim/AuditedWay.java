// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The simulator".
package io.hongbao.sim;

import io.hongbao.account.AccountTransfer;
import io.hongbao.engine.Transfer;
import io.hongbao.sim.AuditedPartition.Cargo;
import io.hongbao.sim.AuditedPartition.Sent;

/** From where and whereto what partitions owe one another must travel. */
final class AuditedWay {

  private final SimOptions options;
  private final AuditedPackets packets;
  private final AuditedTransfers transfers;

  AuditedWay(SimOptions options, AuditedPackets packets, AuditedTransfers transfers) {
    this.options = options;
    this.packets = packets;
    this.transfers = transfers;
  }

  /** What a transfer says, as the second book writes it. */
  Sent cargo(Transfer transfer) {
    return transfer instanceof AccountTransfer t ? transfers.cargo(t) : packets.cargo(transfer);
  }

  // An order lives with its sender, a leg's word comes from where the leg lies, all else from the
  // packet or transfer that is named.
  int source(Sent cargo) {
    boolean isUsers = cargo.cargo() == Cargo.CREATE || cargo.cargo() == Cargo.TELL;
    return options.partitionOf(isUsers ? cargo.userId() : cargo.packetId());
  }

  int destination(Sent cargo) {
    boolean isUsers = cargo.cargo() != Cargo.CREATE && cargo.cargo() != Cargo.TELL;
    return options.partitionOf(isUsers ? cargo.userId() : cargo.packetId());
  }
}
