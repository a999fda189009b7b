// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Red packets".
package io.hongbao.redpacket;

import io.hongbao.redpacket.draw.PacketKind;
import io.hongbao.redpacket.draw.SenderNonce;

/**
 * What a sender asks for.
 *
 * @param totalMinor sum of all shares in the asset's minor unit
 * @param roomId audience, or 0
 * @param recipientId audience, or 0; exactly one of the two is set
 * @param nonce what the sender adds to the commitment
 */
public record PacketTerms(
    PacketKind kind,
    GrabMode grabMode,
    int asset,
    long totalMinor,
    int count,
    long roomId,
    long recipientId,
    SenderNonce nonce,
    String greeting,
    String cover) {}
