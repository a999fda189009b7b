// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The simulator".
package io.hongbao.sim;

import io.hongbao.account.AccountAnswer.BatchShown;
import io.hongbao.account.AccountAnswer.HoldShown;
import io.hongbao.account.AccountAnswer.LedgerTransferShown;
import io.hongbao.account.AccountCommand;
import io.hongbao.account.AccountCommand.BookBatch;
import io.hongbao.account.AccountCommand.BookTransfer;
import io.hongbao.account.AccountCommand.Booking;
import io.hongbao.account.AccountCommand.DrawHold;
import io.hongbao.account.AccountCommand.Move;
import io.hongbao.account.AccountCommand.Note;
import io.hongbao.account.AccountCommand.PlaceHold;
import io.hongbao.account.AccountCommand.Preview;
import io.hongbao.account.AccountCommand.ReleaseHold;
import io.hongbao.account.AccountCommand.ReverseTransfer;
import io.hongbao.account.AccountCommand.SettleSuspense;
import io.hongbao.account.HoldStage;
import io.hongbao.account.LedgerTransfer;
import io.hongbao.account.LedgerTransfer.Kind;
import io.hongbao.account.Leg;
import io.hongbao.engine.Command;
import io.hongbao.model.RefusalCode;
import io.hongbao.sim.AuditedAnswers.Told;
import io.hongbao.sim.AuditedLedger.Arrived;
import io.hongbao.sim.AuditedLedger.Booked;
import io.hongbao.sim.AuditedLedger.BookedLeg;
import io.hongbao.sim.AuditedPartition.HeldMoney;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Dry runs in the second book: the refusal that the command would hear, or what it would make, and
 * on what that rests; nothing changes, and no key is used.
 */
final class AuditedPreviews {

  private final AuditedVerdicts verdicts;

  AuditedPreviews(AuditedVerdicts verdicts) {
    this.verdicts = verdicts;
  }

  /** Whether a command can be asked for without being carried out. */
  static boolean isPossible(Command command) {
    return switch (command) {
      case BookTransfer c -> true;
      case BookBatch c -> true;
      case ReverseTransfer c -> true;
      case PlaceHold c -> true;
      case ReleaseHold c -> true;
      case DrawHold c -> true;
      case SettleSuspense c -> true;
      default -> false;
    };
  }

  Foretold foretell(AuditedPartition book, Preview preview, long nowMs) {
    AccountCommand command = preview.command();
    RefusalCode code = verdicts.verdict(book, command, nowMs);
    long restsOn =
        code == null || isOfMoney(code) || isOfLegs(code) || isOfHolds(code)
            ? restsOn(book, command, code)
            : 0;
    return code == null ? Foretold.read(0, restsOn) : Foretold.refusal(code, restsOn);
  }

  private static boolean isOfMoney(RefusalCode code) {
    return switch (code) {
      case INSUFFICIENT_FUNDS, BALANCE_LIMIT, ACCOUNT_FROZEN, ACCOUNT_CLOSED -> true;
      default -> false;
    };
  }

  private static boolean isOfLegs(RefusalCode code) {
    return code == RefusalCode.ALREADY_REVERSED || code == RefusalCode.SUSPENSE_REFUNDING;
  }

  private static boolean isOfHolds(RefusalCode code) {
    return switch (code) {
      case HOLD_CLOSED, HOLD_AMOUNT, HOLD_OUTCOME_UNKNOWN -> true;
      default -> false;
    };
  }

  /** The last change of all that was looked at before that could be said. */
  private static long restsOn(
      AuditedPartition book, AccountCommand command, @Nullable RefusalCode code) {
    return switch (command) {
      case BookTransfer c -> wallets(book, c.booking().moves());
      case BookBatch c -> wallets(book, upToRefusal(book, c));
      case PlaceHold c -> book.wallet(c.userId(), c.asset()).lastAt();
      case ReleaseHold c -> hold(book, c.holdId()).at;
      case DrawHold c -> {
        HeldMoney held = hold(book, c.holdId());
        boolean isAsked = book.isHere(c.toId()) && (code == null || isOfMoney(code));
        long to = isAsked ? book.wallet(c.toId(), held.asset).lastAt() : 0;
        yield Math.max(held.at, to);
      }
      case SettleSuspense c -> {
        long entry = AuditedSuspense.at(book, c.number());
        boolean isAsked = code == null || isOfMoney(code);
        yield isAsked
            ? Math.max(entry, wallets(book, List.of(AuditedSuspense.move(book, c))))
            : entry;
      }
      case ReverseTransfer c -> {
        long legs = 0;
        List<Move> moves = new ArrayList<>();
        for (int number : c.legs()) {
          Arrived leg = book.ledger.found(book, c.transferId(), number);
          if (leg == null) {
            throw new SimFailure("a leg that is not there is not found");
          }
          legs = Math.max(legs, leg.at());
          if (leg.reversalId() != 0) {
            break;
          }
          moves.add(AuditedBookings.back(leg));
        }
        yield Math.max(legs, code != null && isOfLegs(code) ? 0 : wallets(book, moves));
      }
      default -> throw new SimFailure("a dry run of what cannot be tried");
    };
  }

