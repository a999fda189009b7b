// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The simulator".
package io.hongbao.sim;

import io.hongbao.engine.Transfer;
import io.hongbao.model.RefusalCode;
import io.hongbao.person.ClaimVerdict;
import io.hongbao.person.HandleHash;
import io.hongbao.person.PersonCommand.ClaimHandle;
import io.hongbao.person.PersonCommand.DropClaim;
import io.hongbao.person.PersonCommand.FindHandle;
import io.hongbao.person.PersonEvent.ClaimAnswered;
import io.hongbao.person.PersonEvent.ClaimProlonged;
import io.hongbao.person.PersonEvent.ClaimQuestioned;
import io.hongbao.person.PersonEvent.HandleClaimed;
import io.hongbao.person.PersonEvent.HandleConfirmed;
import io.hongbao.person.PersonEvent.HandleReleased;
import io.hongbao.person.PersonEvent.OfHandle;
import io.hongbao.person.PersonTransfer;
import io.hongbao.person.PersonTransfer.AskClaim;
import io.hongbao.person.PersonTransfer.ConfirmHandle;
import io.hongbao.person.PersonTransfer.PutOffClaim;
import io.hongbao.person.PersonTransfer.ReleaseHandle;
import io.hongbao.sim.AuditedFolk.Kept;
import io.hongbao.sim.AuditedFolk.Someone;
import io.hongbao.sim.AuditedPartition.Cargo;
import io.hongbao.sim.AuditedPartition.Sent;
import org.jspecify.annotations.Nullable;

/**
 * Follows names, phones and external ids between the partition of their hash and that of whoever
 * has them: nobody takes what is not kept for him, nothing is freed that somebody has.
 */
final class AuditedHandles {

  private static final long KEPT_MS = 30_000;
  private static final long ASKED_AFTER_MS = 5_000;

  private final SimOptions options;
  private final AuditedPartition[] books;

  AuditedHandles(SimOptions options, AuditedPartition[] books) {
    this.options = options;
    this.books = books;
  }

  // Commands.

  Foretold claim(AuditedFolk folk, ClaimHandle c, long nowMs) {
    Kept kept = folk.handles.get(c.hash());
    if (kept == null) {
      return Foretold.change(nowMs + KEPT_MS);
    }
    RefusalCode taken =
        switch (c.kind()) {
          case NAME -> RefusalCode.NAME_TAKEN;
          case PHONE -> RefusalCode.PHONE_TAKEN;
          case EXTERNAL_ID -> RefusalCode.EXTERNAL_ID_TAKEN;
        };
    if (kept.userId() == c.userId() && kept.isClaimed()) {
      return Foretold.refusal(RefusalCode.OVERLOADED, kept.at());
    }
    return kept.userId() == c.userId()
        ? Foretold.change(Math.max(nowMs + KEPT_MS, kept.untilMs() + 1))
        : Foretold.refusal(taken, kept.at());
  }

  Foretold drop(AuditedFolk folk, DropClaim c) {
    Kept kept = folk.keptFor(c.hash(), c.userId());
    boolean isThere = kept != null && kept.isClaimed() && kept.untilMs() == c.untilMs();
    return Foretold.changeIf(isThere, isThere ? 1 : 0, 0);
  }

  Foretold find(AuditedFolk folk, FindHandle c) {
    Kept kept = folk.handles.get(c.hash());
    return kept == null
        ? Foretold.read(0, folk.freedAt.getOrDefault(c.hash(), 0L))
        : Foretold.read(kept.userId(), kept.at());
  }

  // In the partition of a user.

  /** A user has a handle from now on; it must be kept for him. */
  void taken(AuditedPartition book, HandleHash hash, long userId, long untilMs, long at) {
    SimFailure.require(
        books[partitionOf(hash)].folk.keptFor(hash, userId) != null,
        "a handle is taken that is not kept for who takes it");
    send(book, partitionOf(hash), Cargo.CONFIRM, hash, userId, untilMs, at);
  }

  void letGo(AuditedPartition book, HandleHash hash, long userId, long at) {
    send(book, partitionOf(hash), Cargo.RELEASE, hash, userId, 0, at);
  }

  void answered(AuditedPartition book, ClaimAnswered e, AuditContext context, long at) {
    SimFailure.same(
        new AskClaim(e.hash(), e.userId(), e.untilMs()), asked(context), "what was asked");
    Someone one = book.folk.people.get(e.userId());
    boolean isHis = one != null && one.has(e.hash());
    ClaimVerdict due =
        isHis
            ? ClaimVerdict.HELD
            : context.nowMs >= e.untilMs() ? ClaimVerdict.NEVER : ClaimVerdict.LATER;
    SimFailure.same(due, e.verdict(), "what is said of a claim");
    Cargo cargo =
        switch (due) {
          case HELD -> Cargo.CONFIRM;
          case NEVER -> Cargo.RELEASE;
          case LATER -> Cargo.PUT_OFF;
        };
    send(book, partitionOf(e.hash()), cargo, e.hash(), e.userId(), e.untilMs(), at);
  }

