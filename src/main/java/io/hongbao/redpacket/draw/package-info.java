// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Red packets".
/**
 * How a red packet's total is split, and how anyone can check afterwards that it was split so.
 *
 * <p>Owns the kinds of packets, the chance for a share, the live and the position-fair draw, the
 * commitment that the packet's message carries, and the verifier of the proof that is served once
 * the packet is closed. The bytes and rules are written down for strangers in
 * docs/VERIFIABLE-DRAW.md; what is released there as rule 1 never changes again: another way to
 * draw is another rule number.
 *
 * <p><b>Thread:</b> records and static rules are safe everywhere; {@link
 * io.hongbao.redpacket.draw.ShareChance} and {@link io.hongbao.redpacket.draw.DrawCommitter} hold
 * scratch space and belong to one owner, normally a partition's loop.
 *
 * <p><b>Invariant:</b> shares of one packet are never below its minimum and sum exactly to its
 * total.
 *
 * <p>Pure: no clock, no chance of its own, no input or output. May import the JDK and the model
 * only; the JSON form of a proof is io.hongbao.proof.
 */
@NullMarked
package io.hongbao.redpacket.draw;

import org.jspecify.annotations.NullMarked;
