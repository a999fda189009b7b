// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The simulator".
package io.hongbao.sim;

import io.hongbao.account.AccountCommand.ChangeLimits;
import io.hongbao.account.AccountCommand.ChangeMetadata;
import io.hongbao.account.AccountCommand.Preview;
import io.hongbao.account.AccountCommand.ReadOwner;
import io.hongbao.account.AccountEvent.LimitsChanged;
import io.hongbao.account.AccountEvent.MetadataChanged;
import io.hongbao.apikey.KeyCommand;
import io.hongbao.apikey.KeyEvent;
import io.hongbao.engine.Command;
import io.hongbao.engine.Event;
import io.hongbao.model.RefusalCode;
import io.hongbao.person.PersonCommand;
import io.hongbao.person.PersonEvent;
import io.hongbao.session.SessionCommand;
import io.hongbao.session.SessionCommand.CloseLogin;
import io.hongbao.session.SessionCommand.CloseOthers;
import io.hongbao.session.SessionCommand.MintTokens;
import io.hongbao.session.SessionCommand.OpenLogin;
import io.hongbao.session.SessionCommand.ReadLogins;
import io.hongbao.session.SessionCommand.RefreshLogin;
import io.hongbao.session.SessionCommand.RevokeAll;
import io.hongbao.session.SessionCommand.RevokeToken;
import io.hongbao.session.SessionEvent;
import io.hongbao.sim.AuditedAnswers.Told;
import io.hongbao.webhook.Webhook;
import io.hongbao.webhook.WebhookCommand;
import io.hongbao.webhook.WebhookEvent;
import org.jspecify.annotations.Nullable;

/**
 * The part of the second book that says who somebody is and what he may: people, logins, API keys,
 * webhooks, limits of accounts.
 *
 * <p>Everything here is foretold before it is decided, events included.
 */
final class AuditedIdentity {

  /** What the process shares, as the watched server has it. */
  interface Doors {
    SimFamilies doors();

    long nowMs();

    long durableSequence(int partition);
  }

  private final AuditedPartition[] books;
  private final AuditedSessions sessions = new AuditedSessions();
  private final AuditedHandles handles;
  private final AuditedPeople people;
  private final AuditedApiKeys keys = new AuditedApiKeys();
  private final AuditedPreviews previews;
  private final AuditedHooks hooks = new AuditedHooks();

  AuditedIdentity(SimOptions options, AuditedPartition[] books, AuditedVerdicts verdicts) {
    this.previews = new AuditedPreviews(verdicts);
    this.books = books;
    this.handles = new AuditedHandles(options, books);
    this.people = new AuditedPeople(handles);
  }

  /** Null when the command is about something else. */
  @Nullable Foretold foretell(AuditedPartition book, Command command, long nowMs) {
    return switch (command) {
      case SessionCommand c -> sessions.foretell(book, c, nowMs);
      case PersonCommand c -> people.foretell(book, c, nowMs);
      case KeyCommand c -> keys.foretell(book, c, nowMs);
      case WebhookCommand c -> hooks.foretell(book, c);
      case ChangeLimits c -> AuditedLimits.foretell(book, c);
      case ReadOwner c -> Foretold.read(0, 0);
      case ChangeMetadata c -> AuditedOwners.foretell(book, c);
      case Preview c -> previews.foretell(book, c, nowMs);
      default -> null;
    };
  }

  void applied(AuditedPartition book, Event event, AuditContext context, long at) {
    switch (event) {
      case SessionEvent e -> sessions.applied(book, e, context, at);
      case PersonEvent e -> people.applied(book, e, context, at);
      case KeyEvent e -> keys.applied(book, e, context, at);
      case WebhookEvent e -> hooks.applied(book, e, context, at);
      case LimitsChanged e -> AuditedLimits.applied(book, e, context, at);
      case MetadataChanged e -> AuditedOwners.applied(book, e, context, at);
      default -> throw new SimFailure("an event of nobody: " + event);
    }
  }

  /** What a command must hear, once it is decided. */
  Expectation expect(
      AuditedPartition book, Command command, AuditContext context, Foretold due, long after) {
    if (due.code() == RefusalCode.OVERLOADED || (context.events == 0 && due.isChange())) {
      return Expectation.load(false);
    }
    long restsOn = context.events > 0 ? after : due.restsOn();
    if (due.code() != null) {
      return Expectation.refusal(due.code(), restsOn);
    }
    Told told =
        switch (command) {
          case SessionCommand c -> sessions.told(book, c, context, due);
          case PersonCommand c -> people.told(book, c, context, due);
          case KeyCommand c -> keys.told(book, c, context);
          case WebhookCommand c -> hooks.told(book, c, context);
          case ChangeLimits c -> AuditedLimits.told(book, c);
          case ReadOwner c -> AuditedOwners.told(book, c);
          case ChangeMetadata c -> AuditedOwners.told(book, c);
          case Preview c -> AuditedPreviews.told(book, c, context);
          default -> throw new SimFailure("a command that nobody gave: " + command);
        };
    return Expectation.of(told.check(), Math.max(restsOn, told.restsOn()), false);
  }

  /** Somebody was told something that rests on that position: doors are open or shut by now. */
  void knock(AuditedPartition book, Command command, Doors doors, long told) {
    switch (command) {
      case SessionCommand c ->
          AuditedPairs.knock(
              book.logins,
              userOf(c),
              doors.doors().sessions(),
              told,
              doors.durableSequence(book.number));
      case KeyCommand c -> AuditedApiKeys.knock(book, doors.doors().apiKeys(), told, doors.nowMs());
      case WebhookCommand c -> {
        long durable = doors.durableSequence(book.number);
        AuditedHooks.knock(book, doors.doors().hooks(), told, durable);
      }
      default -> {}
    }
  }

  private static long userOf(SessionCommand command) {
    return switch (command) {
      case OpenLogin c -> c.userId();
      case RefreshLogin c -> c.place().userId();
      case CloseLogin c -> c.userId();
      case CloseOthers c -> c.userId();
      case RevokeAll c -> c.userId();
      case ReadLogins c -> c.userId();
      case RevokeToken c -> c.userId();
      case MintTokens c -> c.tokens().isEmpty() ? 0 : c.tokens().getFirst().userId();
    };
  }

  /** The process lets in whom the books let in, when nothing is under way. */
  void allDoors(Doors doors) {
    AuditedPairs.allDoors(books, doors.doors().sessions());
    for (AuditedPartition book : books) {
      AuditedApiKeys.knock(book, doors.doors().apiKeys(), Long.MAX_VALUE, doors.nowMs());
    }
    AuditedPartition home = books[Webhook.PARTITION];
    AuditedHooks.knock(
        home, doors.doors().hooks(), Long.MAX_VALUE, doors.durableSequence(home.number));
  }

  /** At the end, when all that had a time is over. */
  void nothingLingers() {
    for (AuditedPartition book : books) {
      SimFailure.require(
          book.logins.devices.values().stream().allMatch(java.util.Map::isEmpty),
          "logins that never end");
      SimFailure.same(0, book.logins.openDoors().size(), "tokens that never end");
      SimFailure.same(0, book.folk.addresses.size(), "addresses of a day that is over");
    }
    handles.everyHandleIsSomebodys();
  }
}
