// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Live rooms".
/**
 * What was said in rooms, and what moderators decided, in an embedded database of its own.
 *
 * <p>It stands beside the read model and not in it: that one can be rebuilt from the journal at any
 * time, and chat is not journaled. Entries are written in batches by one thread; pages are read by
 * a few others with connections of their own.
 *
 * <p><b>Durability:</b> a batch is committed and forced to the disk within {@code room.flush_ms} of
 * its oldest entry; while that takes longer, {@code isInTime} says so and nothing more is said.
 *
 * <p>Imports {@code live} and {@code time}; knows no Vert.x.
 */
@org.jspecify.annotations.NullMarked
package io.hongbao.live.sql;