  private static HeldMoney hold(AuditedPartition book, long id) {
    HeldMoney held = book.holds.get(id);
    if (held == null) {
      throw new SimFailure("a hold that is not there is not found");
    }
    return held;
  }

  private static long wallets(AuditedPartition book, List<Move> moves) {
    long at = 0;
    for (Move move : moves) {
      if (SimOptions.isAsset(move.asset())) {
        long from = move.fromId() > 0 ? book.wallet(move.fromId(), move.asset()).lastAt() : 0;
        boolean isHere = move.toId() > 0 && book.isHere(move.toId());
        long to = isHere ? book.wallet(move.toId(), move.asset()).lastAt() : 0;
        at = Math.max(at, Math.max(from, to));
      }
    }
    return at;
  }

  // A batch is read no further than to the transfer that is refused.
  private static List<Move> upToRefusal(AuditedPartition book, BookBatch c) {
    List<Move> moves = new ArrayList<>();
    for (Booking booking : c.bookings()) {
      moves.addAll(booking.moves());
      if (AuditedBookings.money(book, moves) != null) {
        break;
      }
    }
    return moves;
  }

  // What would be.

  static Told told(AuditedPartition book, Preview preview, AuditContext context) {
    AccountCommand command = preview.command();
    return switch (command) {
      case BookTransfer c -> {
        Booked would = would(book, Kind.TRANSFER, 0, c.booking().moves(), c.booking().note());
        yield new Told(
            answer -> transfer(would, ((LedgerTransferShown) answer).transfer(), context), 0);
      }
      case ReverseTransfer c -> {
        List<Move> moves = new ArrayList<>();
        for (int number : c.legs()) {
          Arrived leg = book.ledger.found(book, c.transferId(), number);
          if (leg != null) {
            moves.add(AuditedBookings.back(leg));
          }
        }
        Booked would = would(book, Kind.REVERSAL, c.transferId(), moves, c.note());
        yield new Told(
            answer -> transfer(would, ((LedgerTransferShown) answer).transfer(), context), 0);
      }
      case BookBatch c -> {
        List<Booked> all = new ArrayList<>();
        for (Booking booking : c.bookings()) {
          all.add(would(book, Kind.TRANSFER, 0, booking.moves(), booking.note()));
        }
        yield new Told(
            answer -> {
              List<LedgerTransfer> shown = ((BatchShown) answer).transfers();
              SimFailure.same(all.size(), shown.size(), "transfers of a dry run");
              for (int i = 0; i < all.size(); i++) {
                transfer(all.get(i), shown.get(i), context);
              }
            },
            0);
      }
      case SettleSuspense c -> {
        List<Move> moves = List.of(AuditedSuspense.move(book, c));
        Booked would = would(book, Kind.SETTLEMENT, 0, moves, c.note());
        yield new Told(
            answer -> transfer(would, ((LedgerTransferShown) answer).transfer(), context), 0);
      }
      case PlaceHold c -> held(0, c.userId(), c.amountMinor(), HoldStage.OPEN);
      case ReleaseHold c -> held(c.holdId(), c.userId(), 0, HoldStage.RELEASED);
      case DrawHold c -> drawn(hold(book, c.holdId()), c, context.nowMs);
      default -> throw new SimFailure("a dry run of what cannot be tried");
    };
  }

  private static Booked would(
      AuditedPartition book, Kind kind, long reverses, List<Move> moves, Note note) {
    List<BookedLeg> legs = new ArrayList<>();
    for (Move move : moves) {
      boolean isHere = move.toId() <= 0 || book.isHere(move.toId());
      Leg.State state = isHere ? Leg.State.CREDITED : Leg.State.IN_FLIGHT;
      legs.add(
          new BookedLeg(
              move.fromId(), move.toId(), move.asset(), move.amountMinor(), state, 0, 0, 0));
    }
    return new Booked(0, kind, reverses, note, legs, 0, 0);
  }

  private static void transfer(Booked would, LedgerTransfer shown, AuditContext context) {
    ShownTransfers.same(would, shown);
    SimFailure.same(would.reversesId(), shown.reversesId(), "what a dry run would undo");
    SimFailure.same(context.nowMs, shown.bookedAtMs(), "time of a dry run");
  }

  private static Told drawn(HeldMoney held, DrawHold c, long nowMs) {
    long left = held.left - AuditedBookings.drawn(held, c);
    HoldStage open =
        held.isExternal && nowMs >= held.deadlineMs ? HoldStage.QUERYING : HoldStage.OPEN;
    HoldStage stage = left == 0 ? HoldStage.POSTED : c.isFinal() ? HoldStage.RELEASED : open;
    return held(held.id, held.userId, stage == HoldStage.RELEASED ? 0 : left, stage);
  }

  private static Told held(long id, long userId, long left, HoldStage stage) {
    return new Told(
        answer -> {
          HoldShown shown = (HoldShown) answer;
          SimFailure.same(id, shown.hold().id(), "id of a hold in a dry run");
          SimFailure.same(userId, shown.userId(), "owner of a hold in a dry run");
          SimFailure.same(left, shown.hold().leftMinor(), "rest of a hold in a dry run");
          SimFailure.same(stage, shown.stage(), "stage of a hold in a dry run");
        },
        0);
  }
}
