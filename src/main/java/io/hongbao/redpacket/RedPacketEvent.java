// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Red packets".
package io.hongbao.redpacket;

import io.hongbao.engine.Event;
import io.hongbao.redpacket.draw.DrawSeed;

/** What is journaled about red packets; grouped by the partition that decides it. */
public sealed interface RedPacketEvent extends Event {

  /**
   * Marks a credit that went to suspense, so that no wallet balance follows from it. No balance is
   * that low, while −1 can be one of a wallet with credit.
   */
  long NO_BALANCE = Long.MIN_VALUE;

  // In the sender's partition.

  /** Paid from the wallet and on its way to the packet's partition. */
  record PacketSent(PacketSpec spec, long balanceAfterMinor) implements RedPacketEvent {}

  /** To be paid by a provider; nothing moves before the payment is known. */
  record PacketOrdered(
      long packetId, long senderId, PacketTerms terms, String provider, long payBeforeMs)
      implements RedPacketEvent {}

  /** The provider has the money; the packet is on its way to its partition. */
  record OrderPaid(PacketSpec spec, String paymentId, long paidAtMs) implements RedPacketEvent {}

  /** The provider said that the order will never be paid. */
  record OrderCancelled(long packetId) implements RedPacketEvent {}

  /**
   * Money came that no order waits for: too late, doubled, or another amount. The order itself may
   * have left memory, so all that is needed of it stands here.
   */
  record StrayPaymentTaken(
      long packetId,
      long senderId,
      String provider,
      long refundId,
      int asset,
      long amountMinor,
      String paymentId,
      StrayReason reason)
      implements RedPacketEvent {}

  /** The provider has given the stray payment back. */
  record StrayPaymentRefunded(long packetId, long refundId) implements RedPacketEvent {}

  /** A stray payment that came after its order had left memory has left it too. */
  record StrayPaymentEvicted(long packetId, long refundId) implements RedPacketEvent {}

  /** The exact rest of an expired packet is back with its sender. */
  record RestReturned(
      long packetId, long senderId, int asset, long amountMinor, long balanceAfterMinor)
      implements RedPacketEvent {}

  /** The order has left memory; the read model has it. */
  record OrderEvicted(long packetId) implements RedPacketEvent {}

  // In the packet's partition.

  /** The packet can be grabbed from now on. */
  record PacketCreated(PacketSpec spec) implements RedPacketEvent {}

  /** A share is kept for this user until the deadline; its amount is not drawn yet. */
  record ShareReserved(long packetId, long userId, long untilMs) implements RedPacketEvent {}

  /** A share was drawn and is on its way to the opener's partition. */
  record ShareOpened(long packetId, long userId, int place, int asset, long amountMinor)
      implements RedPacketEvent {}

  /** Time is up; the rest, if any, is on its way back to the sender's partition. */
  record PacketExpired(long packetId, int asset, long restMinor) implements RedPacketEvent {}

  /** No share will follow: all are open, or the packet has expired. The seed is public now. */
  record PacketClosed(long packetId, PacketState state, int bestPlace, DrawSeed seed)
      implements RedPacketEvent {}

  /** The packet has left memory; the read model has it. */
  record PacketEvicted(long packetId) implements RedPacketEvent {}

  // In the opener's partition.

  /** The share is in the opener's wallet. */
  record ShareCredited(
      long userId, int asset, long amountMinor, long packetId, int place, long balanceAfterMinor)
      implements RedPacketEvent {}

  /** The share could not be credited and waits in suspense, with the reason. */
  record CreditSuspended(
      long userId, int asset, long amountMinor, long packetId, int place, int reasonNumber)
      implements RedPacketEvent {}
}
