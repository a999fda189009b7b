// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Live rooms".
package io.hongbao.live;

/**
 * What a room's log holds.
 *
 * @param epoch life of the log
 * @param firstSequence oldest entry that is still there; {@code lastSequence + 1} when none is
 * @param lastSequence newest entry; 0 when there was none yet
 */
public record Tail(long epoch, long firstSequence, long lastSequence) {}
