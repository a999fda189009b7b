// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Live rooms".
package io.hongbao.live;

/**
 * One numbered entry of a room's log.
 *
 * @param epoch life of the log; a later one is larger
 * @param sequence 1, 2, 3 … without a gap inside the epoch
 * @param atMs when it was appended; never goes back inside the epoch
 */
public record LogEntry(long epoch, long sequence, long atMs, RoomEntry entry) {}
