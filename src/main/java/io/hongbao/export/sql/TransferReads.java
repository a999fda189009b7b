// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Read model".
package io.hongbao.export.sql;

import io.hongbao.account.LedgerTransfer;
import io.hongbao.account.Leg;
import io.hongbao.account.Metadata;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads of transfers: by id, by owner, by the client's reference. */
final class TransferReads {

  private static final String HEAD =
      "SELECT t.id, t.kind, t.reverses_id, t.leg_count, t.reference, t.reason, t.metadata,"
          + " t.created_at_ms, t.sequence FROM ledger_transfer t";

  private static final String BY_ID = HEAD + " WHERE t.id = ?";

  private static final String BY_OWNER =
      HEAD
          + " JOIN owner_transfer o ON o.transfer_id = t.id WHERE o.owner_id = ?"
          + " AND (o.created_at_ms, o.transfer_id) < (?, ?)"
          + " ORDER BY o.owner_id DESC, o.created_at_ms DESC, o.transfer_id DESC LIMIT ?";

  private static final String BY_REFERENCE =
      HEAD + " WHERE t.reference = ? AND t.id < ? ORDER BY t.reference DESC, t.id DESC LIMIT ?";

  private static final String LEGS =
      "SELECT transfer_id, leg, from_id, to_id, asset, amount_minor, state, reason,"
          + " settlement_id, reversal_id FROM ledger_leg WHERE transfer_id IN (%s)"
          + " ORDER BY transfer_id, leg";

  private final SqlReader sql;

  TransferReads(SqlReader sql) {
    this.sql = sql;
  }

  Future<Optional<LedgerTransfer>> one(long transferId) {
    return sql.one(BY_ID, TransferReads::head, transferId)
        .compose(
            found ->
                found.isEmpty()
                    ? Future.succeededFuture(found)
                    : withLegs(List.of(found.get())).map(one -> Optional.of(one.getFirst())));
  }

  Future<Page<LedgerTransfer>> ofOwner(long ownerId, ListPlace after, int limit, AsOf asOf) {
    return sql.query(BY_OWNER, ownerId, after.first(), after.second(), limit + 1)
        .compose(rows -> page(rows, limit, asOf));
  }

  Future<Page<LedgerTransfer>> ofReference(
      String reference, ListPlace after, int limit, AsOf asOf) {
    return sql.query(BY_REFERENCE, reference, after.second(), limit + 1)
        .compose(rows -> page(rows, limit, asOf));
  }

  private Future<Page<LedgerTransfer>> page(RowSet<Row> rows, int limit, AsOf asOf) {
    Page<LedgerTransfer> heads =
        Pages.of(
            rows,
            limit,
            TransferReads::head,
            transfer -> new ListPlace(transfer.bookedAtMs(), transfer.id()),
            asOf);
    return withLegs(heads.items()).map(whole -> new Page<>(whole, heads.next(), asOf));
  }

  private Future<List<LedgerTransfer>> withLegs(List<LedgerTransfer> heads) {
    if (heads.isEmpty()) {
      return Future.succeededFuture(heads);
    }
    Object[] ids = heads.stream().map(LedgerTransfer::id).toArray();
    String places = String.join(", ", Collections.nCopies(ids.length, "?"));
    return sql.query(LEGS.formatted(places), ids)
        .map(
            rows -> {
              Map<Long, List<Leg>> legs = new HashMap<>();
              for (Row row : rows) {
                legs.computeIfAbsent(row.getLong(0), id -> new ArrayList<>()).add(leg(row));
              }
              return heads.stream()
                  .map(head -> head.with(legs.getOrDefault(head.id(), List.of())))
                  .toList();
            });
  }

  private static LedgerTransfer head(Row row) {
    return new LedgerTransfer(
        row.getLong(0),
        LedgerTransfer.Kind.ofNumber(row.getInteger(1)),
        row.getLong(2),
        row.getInteger(3),
        1,
        row.getString(4),
        row.getString(5),
        Metadata.ofText(row.getString(6)),
        List.of(),
        row.getLong(7),
        row.getLong(8),
        row.getLong(7),
        row.getLong(8));
  }

  private static Leg leg(Row row) {
    return new Leg(
        row.getInteger(1),
        row.getLong(2),
        row.getLong(3),
        row.getInteger(4),
        row.getLong(5),
        Leg.State.ofNumber(row.getInteger(6)),
        row.getInteger(7),
        row.getLong(8),
        row.getLong(9),
        0);
  }
}
