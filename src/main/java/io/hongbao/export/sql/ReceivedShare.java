// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Read model".
package io.hongbao.export.sql;

import io.hongbao.redpacket.draw.PacketKind;

/**
 * A share in the list of its opener.
 *
 * @param isBest the best luck of a closed lucky packet
 */
public record ReceivedShare(
    long packetId,
    long senderId,
    PacketKind kind,
    int place,
    int asset,
    long amountMinor,
    long openedAtMs,
    boolean isCredited,
    boolean isBest,
    String greeting,
    String cover) {}
