// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Red packets".
/**
 * Red packets: send, grab, open, refund; the sender's order and its payment.
 *
 * <p>Three partitions meet in one packet's life, and each decides alone: the sender's (debit, id,
 * seed, order, payment), the packet's (reservations, shares, expiry), the opener's (credit).
 * Between them go transfers that cannot be refused. Rules are in the classes named …Rule and are
 * pure; only {@link io.hongbao.redpacket.RedPacketApplier} changes state.
 *
 * <p><b>Thread:</b> the partition's. <b>Imports:</b> {@code model}, {@code ledger}, the engine's
 * SPI; no other family, no Vert.x, no input or output.
 */
@org.jspecify.annotations.NullMarked
package io.hongbao.redpacket;
