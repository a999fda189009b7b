// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The simulator".
package io.hongbao.sim;

import io.hongbao.account.AccountCommand;
import io.hongbao.account.AccountCommand.BookBatch;
import io.hongbao.account.AccountCommand.BookTransfer;
import io.hongbao.account.AccountCommand.ChangeLimits;
import io.hongbao.account.AccountCommand.ChangeMetadata;
import io.hongbao.account.AccountCommand.DrawHold;
import io.hongbao.account.AccountCommand.PlaceHold;
import io.hongbao.account.AccountCommand.PostHold;
import io.hongbao.account.AccountCommand.ReleaseHold;
import io.hongbao.account.AccountCommand.ReverseTransaction;
import io.hongbao.account.AccountCommand.ReverseTransfer;
import io.hongbao.account.AccountCommand.SettleSuspense;
import io.hongbao.account.AccountCommand.TopUp;
import io.hongbao.apikey.KeyCommand.RevokeKey;
import io.hongbao.apikey.KeyCommand.RotateKey;
import io.hongbao.engine.Actor;
import io.hongbao.engine.Command;
import io.hongbao.engine.EngineCodec;
import io.hongbao.engine.EngineEvent.ActionAudited;
import io.hongbao.engine.codec.ActionAuditedDecoder;
import io.hongbao.export.EventCursor;
import io.hongbao.export.audit.AuditTable;
import io.hongbao.person.PersonCommand.ChangeProfile;
import io.hongbao.person.PersonCommand.ForgiveAttempts;
import io.hongbao.person.PersonCommand.GiveLogin;
import io.hongbao.session.SessionCommand.MintTokens;
import io.hongbao.session.SessionCommand.RevokeAll;
import io.hongbao.session.SessionCommand.RevokeToken;
import io.hongbao.sim.AuditedPartition.Booking;
import io.hongbao.webhook.WebhookCommand.ChangeWebhook;
import io.hongbao.webhook.WebhookCommand.DeleteWebhook;
import io.hongbao.webhook.WebhookCommand.RotateSecret;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The audit in the second book: one line in the record of each change that somebody's key makes,
 * with key, operation, cause and subject; none for refusals, repeats, dry runs, or anybody else.
 */
final class AuditedLines {

  /** Where no subject is foretold. */
  private static final String ANY = "*";

  /** A line that must be in the record that comes next. */
  private record Due(Actor actor, String subject, @Nullable Booking booking) {}

  /** A line that was journaled. */
  record Line(ActionAudited said, long atMs) {}

  private final IdentityHashMap<Command, Actor> signed = new IdentityHashMap<>();
  private final EngineCodec codec = new EngineCodec();
  private final EventCursor events = new EventCursor();
  private @Nullable Due due;

  /** Somebody's key asks. */
  void signed(Command command, Actor actor) {
    signed.put(command, actor);
  }

  /** Whoever asked has his answer. */
  void heard(Command command) {
    signed.remove(command);
  }

  /** The server is gone, and with it what was asked of it. */
  void forget() {
    signed.clear();
    due = null;
  }

  /** A command was decided; its record comes next, if it made one. */
  void decided(AuditedPartition book, Command command, AuditContext context) {
    Actor actor = signed.get(command);
    boolean isChange = context.events > 0 && context.verdict == null;
    due =
        actor == null || !isChange
            ? null
            : new Due(actor, subject(command, context), book.bookings.get(context.madeId));
  }

  private static String subject(Command command, AuditContext context) {
    return switch (command) {
      case AccountCommand c -> ofAccounts(c, context);
      case ChangeProfile c -> "user:" + c.userId();
      case GiveLogin c -> "user:" + c.userId();
      case ForgiveAttempts c -> "user:" + c.userId();
      case MintTokens c -> "user:" + c.tokens().getFirst().userId();
      case RevokeToken c -> "user:" + c.userId();
      case RevokeAll c -> "user:" + c.userId();
      case RotateKey c -> "key:" + c.keyId();
      case RevokeKey c -> "key:" + c.keyId();
      case ChangeWebhook c -> "webhook:" + c.webhookId();
      case RotateSecret c -> "webhook:" + c.webhookId();
      case DeleteWebhook c -> "webhook:" + c.webhookId();
      default -> ANY;
    };
  }

