// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The edge".
package io.hongbao.http;

import io.hongbao.engine.Refusal;
import io.hongbao.model.EntityId;
import io.hongbao.model.RefusalCode;
import io.hongbao.redpacket.Viewer;

/**
 * Packets that have left memory, as the read model has them.
 *
 * <p><b>Thread:</b> one event loop's.
 */
final class OldPackets {

  private final EdgeParts parts;

  OldPackets(EdgeParts parts, PacketJson packets) {
    this.parts = parts;
  }

  static BadRequestException notFound() {
    return new BadRequestException(RefusalCode.NOT_FOUND, "There is no such packet.");
  }

  void open(Exchange exchange, long packetId, Viewer viewer) throws BadRequestException {
    look(exchange, packetId);
  }

  void grab(Exchange exchange, long packetId, Viewer viewer) throws BadRequestException {
    look(exchange, packetId);
  }

  void read(Exchange exchange, long packetId, Viewer viewer, int afterPlace) {
    exchange.guard(() -> look(exchange, packetId));
  }

  void proof(Exchange exchange, long packetId, Viewer viewer) throws BadRequestException {
    look(exchange, packetId);
  }

  private void look(Exchange exchange, long packetId) throws BadRequestException {
    if (!mayHaveLeftMemory(packetId, exchange.nowMs())) {
      throw notFound();
    }
    exchange.refuse(Refusal.of(RefusalCode.READ_MODEL_UNAVAILABLE), false);
  }

  // A packet of that day was closed on that day at the earliest, and stays for a time after that.
  private boolean mayHaveLeftMemory(long packetId, long nowMs) {
    long bornMs = EntityId.day(packetId) * (long) EntityId.DAY_MS;
    return nowMs >= bornMs + parts.packets().evictAfterMs();
  }
}
