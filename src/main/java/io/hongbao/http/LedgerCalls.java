// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Ledger as an API".
package io.hongbao.http;

import io.hongbao.account.AccountAnswer.HoldShown;
import io.hongbao.account.AccountAnswer.LedgerTransferShown;
import io.hongbao.account.AccountCommand;
import io.hongbao.account.AccountCommand.BookTransfer;
import io.hongbao.account.AccountCommand.Booking;
import io.hongbao.account.AccountCommand.DrawHold;
import io.hongbao.account.AccountCommand.Note;
import io.hongbao.account.AccountCommand.PlaceHold;
import io.hongbao.account.AccountCommand.PostHold;
import io.hongbao.account.AccountCommand.Preview;
import io.hongbao.account.AccountCommand.ReadTransfer;
import io.hongbao.account.AccountCommand.ReleaseHold;
import io.hongbao.account.AccountCommand.ReverseTransfer;
import io.hongbao.account.LedgerTransfer;
import io.hongbao.account.Leg;
import io.hongbao.engine.Answer;
import io.hongbao.engine.ClientKey;
import io.hongbao.engine.Refusal;
import io.hongbao.ledger.Hold;
import io.hongbao.model.RefusalCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Makes calls of the ledger out of what requests say: the same for a route of its own and for an
 * item of a bulk.
 *
 * <p><b>Thread:</b> any; immutable.
 */
final class LedgerCalls {

  private static final Map<String, Hold.Kind> KINDS = JsonRequest.wireNames(Hold.Kind.class);

  private final EdgeParts parts;
  private final LedgerBodies bodies;

  LedgerCalls(EdgeParts parts) {
    this.parts = parts;
    this.bodies = new LedgerBodies(parts.assets());
  }

  /**
   * Who asks, and how.
   *
   * @param key what stands for Idempotency-Key; null where it is missing
   */
  record Caller(Exchange exchange, @Nullable String key, boolean isDryRun) {

    /** A dry run needs no key, and uses none that it is given. */
    ClientKey clientKey(long owner, String operation, long bodyHash) throws BadRequestException {
      if (isDryRun) {
        return LedgerCall.NO_KEY;
      }
      IdempotencyKey parsed = IdempotencyKey.parse(key, owner, operation);
      return new ClientKey(parsed.hash().high(), parsed.hash().low(), bodyHash, parsed.timeMs());
    }

    String operator() {
      return exchange.principal().keyName();
    }

    /** What changes nothing needs no cause. */
    void needCause(String otherwise) throws BadRequestException {
      if (!isDryRun) {
        exchange.caller().needCause(otherwise);
      }
    }
  }

  /** Money moved in legs. */
  LedgerCall transfer(JsonRequest body, Caller caller) throws BadRequestException {
    Booking booking = bodies.booking(body, caller.operator());
    caller.needCause(booking.note().reason());
    long payer = booking.moves().getFirst().fromId();
    ClientKey key = caller.clientKey(payer, "createTransfer", BodyHash.of(body));
    int partition = parts.shape().partitionOf(payer);
    return call(caller, 201, partition, new BookTransfer(key, booking), LedgerTransferShown.class);
  }

  /** The booking alone, for a batch of all or none. */
  Booking booking(JsonRequest body, Caller caller) throws BadRequestException {
    return bodies.booking(body, caller.operator());
  }

  /** Money set aside. */
  LedgerCall placeHold(JsonRequest body, Caller caller) throws BadRequestException {
    long ownerId = body.id("owner_id", Fields.ID_MAX);
    Fields.Amount amount = Fields.amount(body, "amount");
    Hold.Kind kind = body.choice("kind", KINDS);
    long expiresAtMs = body.timeMs("expires_at");
    String reason = Fields.line(body, "reason", OperatorRoutes.TEXT_CHARS_MAX);
    caller.needCause(reason);
    ClientKey key = caller.clientKey(ownerId, "placeHold", BodyHash.of(body));
    PlaceHold command =
        new PlaceHold(
            key,
            ownerId,
            parts.assets().numberOr0(amount.asset()),
            amount.amountMinor(),
            kind,
            expiresAtMs,
            reason,
            caller.operator());
    return call(caller, 201, parts.shape().partitionOf(ownerId), command, HoldShown.class);
  }

