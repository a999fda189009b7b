// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The simulator".
package io.hongbao.sim;

import io.hongbao.account.AccountEvent;
import io.hongbao.account.AccountEvent.LedgerEvent;
import io.hongbao.account.AccountEvent.LimitsChanged;
import io.hongbao.account.AccountTransfer;
import io.hongbao.engine.Answer;
import io.hongbao.engine.Command;
import io.hongbao.engine.Event;
import io.hongbao.engine.KeyedCommand;
import io.hongbao.engine.Stamp;
import io.hongbao.engine.Transfer;
import io.hongbao.ledger.AccountKey;
import io.hongbao.ledger.AccountKind;
import io.hongbao.ledger.Ledger;
import io.hongbao.model.RefusalCode;
import io.hongbao.person.PersonTransfer;
import io.hongbao.redpacket.RedPacketEvent;
import io.hongbao.sim.AuditedPartition.Cargo;
import io.hongbao.sim.AuditedPartition.Key;
import io.hongbao.sim.AuditedPartition.Packet;
import io.hongbao.sim.AuditedPartition.Phase;
import io.hongbao.sim.AuditedPartition.Sent;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * The second book: says of every command what it must hear, of every event whether it may happen,
 * and of every answer whether what it shows is durable.
 *
 * <p>Decisions come in the order in which the partitions take them; answers much later, or never.
 */
final class Auditor {

  /** What the auditor asks the server that it watches. */
  interface Server extends AuditedIdentity.Doors {
    /** The partition's last record; the one being decided comes after it. */
    long sequence(int partition);

    boolean isExported(int partition, long position);

    Ledger ledger(int partition);
  }

  private final AuditedPartition[] books;
  private final AuditedPackets packets;
  private final AuditedOrders orders;
  private final AuditedAccounts accounts;
  private final AuditedTransfers transfers;
  private final AuditedWay way;
  private final AuditedVerdicts verdicts;
  private final AuditedIdentity identity;
  private final SimOptions options;
  private final AuditedReplies replies;
  private final AuditedLines lines = new AuditedLines();
  private @Nullable Server server;
  private @Nullable AuditContext context;
  private boolean isWatching;

  Auditor(SimOptions options, Marks marks) {
    this.options = options;
    this.books = new AuditedPartition[options.partitions()];
    for (int i = 0; i < books.length; i++) {
      books[i] = new AuditedPartition(i, books.length);
    }
    AuditedAccounts.ExportedWatch exported = (partition, position) -> exported(partition, position);
    this.packets = new AuditedPackets(options, exported);
    this.orders = new AuditedOrders(options, exported);
    this.accounts = new AuditedAccounts(exported);
    this.transfers = new AuditedTransfers(options, exported, marks);
    this.way = new AuditedWay(options, packets, transfers);
    this.verdicts = new AuditedVerdicts(packets, new AuditedBookings(options));
    this.identity = new AuditedIdentity(options, books, verdicts);
    this.replies = new AuditedReplies(identity, transfers, marks);
  }

  private boolean exported(int partition, long position) {
    return server().isExported(partition, position);
  }

  private Server server() {
    if (server == null) {
      throw new SimFailure("nobody serves");
    }
    return server;
  }

  AuditedPartition book(int partition) {
    return books[partition];
  }

  AuditedLines lines() {
    return lines;
  }

  /** At the end: the read model tells of every change by a key. */
  void linesAreExported(Map<List<Long>, Object[]> rows) {
    AuditedLines.areExported(books, rows);
  }

  long answers() {
    return replies.count();
  }

  // Lives.

  /** From now on what the families do is new, no replay. */
  void watch(Server live) {
    server = live;
    isWatching = true;
    identity.allDoors(live);
  }

  /** The server is gone, and with it every answer that had not left. */
  void died() {
    isWatching = false;
    context = null;
    replies.forget();
    lines.forget();
  }

  /** Whether a partition may come back so: as far as it must, exactly what it was. */
  void mayRecover(int partition, long sequence, long hash) {
    AuditedPartition book = books[partition];
    SimFailure.require(
        sequence >= book.promised,
        "partition "
            + partition
            + " came back at "
            + sequence
            + ", but somebody was told of "
            + book.promised);
    Long known = book.hashes.get(sequence);
    if (known != null) {
      SimFailure.same((long) known, hash, "state of partition " + partition + " at " + sequence);
    } else {
      SimFailure.require(sequence == 0, "a position that never was");
    }
  }

  void recovered(int partition, long sequence, long hash) {
    mayRecover(partition, sequence, hash);
    AuditedPartition book = books[partition];
    book.undo.rollBackTo(sequence);
    book.hashes.keySet().removeIf(position -> position != sequence);
    for (Packet packet : book.packets.values()) {
      packet.opens.clear();
    }
  }

  /** What is durable can be forgotten here. */
  void durable(int partition, long sequence) {
    AuditedPartition book = books[partition];
    book.undo.forgetUpTo(sequence);
    book.hashes.keySet().removeIf(position -> position < sequence);
  }

  AuditedIdentity identity() {
    return identity;
  }

  void beginCommand(int partition, Command command, long nowMs) {
    if (!isWatching) {
      return;
    }
    AuditedPartition book = books[partition];
    if (command instanceof KeyedCommand keyed) {
      Key known = book.keys.get(AuditedKeys.name(keyed.key()));
      AuditedKeys.hasRoom(book, keyed, options, nowMs);
      SimFailure.require(
          known == null || nowMs > known.timeMs() + SimOptions.WINDOW_MS + SimOptions.KEY_AHEAD_MS,
          "a key that was used runs again");
    }
    Foretold foretold = identity.foretell(book, command, nowMs);
    RefusalCode verdict =
        foretold == null ? verdicts.verdict(book, command, nowMs) : foretold.code();
    context = new AuditContext(partition, nowMs, command, null, verdict, foretold);
  }

