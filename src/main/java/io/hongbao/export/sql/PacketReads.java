// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Read model".
package io.hongbao.export.sql;

import io.hongbao.export.redpacket.SendState;
import io.hongbao.redpacket.GrabMode;
import io.hongbao.redpacket.PacketTerms;
import io.hongbao.redpacket.RedPacketAnswer.Share;
import io.hongbao.redpacket.draw.DrawCommitment;
import io.hongbao.redpacket.draw.DrawSeed;
import io.hongbao.redpacket.draw.PacketKind;
import io.hongbao.redpacket.draw.SenderNonce;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads of single packets by id. */
final class PacketReads {

  private static final String HEAD =
      "SELECT p.id, p.sender_id, p.kind, p.grab_mode, p.asset, p.total_minor, p.share_count,"
          + " p.room_id, p.recipient_id, p.nonce, p.greeting, p.cover, p.state, p.created_at_ms,"
          + " p.sent_at_ms, p.expires_at_ms, p.closed_at_ms, p.returned_minor, p.best_place,"
          + " p.claim_code, p.commitment, p.seed, p.sender_sequence, p.packet_sequence,"
          + " o.provider, o.payment_id, o.ordered_at_ms, o.pay_before_ms, o.paid_at_ms,"
          + " o.cancelled_at_ms"
          + " FROM packet p LEFT JOIN packet_order o ON o.id = p.id WHERE p.id = ?";

  private static final String SHARES =
      "SELECT place, user_id, amount_minor, opened_at_ms, credited_at_ms, sequence"
          + " FROM packet_share WHERE packet_id = ? ORDER BY packet_id, place";

  private static final int CLAIM_HALF_DIGITS = 16;

  private final SqlReader sql;

  PacketReads(SqlReader sql) {
    this.sql = sql;
  }

  Future<Optional<PacketHead>> head(long packetId) {
    return sql.one(HEAD, PacketReads::headOf, packetId);
  }

  Future<Optional<PacketDetails>> details(long packetId) {
    return head(packetId)
        .compose(
            head ->
                head.isEmpty()
                    ? Future.succeededFuture(Optional.empty())
                    : withShares(head.get()).map(Optional::of));
  }

  private Future<PacketDetails> withShares(PacketHead head) {
    return sql.query(SHARES, head.packetId())
        .map(
            rows -> {
              List<Share> shares = new ArrayList<>();
              long lastSequence = head.packetSequence();
              for (Row row : rows) {
                shares.add(
                    new Share(
                        row.getInteger(0),
                        row.getLong(1),
                        row.getLong(2),
                        row.getLong(3),
                        row.getLong(4) > 0));
                lastSequence = Math.max(lastSequence, row.getLong(5));
              }
              return new PacketDetails(head, shares, lastSequence);
            });
  }

  private static PacketHead headOf(Row row) {
    PacketTerms terms =
        new PacketTerms(
            PacketKind.ofNumber(row.getInteger(2)),
            GrabMode.ofNumber(row.getInteger(3)),
            row.getInteger(4),
            row.getLong(5),
            row.getInteger(6),
            row.getLong(7),
            row.getLong(8),
            SenderNonce.ofBase64Url(row.getString(9)),
            row.getString(10),
            row.getString(11));
    String claim = row.getString(19);
    String commitment = row.getString(20);
    String seed = row.getString(21);
    return new PacketHead(
        row.getLong(0),
        row.getLong(1),
        terms,
        SendState.ofNumber(row.getInteger(12)),
        row.getLong(13),
        row.getLong(14),
        row.getLong(15),
        row.getLong(16),
        row.getLong(17),
        row.getInteger(18),
        claim.isEmpty() ? 0 : Long.parseUnsignedLong(claim, 0, CLAIM_HALF_DIGITS, 16),
        claim.isEmpty()
            ? 0
            : Long.parseUnsignedLong(claim, CLAIM_HALF_DIGITS, 2 * CLAIM_HALF_DIGITS, 16),
        commitment.isEmpty() ? null : DrawCommitment.ofHex(commitment),
        seed.isEmpty() ? null : DrawSeed.ofHex(seed),
        row.getLong(22),
        row.getLong(23),
        row.getString(24) == null
            ? null
            : new OrderDetails(
                row.getString(24),
                row.getString(25),
                row.getLong(26),
                row.getLong(27),
                row.getLong(28),
                row.getLong(29)));
  }
}
