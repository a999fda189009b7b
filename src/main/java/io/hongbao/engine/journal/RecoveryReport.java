// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Journal".
package io.hongbao.engine.journal;

/**
 * What opening a journal found.
 *
 * @param durablePosition highest position that was surely durable before the start
 * @param endPosition where the log went on
 * @param frames whole frames in live segments
 * @param records records in live segments
 * @param droppedBytes bytes of a torn tail that were left behind; never acknowledged to anybody
 */
public record RecoveryReport(
    long durablePosition, long endPosition, long frames, long records, long droppedBytes) {}