  private static Transfer asked(AuditContext context) {
    if (context.transfer == null) {
      throw new SimFailure("an answer to no question");
    }
    return context.transfer;
  }

  // In the partition of a handle.

  void applied(AuditedPartition book, OfHandle e, AuditContext context, long at) {
    AuditedFolk folk = book.folk;
    @Nullable Kept kept = folk.keptFor(e.hash(), e.userId());
    switch (e) {
      case HandleClaimed c -> {
        boolean isOwned = kept != null && kept.isOwned();
        SimFailure.same(foretold(context).shown(), c.untilMs(), "how long a handle is kept");
        put(book, new Kept(c.hash(), c.userId(), isOwned, true, c.untilMs(), at), at);
      }
      case HandleConfirmed c -> {
        came(context, new ConfirmHandle(c.hash(), c.userId(), c.untilMs()));
        if (kept == null) {
          throw new SimFailure("a handle is confirmed that is not kept for its user");
        }
        boolean isClaimed = kept.isClaimed() && kept.untilMs() != c.untilMs();
        put(book, new Kept(c.hash(), c.userId(), true, isClaimed, kept.untilMs(), at), at);
      }
      case HandleReleased c -> {
        if (!(context.command instanceof DropClaim)) {
          came(context, new ReleaseHandle(c.hash(), c.userId(), c.untilMs()));
        }
        if (kept != null) {
          released(book, kept, c.untilMs(), at);
        }
      }
      case ClaimQuestioned c -> {
        SimFailure.require(
            kept != null && kept.isClaimed() && context.command == null && context.transfer == null,
            "a question about no claim");
        SimFailure.require(context.nowMs >= c.untilMs() + ASKED_AFTER_MS, "asked too early");
        send(
            book,
            options.partitionOf(c.userId()),
            Cargo.ASK,
            c.hash(),
            c.userId(),
            c.untilMs(),
            at);
      }
      case ClaimProlonged c -> came(context, new PutOffClaim(c.hash(), c.userId(), c.untilMs()));
    }
  }

  private static Foretold foretold(AuditContext context) {
    if (context.foretold == null) {
      throw new SimFailure("something that nobody asked for");
    }
    return context.foretold;
  }

  private static void came(AuditContext context, PersonTransfer due) {
    SimFailure.same(due, asked(context), "what the partition of a user said");
  }

  private void released(AuditedPartition book, Kept kept, long untilMs, long at) {
    boolean isOwned = kept.isOwned() && untilMs != 0;
    boolean isClaimed = kept.isClaimed() && kept.untilMs() != untilMs;
    if (isOwned || isClaimed) {
      put(book, new Kept(kept.hash(), kept.userId(), isOwned, isClaimed, kept.untilMs(), at), at);
      return;
    }
    Someone one = books[options.partitionOf(kept.userId())].folk.people.get(kept.userId());
    SimFailure.require(one == null || !one.has(kept.hash()), "a handle is freed that somebody has");
    book.remove(book.folk.handles, kept.hash(), at);
    book.put(book.folk.freedAt, kept.hash(), at, at);
  }

  private static void put(AuditedPartition book, Kept kept, long at) {
    book.put(book.folk.handles, kept.hash(), kept, at);
  }

  // What partitions owe one another.

  private int partitionOf(HandleHash hash) {
    return options.partitionOf(hash.high() >>> 1);
  }

  private static void send(
      AuditedPartition book,
      int destination,
      Cargo cargo,
      HandleHash hash,
      long userId,
      long untilMs,
      long at) {
    AuditedPackets.send(
        book, destination, new Sent(cargo, hash.high() >>> 1, userId, 0, untilMs, 0), at);
  }

  static Sent cargo(PersonTransfer transfer) {
    Cargo cargo =
        switch (transfer) {
          case ConfirmHandle t -> Cargo.CONFIRM;
          case ReleaseHandle t -> Cargo.RELEASE;
          case AskClaim t -> Cargo.ASK;
          case PutOffClaim t -> Cargo.PUT_OFF;
        };
    return new Sent(
        cargo, transfer.hash().high() >>> 1, transfer.userId(), 0, transfer.untilMs(), 0);
  }

  /** At the end: who has a handle owns it, who owns one has it, nothing is only kept. */
  void everyHandleIsSomebodys() {
    int had = 0;
    for (AuditedPartition book : books) {
      for (Someone one : book.folk.people.values()) {
        had += one.name().isNone() ? 0 : 1;
        had += one.phone().isNone() ? 0 : 1;
        had += one.external().isNone() ? 0 : 1;
      }
    }
    int owned = 0;
    for (AuditedPartition book : books) {
      for (Kept kept : book.folk.handles.values()) {
        SimFailure.require(kept.isOwned() && !kept.isClaimed(), "a handle that is still kept");
        Someone one = books[options.partitionOf(kept.userId())].folk.people.get(kept.userId());
        SimFailure.require(one != null && one.has(kept.hash()), "a handle of nobody");
        owned++;
      }
    }
    SimFailure.same(had, owned, "handles that somebody has");
  }
}