  /** Held money taken, to the outside or to an account. */
  LedgerCall drawHold(JsonRequest body, long holdId, Caller caller) throws BadRequestException {
    long amountMinor = body.integerOr("amount", 1, JsonRequest.INTEGER_MAX, PostHold.ALL);
    long toId = body.idOr("to", Fields.ID_MAX, Leg.CLEARING);
    boolean isFinal = body.flagOr("final", false);
    String receipt = Fields.line(body, "receipt", OperatorRoutes.TEXT_CHARS_MAX);
    Note note = LedgerBodies.note(body, caller.operator());
    caller.needCause(note.reason().isEmpty() ? receipt : note.reason());
    ClientKey key = caller.clientKey(holdId, "drawHold", BodyHash.of(body, Long.toString(holdId)));
    DrawHold command =
        new DrawHold(
            key, AccountCommand.ANY_OWNER, holdId, amountMinor, toId, isFinal, receipt, note);
    return call(caller, 200, parts.shape().partitionOf(holdId), command, HoldShown.class);
  }

  /** Held money given back. */
  LedgerCall releaseHold(JsonRequest body, long holdId, Caller caller) throws BadRequestException {
    String receipt = Fields.line(body, "receipt", OperatorRoutes.TEXT_CHARS_MAX);
    caller.needCause(receipt);
    ClientKey key = caller.clientKey(holdId, "freeHold", BodyHash.of(body, Long.toString(holdId)));
    ReleaseHold command =
        new ReleaseHold(key, AccountCommand.ANY_OWNER, holdId, receipt, caller.operator());
    return call(caller, 200, parts.shape().partitionOf(holdId), command, HoldShown.class);
  }

  /**
   * A transfer undone: first its legs are read where it was decided, then they are undone where
   * their money lies. The repeat of a key takes the same way and hears the first answer.
   */
  LedgerCall reversal(JsonRequest body, long transferId, Caller caller) throws BadRequestException {
    List<Integer> wanted = body.has("legs") ? body.integers("legs", 0, 99, 100) : List.of();
    if (body.has("legs")
        && (wanted.isEmpty() || wanted.stream().distinct().count() < wanted.size())) {
      throw body.wrong("legs", "must name each leg once, and at least one");
    }
    Note note = LedgerBodies.note(body, caller.operator());
    caller.needCause(note.reason());
    ClientKey key =
        caller.clientKey(
            transferId, "reverseTransfer", BodyHash.of(body, Long.toString(transferId)));
    return (exchange, listener) ->
        exchange.ask(
            parts.shape().partitionOf(transferId),
            new ReadTransfer(transferId),
            LedgerTransferShown.class,
            (shown, position, repeated) -> {
              List<Integer> legs = legs(shown.transfer(), wanted);
              RefusalCode objection = objection(shown.transfer(), legs);
              if (objection != null) {
                listener.refused(Refusal.of(objection), false);
                return;
              }
              call(
                      caller,
                      201,
                      partitionOf(shown.transfer(), legs),
                      new ReverseTransfer(key, transferId, legs, note),
                      LedgerTransferShown.class)
                  .ask(exchange, listener);
            },
            listener::refused);
  }

  private static List<Integer> legs(LedgerTransfer transfer, List<Integer> wanted) {
    return wanted.isEmpty()
        ? IntStream.range(0, transfer.legs().size()).boxed().toList()
        : new ArrayList<>(wanted);
  }

  private @Nullable RefusalCode objection(LedgerTransfer transfer, List<Integer> legs) {
    int partition = -1;
    for (int number : legs) {
      if (number >= transfer.legs().size()) {
        return RefusalCode.TRANSFER_NOT_FOUND;
      }
      Leg leg = transfer.legs().get(number);
      if (leg.state() == Leg.State.IN_FLIGHT) {
        return RefusalCode.TRANSFER_NOT_SETTLED;
      }
      if (leg.state() == Leg.State.SUSPENDED) {
        return RefusalCode.LEG_SUSPENDED;
      }
      int lies = leg.toId() > 0 ? parts.shape().partitionOf(leg.toId()) : partition;
      if (partition >= 0 && lies != partition) {
        return RefusalCode.SOURCES_APART;
      }
      partition = lies;
    }
    return null;
  }

  private int partitionOf(LedgerTransfer transfer, List<Integer> legs) {
    long toId = transfer.legs().get(legs.getFirst()).toId();
    return parts.shape().partitionOf(toId > 0 ? toId : transfer.id());
  }

  private static LedgerCall call(
      Caller caller,
      int status,
      int partition,
      AccountCommand command,
      Class<? extends Answer> type) {
    boolean isDryRun = caller.isDryRun();
    AccountCommand asked = isDryRun ? new Preview(command) : command;
    return (exchange, listener) ->
        exchange.ask(
            partition,
            asked,
            type,
            (answer, position, repeated) ->
                listener.done(
                    new LedgerCall.Done(
                        isDryRun ? 200 : status, answer, partition, position, isDryRun, repeated)),
            listener::refused);
  }
}
