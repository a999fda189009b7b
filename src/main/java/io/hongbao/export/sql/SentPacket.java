// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Read model".
package io.hongbao.export.sql;

import io.hongbao.export.redpacket.SendState;
import io.hongbao.redpacket.draw.PacketKind;

/**
 * A packet in the list of its sender; orders that were never paid are in it too.
 *
 * @param roomId audience, or 0
 * @param recipientId audience, or 0
 * @param createdAtMs when it was ordered, or sent when there was no order; the order of the list
 * @param sentAtMs when it was paid and sent; 0 before
 * @param expiresAtMs 0 before it is sent
 * @param closedAtMs when it became empty, expired or cancelled; 0 before
 */
public record SentPacket(
    long packetId,
    SendState state,
    PacketKind kind,
    int asset,
    long totalMinor,
    int count,
    int openedCount,
    long openedMinor,
    long returnedMinor,
    long roomId,
    long recipientId,
    String greeting,
    String cover,
    long createdAtMs,
    long sentAtMs,
    long expiresAtMs,
    long closedAtMs) {}
