// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Read model".
package io.hongbao.export.sql;

import io.vertx.core.Future;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A statement that is read from one time to another, oldest first, as of one moment: what is booked
 * while it is read does not get in.
 *
 * <p><b>Thread:</b> one reader at a time.
 */
public final class StatementExport {

  private final StatementExportReads reads;
  private final long ownerId;
  private final int asset;
  private final long beforeMs;
  private final AsOf asOf;
  private @Nullable ListPlace behind;

  /**
   * One entry, with what the client called the transfer that made it.
   *
   * @param reference empty when there is none
   */
  public record Line(StatementEntry entry, String reference) {}

  StatementExport(
      StatementExportReads reads,
      long ownerId,
      int asset,
      long behindSequence,
      long beforeMs,
      AsOf asOf) {
    this.reads = reads;
    this.ownerId = ownerId;
    this.asset = asset;
    this.beforeMs = beforeMs;
    this.asOf = asOf;
    this.behind = new ListPlace(behindSequence, Integer.MAX_VALUE);
  }

  public AsOf asOf() {
    return asOf;
  }

  /** Whether there may be more. */
  public boolean hasNext() {
    return behind != null;
  }

  /** The next entries; none when there are no more. */
  public Future<List<Line>> next() {
    ListPlace from = behind;
    if (from == null) {
      return Future.succeededFuture(List.of());
    }
    return reads
        .piece(ownerId, asset, from, asOf.sequence(), beforeMs)
        .onSuccess(
            lines ->
                behind =
                    lines.size() < StatementExportReads.PIECE_ROWS
                        ? null
                        : new ListPlace(
                            lines.getLast().entry().sequence(),
                            lines.getLast().entry().eventIndex()));
  }
}
