// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Read model".
package io.hongbao.export;

import io.hongbao.model.Check;

/**
 * Limits and rhythms of an export loop.
 *
 * @param batchRows rows after which a batch is committed at once
 * @param commitIntervalMs least distance of two commits while batches are small
 * @param syncIntervalMs distance of two times that commits are forced to the disk. A database file
 *     that grows is forced together with the file system's own log, and the journal's next flush
 *     waits for that: seen at 2 to 5 ms instead of 0.2
 * @param positionIntervalMs a position that grew without rows is stored at this distance
 * @param checkIntervalMs distance of two looks at the target's existence
 * @param retryMinMs first wait after a failure; doubled by each further one
 * @param retryMaxMs longest wait after a failure
 */
public record ExportLimits(
    int batchRows,
    int commitIntervalMs,
    int syncIntervalMs,
    int positionIntervalMs,
    int checkIntervalMs,
    int retryMinMs,
    int retryMaxMs) {

  /**
   * Rows arrive in lists within about 50 ms, under load within about half a second; a target that
   * is back is noticed within 5 s.
   */
  public static final ExportLimits DEFAULT =
      new ExportLimits(4_000, 40, 2_000, 1_000, 1_000, 100, 5_000);

  public ExportLimits {
    Check.atLeast(batchRows, 1, "export.batch_rows");
    Check.atLeast(commitIntervalMs, 0, "commit interval");
    Check.atLeast(syncIntervalMs, 0, "sync interval");
    Check.atLeast(positionIntervalMs, 0, "position interval");
    Check.atLeast(checkIntervalMs, 0, "check interval");
    Check.atLeast(retryMinMs, 1, "shortest retry");
    Check.atLeast(retryMaxMs, retryMinMs, "longest retry");
  }

  public ExportLimits withBatchRows(int rows) {
    return new ExportLimits(
        rows,
        commitIntervalMs,
        syncIntervalMs,
        positionIntervalMs,
        checkIntervalMs,
        retryMinMs,
        retryMaxMs);
  }
}
