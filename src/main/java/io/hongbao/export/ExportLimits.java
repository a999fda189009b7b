// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Read model".
package io.hongbao.export;

import io.hongbao.model.Check;

/**
 * Limits and rhythms of an export loop.
 *
 * @param batchRows rows after which a batch is committed at once
 * @param commitIntervalMs least distance of two commits while batches are small; every commit costs
 *     the disk that the journal uses a flush
 * @param positionIntervalMs a position that grew without rows is stored at this distance
 * @param checkIntervalMs distance of two looks at the target's existence
 * @param retryMinMs first wait after a failure; doubled by each further one
 * @param retryMaxMs longest wait after a failure
 */
public record ExportLimits(
    int batchRows,
    int commitIntervalMs,
    int positionIntervalMs,
    int checkIntervalMs,
    int retryMinMs,
    int retryMaxMs) {

  /** Rows arrive in lists within about 50 ms; a target that is back is noticed within 5 s. */
  public static final ExportLimits DEFAULT = new ExportLimits(2_000, 40, 1_000, 1_000, 100, 5_000);

  public ExportLimits {
    Check.atLeast(batchRows, 1, "export.batch_rows");
    Check.atLeast(commitIntervalMs, 0, "commit interval");
    Check.atLeast(positionIntervalMs, 0, "position interval");
    Check.atLeast(checkIntervalMs, 0, "check interval");
    Check.atLeast(retryMinMs, 1, "shortest retry");
    Check.atLeast(retryMaxMs, retryMinMs, "longest retry");
  }

  public ExportLimits withBatchRows(int rows) {
    return new ExportLimits(
        rows, commitIntervalMs, positionIntervalMs, checkIntervalMs, retryMinMs, retryMaxMs);
  }
}
