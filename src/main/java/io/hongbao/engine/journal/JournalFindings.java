// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Journal".
package io.hongbao.engine.journal;

import org.jspecify.annotations.Nullable;

/**
 * What an inspection of a stopped journal found; with damage, the counts are those before it.
 *
 * @param liveSegments segments in {@code journal/}
 * @param archivedSegments segments of which only the compressed copy is left
 * @param frames whole frames, marks included
 * @param marks frames without records
 * @param records records in whole frames
 * @param bytes bytes of whole frames
 * @param firstPosition log position where the oldest segment begins; 0 if nothing was removed
 * @param durablePosition everything below was surely durable
 * @param endPosition end of the last whole frame
 * @param tornFile newest segment, if it ends in a torn tail
 * @param tornOffset where in that file the torn tail begins
 * @param tornBytes its length; 0 if there is none. Nobody was ever told of what it held
 * @param damage what is wrong; null if nothing is
 */
public record JournalFindings(
    int liveSegments,
    int archivedSegments,
    long frames,
    long marks,
    long records,
    long bytes,
    long firstPosition,
    long durablePosition,
    long endPosition,
    @Nullable String tornFile,
    long tornOffset,
    long tornBytes,
    @Nullable JournalDamagedException damage) {}
