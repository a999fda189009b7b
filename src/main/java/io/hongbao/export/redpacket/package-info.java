// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Read model".
/**
 * What the read model holds of red packets: lists, details and proofs of packets that have left
 * memory, sums by year.
 *
 * <p>The seed of a packet enters a row with the event that closes it and not before; the claim code
 * is in the rows, because the edge needs it to judge who may see a packet.
 */
@org.jspecify.annotations.NullMarked
package io.hongbao.export.redpacket;
