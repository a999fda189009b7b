// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Read model".
package io.hongbao.export.sql;

import io.hongbao.account.LedgerTransfer;
import io.hongbao.export.ExportProgress;
import io.hongbao.model.Slot;
import io.hongbao.redpacket.PastOrder;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the edge asks the read model: lists, sums, statements, and what has left memory.
 *
 * <p><b>Thread:</b> any; results arrive on the caller's context. Nothing blocks.
 *
 * <p><b>Durability:</b> an answer shows only what is durable in the journal, never more.
 *
 * <p><b>Failure:</b> {@link ReadModelUnavailableException} or {@link ReadModelBehindException}. An
 * empty result by id means that the thing never existed: it is given only when the model has read
 * all that was durable when it was opened.
 *
 * <p><b>Inputs:</b> a reader that gives a {@link MinPosition} waits for it, at most one second.
 */
public final class ReadModel {

  private final SqlReader sql;
  private final ListReads lists;
  private final StatementReads statements;
  private final PacketReads packets;
  private final OrderReads orders;
  private final AuditReads audit;
  private final TransferReads transfers;
  private final StatementExportReads exports;

  /**
   * @param progress of the loop that writes the target
   * @param onDamage told when a read finds the database damaged; the loop's {@code suspect}
   */
  public ReadModel(Vertx vertx, SqlTarget target, ExportProgress progress, Runnable onDamage) {
    this.sql = new SqlReader(vertx, target, progress, onDamage);
    this.lists = new ListReads(sql);
    this.statements = new StatementReads(sql);
    this.packets = new PacketReads(sql);
    this.orders = new OrderReads(sql);
    this.audit = new AuditReads(sql);
    this.transfers = new TransferReads(sql);
    this.exports = new StatementExportReads(sql);
  }

  /** Packets that the user sent or ordered in the period. */
  public Future<Page<SentPacket>> sent(
      long userId, Period period, @Nullable ListPlace after, int limit, @Nullable MinPosition min) {
    return sql.read(
        min, () -> lists.sent(userId, period, orNewest(after), limit, asOf(userId, min)));
  }

  /** Shares that the user opened in the period. */
  public Future<Page<ReceivedShare>> received(
      long userId, Period period, @Nullable ListPlace after, int limit, @Nullable MinPosition min) {
    return sql.read(
        min, () -> lists.received(userId, period, orNewest(after), limit, asOf(userId, min)));
  }

  /** Sums over the packets that the user sent in the period and that were paid. */
  public Future<Summary> sentSummary(long userId, Period period, @Nullable MinPosition min) {
    return sql.read(min, () -> lists.sentSummary(userId, period, asOf(userId, min)));
  }

  /** Sums over the shares that the user opened in the period. */
  public Future<Summary> receivedSummary(long userId, Period period, @Nullable MinPosition min) {
    return sql.read(min, () -> lists.receivedSummary(userId, period, asOf(userId, min)));
  }

  /** Changes of the user's balance in one asset. */
  public Future<Page<StatementEntry>> statement(
      long userId, int asset, @Nullable ListPlace after, int limit, @Nullable MinPosition min) {
    return sql.read(
        min, () -> statements.page(userId, asset, orNewest(after), limit, asOf(userId, min)));
  }

  /** The balance after the last change that the model knows. */
  public Future<PastBalance> balance(long userId, int asset, @Nullable MinPosition min) {
    return balanceUpTo(userId, asset, Long.MAX_VALUE, min);
  }

  /** The balance after the last change at or before the time. */
  public Future<PastBalance> balanceAtTime(
      long userId, int asset, long timeMs, @Nullable MinPosition min) {
    return sql.read(
        min,
        () -> {
          AsOf asOf = asOf(userId, min);
          return statements
              .lastAt(userId, asset, timeMs)
              .map(entry -> pastBalance(asset, entry, asOf));
        });
  }

