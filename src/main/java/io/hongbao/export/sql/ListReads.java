// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Read model".
package io.hongbao.export.sql;

import io.hongbao.export.redpacket.SendState;
import io.hongbao.redpacket.draw.PacketKind;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads of a user's packets sent and shares received, and their sums. Lists sort by a whole index,
 * so that a page costs what it shows; sums walk the same index over the period.
 */
final class ListReads {

  // What of an open packet is gone is summed up here, since opens do not touch the packet's row.
  // States: 4 open, 5 empty, 6 expired.
  private static final String SENT =
      "SELECT p.id, p.state, p.kind, p.asset, p.total_minor, p.share_count,"
          + " CASE WHEN p.state = 5 THEN p.share_count WHEN p.state IN (4, 6) THEN (SELECT COUNT(*)"
          + " FROM packet_share s WHERE s.packet_id = p.id) ELSE 0 END,"
          + " CASE WHEN p.state IN (5, 6) THEN p.total_minor - p.returned_minor"
          + " WHEN p.state = 4 THEN (SELECT COALESCE(SUM(s.amount_minor), 0)"
          + " FROM packet_share s WHERE s.packet_id = p.id) ELSE 0 END,"
          + " p.returned_minor, p.room_id, p.recipient_id, p.greeting, p.cover,"
          + " p.created_at_ms, p.sent_at_ms, p.expires_at_ms, p.closed_at_ms"
          + " FROM packet p WHERE p.sender_id = ? AND p.created_at_ms >= ?"
          + " AND p.created_at_ms <= ? AND (p.created_at_ms, p.id) < (?, ?)"
          + " ORDER BY p.sender_id DESC, p.created_at_ms DESC, p.id DESC LIMIT ?";

  private static final String RECEIVED =
      "SELECT s.packet_id, p.sender_id, p.kind, s.place, p.asset, s.amount_minor, s.opened_at_ms,"
          + " s.credited_at_ms, s.is_best, p.greeting, p.cover"
          + " FROM packet_share s JOIN packet p ON p.id = s.packet_id"
          + " WHERE s.user_id = ? AND s.opened_at_ms >= ?"
          + " AND s.opened_at_ms <= ? AND (s.opened_at_ms, s.packet_id) < (?, ?)"
          + " ORDER BY s.user_id DESC, s.opened_at_ms DESC, s.packet_id DESC LIMIT ?";

  // From state 3 on a packet is paid.
  private static final String SENT_SUMS =
      "SELECT asset, COUNT(*), SUM(total_minor), SUM(returned_minor), 0 FROM packet"
          + " WHERE sender_id = ? AND created_at_ms >= ? AND created_at_ms <= ? AND state >= 3"
          + " GROUP BY asset ORDER BY asset";

  // Kinds 1 and 2 are the lucky ones; where all shares are equal there is no luck to be best.
  private static final String RECEIVED_SUMS =
      "SELECT p.asset, COUNT(*), SUM(s.amount_minor), 0,"
          + " SUM(CASE WHEN s.is_best = 1 AND p.kind <= 2 THEN 1 ELSE 0 END)"
          + " FROM packet_share s JOIN packet p ON p.id = s.packet_id"
          + " WHERE s.user_id = ? AND s.opened_at_ms >= ? AND s.opened_at_ms <= ?"
          + " GROUP BY p.asset ORDER BY p.asset";

  private final SqlReader sql;

  ListReads(SqlReader sql) {
    this.sql = sql;
  }

  Future<Page<SentPacket>> sent(long userId, Period period, ListPlace after, int limit, AsOf asOf) {
    return page(SENT, userId, period, after, limit)
        .map(
            rows ->
                Pages.of(
                    rows,
                    limit,
                    ListReads::sentPacket,
                    packet -> new ListPlace(packet.createdAtMs(), packet.packetId()),
                    asOf));
  }

  Future<Page<ReceivedShare>> received(
      long userId, Period period, ListPlace after, int limit, AsOf asOf) {
    return page(RECEIVED, userId, period, after, limit)
        .map(
            rows ->
                Pages.of(
                    rows,
                    limit,
                    ListReads::receivedShare,
                    share -> new ListPlace(share.openedAtMs(), share.packetId()),
                    asOf));
  }

  private Future<RowSet<Row>> page(
      String select, long userId, Period period, ListPlace after, int limit) {
    return sql.query(
        select,
        userId,
        period.fromMs(),
        Math.min(period.toMs() - 1, after.first()),
        after.first(),
        after.second(),
        limit + 1);
  }

  Future<Summary> sentSummary(long userId, Period period, AsOf asOf) {
    return summary(SENT_SUMS, userId, period, asOf);
  }

  Future<Summary> receivedSummary(long userId, Period period, AsOf asOf) {
    return summary(RECEIVED_SUMS, userId, period, asOf);
  }

  private Future<Summary> summary(String select, long userId, Period period, AsOf asOf) {
    return sql.query(select, userId, period.fromMs(), period.toMs() - 1)
        .map(
            rows -> {
              List<Summary.Sum> sums = new ArrayList<>();
              long count = 0;
              long bestLuckCount = 0;
              for (Row row : rows) {
                sums.add(
                    new Summary.Sum(
                        row.getInteger(0), row.getLong(1), row.getLong(2), row.getLong(3)));
                count += row.getLong(1);
                bestLuckCount += row.getLong(4);
              }
              return new Summary(count, bestLuckCount, sums, asOf);
            });
  }

  private static SentPacket sentPacket(Row row) {
    return new SentPacket(
        row.getLong(0),
        SendState.ofNumber(row.getInteger(1)),
        PacketKind.ofNumber(row.getInteger(2)),
        row.getInteger(3),
        row.getLong(4),
        row.getInteger(5),
        row.getInteger(6),
        row.getLong(7),
        row.getLong(8),
        row.getLong(9),
        row.getLong(10),
        row.getString(11),
        row.getString(12),
        row.getLong(13),
        row.getLong(14),
        row.getLong(15),
        row.getLong(16));
  }

  private static ReceivedShare receivedShare(Row row) {
    PacketKind kind = PacketKind.ofNumber(row.getInteger(2));
    boolean isLucky = kind == PacketKind.LUCKY_LIVE || kind == PacketKind.LUCKY_FAIR;
    return new ReceivedShare(
        row.getLong(0),
        row.getLong(1),
        kind,
        row.getInteger(3),
        row.getInteger(4),
        row.getLong(5),
        row.getLong(6),
        row.getLong(7) > 0,
        isLucky && row.getInteger(8) == 1,
        row.getString(9),
        row.getString(10));
  }
}
