// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The simulator".
package io.hongbao.sim;

import io.hongbao.account.AccountCommand.TopUp;
import io.hongbao.account.Leg;
import io.hongbao.engine.ClientKey;
import io.hongbao.engine.EngineShape;
import io.hongbao.export.StatementTable;
import io.hongbao.export.audit.AuditTable;
import io.hongbao.export.redpacket.PacketTable;
import io.hongbao.export.redpacket.SendState;
import io.hongbao.export.redpacket.ShareTable;
import io.hongbao.inspect.DirectoryCheck;
import io.hongbao.inspect.Findings;
import io.hongbao.ledger.AccountKind;
import io.hongbao.sim.AuditedLedger.Booked;
import io.hongbao.sim.AuditedPartition.Opened;
import io.hongbao.sim.AuditedPartition.Order;
import io.hongbao.sim.AuditedPartition.Packet;
import io.hongbao.sim.AuditedPartition.Phase;
import io.hongbao.sim.AuditedPartition.Stage;
import io.hongbao.sim.AuditedPartition.Wallet;
import io.hongbao.sim.SimClients.Request;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What must be true when everything works again and enough time has passed. */
final class SimEnding {

  private static final int LAST_PASSES_MAX = 5_000;

  private static final int EXPORT_PASSES_MAX = 1_000_000;
  private static final long EXPORT_PASS_MS = 200;

  private final SimOptions options;
  private final Auditor auditor;
  private final MemoryReadModel readModel;
  private final SimPeople people;
  private final SimKeys keys;

  SimEnding(
      SimOptions options,
      Auditor auditor,
      MemoryReadModel readModel,
      SimPeople people,
      SimKeys keys) {
    this.people = people;
    this.keys = keys;
    this.options = options;
    this.auditor = auditor;
    this.readModel = readModel;
  }

  void check(Simulator run) throws IOException {
    run.heal();
    // Clocks that were set back are caught up with, what is under way arrives.
    for (int i = 0; i < 20; i++) {
      run.passQuietly(4_000);
    }
    for (int i = 0; i < 16; i++) {
      run.passQuietly(4 * 3_600_000L);
      run.passQuietly(60_000);
    }
    // With room for few transfers at a time, thousands of rests go home a dozen in each pass.
    for (int i = 0; i < LAST_PASSES_MAX && !hasArrived(); i++) {
      run.passQuietly(2_000);
    }
    for (int i = 0; i < 5; i++) {
      run.passQuietly(2_000);
    }
    everythingHasArrived();
    // An exporter that was dead for long has more to do than these passes let it.
    // What it has read waits for the time of a commit, so time has to go on.
    everythingIsExported(run);
    readModelIsRight();
    for (int i = 0; i < 24; i++) {
      run.passQuietly(6 * 3_600_000L);
      run.passQuietly(61_000);
    }
    for (int i = 0; i < LAST_PASSES_MAX && hasPackets(); i++) {
      run.passQuietly(61_000);
    }
    run.passQuietly(61_000);
    nothingLingers();
    everybodyIsHimself(run);
    run.end();
    everybodyIsHimself(run);
    everythingIsExported(run);
    SimFailure.same(0, run.bank().untaken(), "payments that nobody took or gave back");
    for (int i = 0; i < options.partitions(); i++) {
      auditor.balanceAll(i);
    }
    statementsAddUp();
    auditor.linesAreExported(readModel.rows(AuditTable.TABLE));
    journalIsWhole(run);
  }

  private boolean hasArrived() {
    for (int i = 0; i < options.partitions(); i++) {
      AuditedPartition book = auditor.book(i);
      for (int j = 0; j < options.partitions(); j++) {
        if (book.sent.get(j).size() != book.acknowledged[j]) {
          return false;
        }
      }
      if (book.packets.values().stream().anyMatch(packet -> packet.phase == Phase.OPEN)) {
        return false;
      }
    }
    return true;
  }

  private boolean hasPackets() {
    for (int i = 0; i < options.partitions(); i++) {
      if (!auditor.book(i).packets.isEmpty()) {
        return true;
      }
    }
    return false;
  }

  private static void everythingIsExported(Simulator run) throws IOException {
    for (int i = 0; i < EXPORT_PASSES_MAX && !run.server().isExportDrained(); i++) {
      run.passQuietly(EXPORT_PASS_MS);
      run.server().export();
    }
  }

  private void everythingHasArrived() {
    long[] inFlight = new long[AuditedPartition.ASSETS];
    for (int i = 0; i < options.partitions(); i++) {
      auditor.balanceAll(i);
      AuditedPartition book = auditor.book(i);
      AuditedSuspense.addsUp(book);
      for (int j = 0; j < options.partitions(); j++) {
        SimFailure.same(
            book.sent.get(j).size(), book.acknowledged[j], "transfers " + i + " → " + j);
      }
      for (Packet packet : book.packets.values()) {
        SimFailure.require(
            packet.phase != Phase.OPEN, "packet " + packet.spec.packetId() + " never ended");
        SimFailure.same(0, packet.pending, "money of a packet under way");
      }
      for (Order order : book.orders.values()) {
        boolean isDone = order.stage == Stage.CREATED || order.stage == Stage.CANCELLED;
        SimFailure.require(
            isDone,
            "order "
                + order.packetId
                + " is still "
                + order.stage
                + ", to be paid before "
                + order.payBeforeMs);
      }
      for (Booked transfer : book.ledger.transfers.values()) {
        SimFailure.require(!transfer.has(Leg.State.IN_FLIGHT), "a leg that never arrived");
      }
      for (int asset = 1; asset < AuditedPartition.ASSETS; asset++) {
        inFlight[asset] += book.system[AccountKind.TRANSIT.number()][asset];
        SimFailure.same(0L, book.system[AccountKind.ESCROW.number()][asset], "escrow");
      }
    }
    for (int asset = 1; asset < inFlight.length; asset++) {
      SimFailure.same(0L, inFlight[asset], "money in flight");
    }
  }