  private static String ofAccounts(AccountCommand command, AuditContext context) {
    return switch (command) {
      case TopUp c -> "user:" + c.userId();
      case ReverseTransaction c -> "user:" + c.userId();
      case PlaceHold c -> "user:" + c.userId();
      case PostHold c -> "user:" + c.userId();
      case ReleaseHold c -> "user:" + c.userId();
      case SettleSuspense c -> "suspense:" + context.partition + ":" + c.number();
      case DrawHold c -> "user:" + c.ownerId();
      case ChangeLimits c -> "user:" + c.ownerId();
      case ChangeMetadata c -> "user:" + c.ownerId();
      case BookTransfer c -> "transfer:" + context.madeId;
      case BookBatch c -> "transfer:" + context.madeId;
      case ReverseTransfer c -> "transfer:" + c.transferId();
      default -> ANY;
    };
  }

  /** A record was appended: it has the line that is due, or none. */
  void appended(
      AuditedPartition book, long sequence, long timeMs, DirectBuffer from, int at, int bytes) {
    Due expected = due;
    due = null;
    ActionAudited found = null;
    events.wrap(from, at, bytes);
    while (events.next()) {
      if (events.schemaId() == EngineCodec.SCHEMA_ID
          && events.templateId() == ActionAuditedDecoder.TEMPLATE_ID) {
        SimFailure.require(found == null, "two lines of the audit in one record");
        found =
            (ActionAudited) codec.decode(events.buffer(), events.offset(), events.lengthBytes());
      }
    }
    if (expected == null) {
      SimFailure.require(found == null, "the audit tells of what nobody's key has changed");
      return;
    }
    if (found == null) {
      throw new SimFailure("the audit does not tell of a change by a key");
    }
    same(expected, found);
    book.put(book.lines, sequence, new Line(found, timeMs), sequence);
  }

  private static void same(Due expected, ActionAudited found) {
    Actor actor = expected.actor();
    SimFailure.same(
        actor,
        new Actor(found.keyId(), found.actor(), found.operation(), found.cause()),
        "who did it, and why");
    if (!expected.subject().equals(ANY)) {
      SimFailure.same(expected.subject(), found.subject(), "subject of the audit");
    }
    Booking booking = expected.booking();
    if (booking != null) {
      long by = booking.isTopUp ? booking.amount : -booking.amount;
      String before = "{\"asset\":" + booking.asset + ",\"balance\":";
      SimFailure.same(before + (booking.balanceAfter - by) + "}", found.before(), "what was");
      SimFailure.require(
          found.after().startsWith(before + booking.balanceAfter + ","), "what is now");
    }
  }

  /** At the end: the read model has these lines and no other. */
  static void areExported(AuditedPartition[] books, Map<List<Long>, Object[]> rows) {
    long lines = 0;
    for (AuditedPartition book : books) {
      lines += book.lines.size();
    }
    SimFailure.same(lines, (long) rows.size(), "lines of the audit");
    rows.forEach(
        (key, row) -> {
          long id = key.getFirst();
          Line line = books[AuditTable.partition(id)].lines.get(AuditTable.sequence(id));
          if (line == null) {
            throw new SimFailure("a line of the audit that was never journaled");
          }
          ActionAudited said = line.said();
          SimFailure.same(
              List.of(
                  line.atMs(),
                  said.keyId(),
                  said.actor(),
                  said.operation(),
                  said.cause(),
                  said.subject(),
                  said.before(),
                  said.after()),
              List.of(
                  row[AuditTable.AT_MS.index()],
                  row[AuditTable.KEY_ID.index()],
                  row[AuditTable.ACTOR.index()],
                  row[AuditTable.OPERATION.index()],
                  row[AuditTable.CAUSE.index()],
                  row[AuditTable.SUBJECT.index()],
                  row[AuditTable.BEFORE.index()],
                  row[AuditTable.AFTER.index()]),
              "a line of the audit in the read model");
        });
  }
}
