// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Red packets".
package io.hongbao.redpacket;

/**
 * Facts that a packet's rules need and its partition does not own.
 *
 * <p><b>Thread:</b> any; each answer is a lock-free read of what is durable already.
 */
public interface Neighbourhood {

  /** Whether the room exists and the user may see what is in it. */
  boolean isInRoom(long roomId, long userId);

  /** Slot for a new packet: one whose partition is open for new ids (H-61, H-62). */
  int slotForNewPacket(long chance);

  /** Whether a payment provider of that name is set up. */
  boolean hasProvider(String provider);

  /** Whether the read model holds everything up to that position of the partition. */
  boolean isExported(int partition, long position);

  /** Largest amount that a wallet may hold, 0 for an unknown asset. */
  long balanceMinorMax(int asset);

  /**
   * Hears how long a share took from its open to its owner's wallet; for metrics, replay included.
   */
  default void credited(long lagMs) {}
}
