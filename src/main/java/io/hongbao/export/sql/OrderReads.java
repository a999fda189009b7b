// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Payments".
package io.hongbao.export.sql;

import io.hongbao.redpacket.PastOrder;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.util.Optional;

/**
 * Reads of orders that have left memory, for payments that are heard of only now.
 *
 * <p><b>Failure:</b> as long as the model has not caught up, not to find a payment means nothing:
 * it may have been given back before. Then the read fails rather than say "unknown".
 */
final class OrderReads {

  private static final String ORDER =
      "SELECT o.sender_id, o.provider, p.asset, o.payment_id"
          + " FROM packet_order o JOIN packet p ON p.id = o.id WHERE o.id = ?";

  private static final String STRAY =
      "SELECT refund_id FROM stray_payment WHERE packet_id = ? AND payment_id = ? LIMIT 1";

  private final SqlReader sql;

  OrderReads(SqlReader sql) {
    this.sql = sql;
  }

  Future<Optional<PastOrder>> past(long packetId, String paymentId) {
    return sql.one(STRAY, row -> true, packetId, paymentId)
        .compose(stray -> sql.one(ORDER, row -> order(row, stray.isPresent()), packetId));
  }

  private static PastOrder order(Row row, boolean isKnownStray) {
    return new PastOrder(
        row.getLong(0), row.getString(1), row.getInteger(2), row.getString(3), isKnownStray);
  }
}
