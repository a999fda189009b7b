// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Live rooms".
/**
 * Live rooms: what is said and what happens in a room, in one order for everybody.
 *
 * <p>A room has one log: numbered entries of an epoch, bounded by bytes and age. People's words
 * come in over HTTP, past the limits of their sender and of the room; money events come from the
 * journal, by position and exactly once. Gateways follow the log and bring it to the screens.
 *
 * <p><b>Thread:</b> a room belongs to one event loop, its owner; there entries are appended and
 * followers are told. Everybody reads without a lock.
 *
 * <p><b>Durability:</b> money events show what is durable. Words do not wait for the disk: a crash
 * may lose the last {@code room.flush_ms} of them, and the next start has a new epoch, so that
 * every client hears of the gap.
 *
 * <p>Imports {@code model}, {@code time}, the journal's reader and the events of red packets; knows
 * no Vert.x.
 */
@org.jspecify.annotations.NullMarked
package io.hongbao.live;
