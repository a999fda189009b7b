// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The gateway".
/**
 * The gateway: from the log of a room to the screens.
 *
 * <p>A connection that becomes a WebSocket (or begins with Bilibili's bytes) leaves HTTP's handlers
 * and keeps one of ours. A room's new entries are encoded once for each kind of reader (protocol,
 * compression, density) on the loop that owns the room, and the same bytes go to all readers on all
 * loops: one write and one flush for each, in chunks, so that the loop also does its other work.
 *
 * <p>A slow reader has no queue of its own. It has a place in the frames that its kind shares; who
 * falls off their end is told exactly which sequences it lost, and gets the money events of that
 * range from the log.
 *
 * <p><b>Thread:</b> everything of a connection belongs to its event loop; loops talk by bounded
 * queues with one wake-up.
 *
 * <p>Imports {@code live}, {@code feed}, {@code session}, {@code model}, {@code time} and Netty;
 * knows no Vert.x, no family and no journal.
 */
@org.jspecify.annotations.NullMarked
package io.hongbao.gateway;
