// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Read model".
package io.hongbao.export.sql;

import io.hongbao.export.redpacket.SendState;
import io.hongbao.redpacket.PacketSpec;
import io.hongbao.redpacket.PacketTerms;
import io.hongbao.redpacket.draw.DrawCommitment;
import io.hongbao.redpacket.draw.DrawSeed;
import org.jspecify.annotations.Nullable;

/**
 * Everything about a packet but its shares. Holds the claim code and the audience, so that the same
 * rule of who may see it can be applied as to a packet in memory.
 *
 * @param createdAtMs when it was ordered, or sent when there was no order
 * @param sentAtMs 0 while it is not paid
 * @param commitment null while it is not paid
 * @param seed null until it is closed
 * @param bestPlace 0 until it is closed, or when nobody opened it
 * @param senderSequence last change of the order in the sender's partition
 * @param packetSequence last change in the packet's partition, opens left aside; 0 if none yet
 * @param order null when it was paid from the wallet
 */
public record PacketHead(
    long packetId,
    long senderId,
    PacketTerms terms,
    SendState state,
    long createdAtMs,
    long sentAtMs,
    long expiresAtMs,
    long closedAtMs,
    long returnedMinor,
    int bestPlace,
    long claimHigh,
    long claimLow,
    @Nullable DrawCommitment commitment,
    @Nullable DrawSeed seed,
    long senderSequence,
    long packetSequence,
    @Nullable OrderDetails order) {

  private static final DrawSeed HIDDEN = new DrawSeed(0, 0, 0, 0);

  /** What was fixed at send; a seed that is not public yet reads as zeros. */
  public PacketSpec spec() {
    return new PacketSpec(
        packetId,
        senderId,
        terms,
        sentAtMs,
        expiresAtMs,
        claimHigh,
        claimLow,
        seed == null ? HIDDEN : seed);
  }
}
