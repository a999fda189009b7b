// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The simulator".
package io.hongbao.sim;

import io.hongbao.account.AccountTransfer;
import io.hongbao.engine.Transfer;
import io.hongbao.person.PersonTransfer;
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
    return switch (transfer) {
      case AccountTransfer t -> transfers.cargo(t);
      case PersonTransfer t -> AuditedHandles.cargo(t);
      default -> packets.cargo(transfer);
    };
  }

  // An order lives with its sender, a leg's word comes from where the leg lies, what is said of a
  // handle from where its user lives; all else from the packet, transfer or handle that is named.
  private static boolean comesFromUser(Sent cargo) {
    return switch (cargo.cargo()) {
      case CREATE, TELL, SETTLE, CONFIRM, RELEASE, PUT_OFF -> true;
      case CREDIT, RETURN, LEG, ASK -> false;
    };
  }

  int source(Sent cargo) {
    return options.partitionOf(comesFromUser(cargo) ? cargo.userId() : cargo.packetId());
  }

  int destination(Sent cargo) {
    return options.partitionOf(comesFromUser(cargo) ? cargo.packetId() : cargo.userId());
  }
}