  /**
   * The balance after the last change at or below the position; waits for the position like for a
   * {@link MinPosition}.
   *
   * @param sequence in the partition of the user's account
   */
  public Future<PastBalance> balanceAtPosition(long userId, int asset, long sequence) {
    return balanceUpTo(
        userId, asset, sequence, new MinPosition(accountPartition(userId), sequence));
  }

  private Future<PastBalance> balanceUpTo(
      long userId, int asset, long sequence, @Nullable MinPosition min) {
    return sql.read(
        min,
        () -> {
          AsOf asOf = asOf(userId, min);
          return statements
              .lastUpTo(userId, asset, sequence)
              .map(entry -> pastBalance(asset, entry, asOf));
        });
  }

  private static PastBalance pastBalance(int asset, Optional<StatementEntry> entry, AsOf asOf) {
    return entry
        .map(e -> new PastBalance(asset, e.balanceAfterMinor(), e.atMs(), e.sequence(), asOf))
        .orElse(new PastBalance(asset, 0, 0, 0, asOf));
  }

  /**
   * A statement to be read from its beginning on.
   *
   * @param fromMs entries at or after it
   * @param beforeMs entries before it
   */
  public Future<StatementExport> statementExport(
      long ownerId, int asset, long fromMs, long beforeMs, @Nullable MinPosition min) {
    return sql.read(
        min,
        () -> {
          AsOf asOf = asOf(ownerId, null);
          return statements
              .lastAt(ownerId, asset, fromMs - 1)
              .map(
                  last ->
                      new StatementExport(
                          exports,
                          ownerId,
                          asset,
                          last.map(StatementEntry::sequence).orElse(0L),
                          beforeMs,
                          asOf));
        });
  }

  /** A transfer in legs by its id. */
  public Future<Optional<LedgerTransfer>> transfer(long transferId) {
    return sql.read(null, () -> transfers.one(transferId));
  }

  /** Transfers that take from the owner's accounts or give to them. */
  public Future<Page<LedgerTransfer>> transfers(
      long ownerId, @Nullable ListPlace after, int limit, @Nullable MinPosition min) {
    return sql.read(
        min, () -> transfers.ofOwner(ownerId, orNewest(after), limit, asOf(ownerId, min)));
  }

  /** Transfers that the client gave this name. */
  public Future<Page<LedgerTransfer>> transfersOf(
      String reference, @Nullable ListPlace after, int limit, @Nullable MinPosition min) {
    return sql.read(
        min, () -> transfers.ofReference(reference, orNewest(after), limit, sql.asOf(min, 0)));
  }

  /** A packet without its shares, or the order for one; who may see it is the caller's to judge. */
  public Future<Optional<PacketHead>> packetHead(long packetId) {
    return sql.read(null, () -> packets.head(packetId));
  }

  /** A packet with its shares; who may see it is the caller's to judge. */
  public Future<Optional<PacketDetails>> packet(long packetId) {
    return sql.read(null, () -> packets.details(packetId));
  }

  /**
   * An order that a provider is or was to pay, as far as it concerns one payment; empty when no
   * provider was ever asked for it.
   */
  public Future<Optional<PastOrder>> pastOrder(long packetId, String paymentId) {
    return sql.read(null, () -> orders.past(packetId, paymentId));
  }

  /**
   * What operators changed.
   *
   * @param keyId whose changes; null = anybody's
   * @param subject of what; null = of anything
   */
  public Future<Page<AuditEntry>> audit(
      @Nullable Long keyId,
      @Nullable String subject,
      Period period,
      @Nullable ListPlace after,
      int limit,
      @Nullable MinPosition min) {
    return sql.read(
        min, () -> audit.page(keyId, subject, period, orNewest(after), limit, sql.asOf(min, 0)));
  }

  private AsOf asOf(long userId, @Nullable MinPosition min) {
    return sql.asOf(min, accountPartition(userId));
  }

  private int accountPartition(long userId) {
    return Slot.partition(userId, sql.progress().partitionCount());
  }

  private static ListPlace orNewest(@Nullable ListPlace after) {
    return after == null ? ListPlace.NEWEST : after;
  }
}