  void beginTransfer(int partition, Transfer transfer, long nowMs) {
    if (isWatching) {
      context = new AuditContext(partition, nowMs, null, transfer, null, null);
      AuditedPartition book = books[partition];
      Sent cargo = way.cargo(transfer);
      int source = way.source(cargo);
      List<Sent> sent = books[source].sent.get(partition);
      int next = book.received[source];
      SimFailure.require(next < sent.size(), "received what was never sent, or twice");
      SimFailure.same(sent.get(next), cargo, "the next transfer of its source");
      book.set(book.received, source, next + 1, server().sequence(partition) + 1);
    }
  }

  void beginTimer(int partition, long nowMs) {
    if (isWatching) {
      context = new AuditContext(partition, nowMs, null, null, null, null);
    }
  }

  void applied(Event event, Stamp stamp) {
    AuditContext now = context;
    if (!isWatching || now == null) {
      return;
    }
    now.events++;
    AuditedPartition book = books[now.partition];
    SimFailure.require(
        now.foretold == null ? now.verdict == null : now.foretold.isChange(),
        () -> "carried out, but due was " + now.verdict + ", not " + event);
    switch (event) {
      case RedPacketEvent e -> {
        if (!packets.applied(book, e, now, stamp.position())) {
          orders.applied(book, e, now, stamp.position());
        }
      }
      case LimitsChanged _, AccountEvent.MetadataChanged _ ->
          identity.applied(book, event, now, stamp.position());
      case LedgerEvent e -> transfers.applied(book, e, now, stamp.position());
      case AccountEvent e -> accounts.applied(book, e, now, stamp.position());
      default -> identity.applied(book, event, now, stamp.position());
    }
  }

  void end() {
    AuditContext now = context;
    context = null;
    if (now != null && now.events > 0) {
      balance(now.partition);
    }
  }

  // After every step: the partition's accounts are those of the second book and sum to zero.
  private void balance(int partition) {
    AuditedPartition book = books[partition];
    Ledger ledger = server().ledger(partition);
    for (int asset = 1; asset < AuditedPartition.ASSETS; asset++) {
      long sum = book.walletTotals[asset];
      for (AccountKind kind : AccountKind.values()) {
        if (kind != AccountKind.WALLET) {
          long shown = ledger.balanceMinor(AccountKey.system(kind, asset));
          SimFailure.same(book.system[kind.number()][asset], shown, kind.name());
          sum += shown;
        }
      }
      SimFailure.same(0L, sum, "sum of all accounts of a partition");
    }
  }

  /** The same for every wallet. */
  void balanceAll(int partition) {
    balance(partition);
    AuditedPartition book = books[partition];
    Ledger ledger = server().ledger(partition);
    book.wallets.forEach(
        (key, wallet) -> {
          long account = AccountKey.wallet(key / 8, (int) (key % 8));
          SimFailure.same(wallet.balance, ledger.balanceMinor(account), "balance of " + key);
          SimFailure.same(wallet.held, ledger.heldMinor(account), "held of " + key);
        });
  }

  void endCommand(Command command) {
    AuditContext now = context;
    context = null;
    if (!isWatching || now == null) {
      return;
    }
    if (now.events > 0) {
      balance(now.partition);
    }
    AuditedPartition book = books[now.partition];
    lines.decided(book, command, now);
    replies.decided(book, command, now, server().sequence(now.partition) + 1);
  }

  /** A key was known: its answer is shown again. */
  void recalled(int partition, KeyedCommand command, long resultId, long nowMs) {
    if (isWatching) {
      replies.recalled(books[partition], command, resultId, nowMs);
    }
  }

  /** The receiver has the source's next transfer, and said so durably. */
  void acknowledged(int source, Transfer transfer, Stamp stamp) {
    if (!isWatching) {
      return;
    }
    Sent cargo = way.cargo(transfer);
    AuditedPartition book = books[source];
    int destination = way.destination(cargo);
    int next = book.acknowledged[destination];
    SimFailure.same(book.sent.get(destination).get(next), cargo, "the next acknowledged transfer");
    SimFailure.require(
        next < books[destination].received[source], "acknowledged before it was received");
    book.set(book.acknowledged, destination, next + 1, stamp.position());
    if (cargo.cargo() == Cargo.CREATE) {
      orders.acknowledged(book, cargo, stamp.timeMs(), stamp.position());
    } else if (!(transfer instanceof AccountTransfer || transfer instanceof PersonTransfer)) {
      packets.acknowledged(book, cargo, stamp.position());
    }
  }

  /** Some packet that can still be opened, or null. */
  @Nullable Packet anyOpenPacket(SplittableRandom chance) {
    AuditedPartition book = books[chance.nextInt(books.length)];
    List<Packet> open =
        book.packets.values().stream().filter(packet -> packet.phase == Phase.OPEN).toList();
    return open.isEmpty() ? null : open.get(chance.nextInt(open.size()));
  }

  /** An answer arrived at whoever asked. */
  void heard(int partition, Command command, Answer answer, long position, boolean isRepeat) {
    lines.heard(command);
    replies.heard(books[partition], command, answer, position, server());
  }
}
