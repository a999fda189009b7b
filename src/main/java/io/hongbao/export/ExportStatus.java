// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Read model".
package io.hongbao.export;

/**
 * One look at an export loop, for health and metrics.
 *
 * @param lagRecords durable records that the target does not hold
 * @param lagBytes length of the log that the target has not stored as passed
 * @param lagMs age of the last record that the target holds; 0 when it holds all
 * @param failure one sentence on the last failure; empty while all is well
 */
public record ExportStatus(
    ExportState state, long lagRecords, long lagBytes, long lagMs, String failure) {}