  private void readModelIsRight() {
    Map<List<Long>, Object[]> packets = readModel.rows(PacketTable.TABLE);
    Map<List<Long>, Object[]> shares = readModel.rows(ShareTable.TABLE);
    for (int i = 0; i < options.partitions(); i++) {
      for (Packet packet : auditor.book(i).packets.values()) {
        long id = packet.spec.packetId();
        Object[] row = packets.get(List.of(id));
        if (row == null) {
          throw new SimFailure("packet " + id + " is not in the read model");
        }
        SendState state = packet.phase == Phase.EMPTY ? SendState.EMPTY : SendState.EXPIRED;
        same((long) state.number(), row[PacketTable.STATE.index()], "state of a row");
        same(packet.returned, row[PacketTable.RETURNED_MINOR.index()], "returned of a row");
        same((long) packet.best(), row[PacketTable.BEST_PLACE.index()], "best of a row");
        same(packet.spec.seed().hex(), row[PacketTable.SEED.index()], "seed of a row");
        for (Opened share : packet.shares) {
          Object[] one = shares.get(List.of(id, (long) share.place()));
          SimFailure.require(one != null, "a share is not in the read model");
          if (one != null) {
            same(share.userId(), one[ShareTable.USER_ID.index()], "opener of a row");
            same(share.amount(), one[ShareTable.AMOUNT_MINOR.index()], "amount of a row");
          }
        }
      }
    }
  }

  private static void same(Object expected, Object shown, String what) {
    SimFailure.same(expected, shown, what);
  }

  private void nothingLingers() {
    auditor.identity().nothingLingers();
    for (int i = 0; i < options.partitions(); i++) {
      AuditedPartition book = auditor.book(i);
      SimFailure.same(0, book.packets.size(), "packets that stay in memory");
      SimFailure.same(0, book.orders.size(), "orders that stay in memory");
      SimFailure.same(0, book.strays.size(), "stray payments that stay in memory");
      SimFailure.same(0, book.bookings.size(), "transactions that stay in memory");
      SimFailure.same(0, book.holds.size(), "holds that stay in memory");
      SimFailure.same(0, book.ledger.arrivals.size(), "arrivals that stay in memory");
      // What lies in suspense stays in sight until somebody settles it.
      for (Booked transfer : book.ledger.transfers.values()) {
        SimFailure.require(transfer.has(Leg.State.SUSPENDED), "transfers that stay in memory");
      }
    }
  }

  /** Whoever is asked for is shown as the book has him, and doors are open to nobody else. */
  private void everybodyIsHimself(Simulator run) {
    List<Request> requests = new ArrayList<>(people.everything());
    // What had no place for its key, or stood before a limit, has room again.
    for (int i = 0; i < options.partitions(); i++) {
      long userId = 1_000L + options.partitions() - 1_000 % options.partitions() + i;
      ClientKey key = keys.fresh();
      requests.add(
          new Request(
              options.partitionOf(userId),
              new TopUp(key, userId, SimOptions.CNY, 1, "last", "op")));
    }
    for (Request request : requests) {
      long before = auditor.answers();
      run.ask(request);
      run.server().settle();
      SimFailure.same(before + 1, auditor.answers(), "answers to one question");
    }
    auditor.identity().allDoors(run.server());
  }

  /** Every wallet is the sum of its statement. */
  private void statementsAddUp() {
    Map<Long, Long> sums = new HashMap<>();
    readModel
        .rows(StatementTable.TABLE)
        .forEach(
            (key, row) ->
                sums.merge(
                    key.get(0) * 8 + key.get(1),
                    (Long) row[StatementTable.AMOUNT_MINOR.index()],
                    Long::sum));
    for (int i = 0; i < options.partitions(); i++) {
      for (Map.Entry<Long, Wallet> one : auditor.book(i).wallets.entrySet()) {
        SimFailure.same(
            one.getValue().balance,
            (long) sums.getOrDefault(one.getKey(), 0L),
            "statement of " + one.getKey());
      }
    }
  }

  private void journalIsWhole(Simulator run) throws IOException {
    run.server().journal().close();
    Findings findings =
        new DirectoryCheck(
                run.disk(),
                SimServer.DIRECTORY_ID,
                new EngineShape(1, options.partitions()),
                SimFamilies.offline(options),
                sentence -> {})
            .run();
    SimFailure.require(findings.isOk(), "verify: " + findings.differences());
  }
}
