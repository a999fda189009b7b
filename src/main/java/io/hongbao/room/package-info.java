// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Rooms".
/**
 * Rooms as audiences of red packets: who is in, who may look in.
 *
 * <p>A room lives in its own partition. What is durable is published into a process-wide {@link
 * io.hongbao.room.RoomDirectory} that packets' rules on every event loop read without a lock. The
 * live rooms themselves (danmaku) come on top of this.
 *
 * <p><b>Thread:</b> the partition's; the directory's reads are everybody's. <b>Imports:</b> {@code
 * model}, {@code ledger}, the engine's SPI; no other family.
 */
@org.jspecify.annotations.NullMarked
package io.hongbao.room;
