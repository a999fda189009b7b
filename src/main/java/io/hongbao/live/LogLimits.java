// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Live rooms".
package io.hongbao.live;

/**
 * How much of each room is kept in memory.
 *
 * @param logBytes of one room, by {@link RoomEntry#sizeBytes}
 * @param logAgeMs older entries leave the log
 * @param appendsMax entries that wait for one owner loop
 */
public record LogLimits(int logBytes, long logAgeMs, int appendsMax) {}
