// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The simulator".
package io.hongbao.sim;

import io.hongbao.model.RefusalCode;
import io.hongbao.sim.AuditedAnswers.Told;
import io.hongbao.webhook.HookPlace;
import io.hongbao.webhook.HookSecret;
import io.hongbao.webhook.HookState;
import io.hongbao.webhook.PauseReason;
import io.hongbao.webhook.Webhook;
import io.hongbao.webhook.WebhookAnswer.Noted;
import io.hongbao.webhook.WebhookAnswer.WebhookShown;
import io.hongbao.webhook.WebhookAnswer.WebhooksShown;
import io.hongbao.webhook.WebhookCommand;
import io.hongbao.webhook.WebhookCommand.AdvanceWebhook;
import io.hongbao.webhook.WebhookCommand.ChangeWebhook;
import io.hongbao.webhook.WebhookCommand.DeleteWebhook;
import io.hongbao.webhook.WebhookCommand.MakeWebhook;
import io.hongbao.webhook.WebhookCommand.MoveWebhook;
import io.hongbao.webhook.WebhookCommand.PauseWebhook;
import io.hongbao.webhook.WebhookCommand.ReadWebhook;
import io.hongbao.webhook.WebhookCommand.ReadWebhooks;
import io.hongbao.webhook.WebhookCommand.RotateSecret;
import io.hongbao.webhook.WebhookDirectory;
import io.hongbao.webhook.WebhookEvent;
import io.hongbao.webhook.WebhookEvent.SecretRotated;
import io.hongbao.webhook.WebhookEvent.WebhookAdvanced;
import io.hongbao.webhook.WebhookEvent.WebhookChanged;
import io.hongbao.webhook.WebhookEvent.WebhookDeleted;
import io.hongbao.webhook.WebhookEvent.WebhookMade;
import io.hongbao.webhook.WebhookEvent.WebhookMoved;
import io.hongbao.webhook.WebhookEvent.WebhookPaused;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Webhooks in the second book: which there are, how far each has come, who may be sent to. */
final class AuditedHooks {

  /** What their partition knows. */
  static final class Hooks {
    final Map<Long, Hook> live = new HashMap<>();

    /** Those that were deleted, at the position of their end. */
    final Map<Long, Gone> gone = new HashMap<>();

    /** Each secret that was ever drawn, and for whom. */
    final Map<HookSecret, Long> drawn = new HashMap<>();

    final Map<String, Long> changed = new HashMap<>();

    long changedAt() {
      return changed.getOrDefault("", 0L);
    }

    long endedAt(long id) {
      Gone one = gone.get(id);
      return one == null ? 0 : one.at();
    }
  }

  record Gone(Hook hook, long at) {}

  /** One webhook; never changed, so that a crash can put an earlier self back. */
  record Hook(
      long id,
      Say say,
      HookState state,
      PauseReason reason,
      HookSecret secret,
      HookSecret before,
      long beforeEndsAtMs,
      HookPlace place,
      int turn,
      long failingSinceMs,
      long madeAtMs,
      long at) {

    Hook says(Say now, HookState next, PauseReason why, long position) {
      long failing = next == state ? failingSinceMs : 0;
      return new Hook(
          id,
          now,
          next,
          why,
          secret,
          before,
          beforeEndsAtMs,
          place,
          turn,
          failing,
          madeAtMs,
          position);
    }

    Hook signs(HookSecret next, long endsAtMs, long position) {
      return new Hook(
          id,
          say,
          state,
          reason,
          next,
          secret,
          endsAtMs,
          place,
          turn,
          failingSinceMs,
          madeAtMs,
          position);
    }

    Hook stands(HookPlace next, int times, long failing, long position) {
      return new Hook(
          id,
          say,
          state,
          reason,
          secret,
          before,
          beforeEndsAtMs,
          next,
          times,
          failing,
          madeAtMs,
          position);
    }
  }

  /** What its owner said of it. */
  record Say(String url, String types, String description) {

    boolean isMalformed() {
      return url.isEmpty()
          || types.isEmpty()
          || url.length() > SimOptions.TEXT_MAX
          || types.length() > SimOptions.TEXT_MAX
          || description.length() > SimOptions.TEXT_MAX;
    }

    Say with(ChangeWebhook c) {
      return new Say(
          c.url() == null ? url : c.url(),
          c.eventTypes() == null ? types : c.eventTypes(),
          c.description() == null ? description : c.description());
    }
  }

  Foretold foretell(AuditedPartition book, WebhookCommand command) {
    Hooks hooks = book.hooks;
    return switch (command) {
      case MakeWebhook c -> {
        if (said(c).isMalformed()) {
          yield Foretold.refusal(RefusalCode.MALFORMED_REQUEST, 0);
        }
        yield hooks.live.size() >= SimOptions.HOOKS_MAX
            ? Foretold.refusal(RefusalCode.WEBHOOK_LIMIT, hooks.changedAt())
            : Foretold.change(0);
      }
      case ChangeWebhook c -> {
        Hook hook = hooks.live.get(c.webhookId());
        if (hook == null) {
          yield missing(hooks);
        }
        yield hook.say().with(c).isMalformed()
            ? Foretold.refusal(RefusalCode.MALFORMED_REQUEST, 0)
            : Foretold.change(0);
      }
      case RotateSecret c -> changeOf(hooks, c.webhookId());
      case MoveWebhook c -> changeOf(hooks, c.webhookId());
      case DeleteWebhook c -> changeOf(hooks, c.webhookId());
      case AdvanceWebhook c -> Foretold.changeIf(isNews(hooks.live.get(c.webhookId()), c), 0, 0);
      case PauseWebhook c -> {
        Hook hook = hooks.live.get(c.webhookId());
        boolean isDue = hook != null && hook.state() == HookState.ACTIVE && hook.turn() == c.turn();
        yield Foretold.changeIf(isDue, 0, 0);
      }
      case ReadWebhook c ->
          hooks.live.containsKey(c.webhookId()) ? Foretold.read(0, 0) : missing(hooks);
      case ReadWebhooks c -> Foretold.read(0, hooks.changedAt());
    };
  }

  private static Foretold missing(Hooks hooks) {
    return Foretold.refusal(RefusalCode.NOT_FOUND, hooks.changedAt());
  }

  private static Foretold changeOf(Hooks hooks, long id) {
    return hooks.live.containsKey(id) ? Foretold.change(0) : missing(hooks);
  }

  private static Say said(MakeWebhook c) {
    return new Say(c.url(), c.eventTypes(), c.description());
  }

  // A place never goes back by itself; at the same one only the failing may be news.
  private static boolean isNews(@Nullable Hook hook, AdvanceWebhook c) {
    if (hook == null || hook.turn() != c.turn()) {
      return false;
    }
    int way = compare(c.place(), hook.place());
    return way > 0 || (way == 0 && c.failingSinceMs() != hook.failingSinceMs());
  }

  private static int compare(HookPlace one, HookPlace other) {
    int way = Long.compare(one.logPosition(), other.logPosition());
    return way == 0 ? Integer.compare(one.passed(), other.passed()) : way;
  }

  void applied(AuditedPartition book, WebhookEvent event, AuditContext context, long at) {
    Hooks hooks = book.hooks;
    Hook hook = hooks.live.get(event.webhookId());
    if (event instanceof WebhookMade e) {
      made(book, e, context, at);
    } else if (hook == null) {
      throw new SimFailure("an event about a webhook that is not there");
    } else if (event instanceof WebhookDeleted) {
      SimFailure.require(context.command instanceof DeleteWebhook, "deleted by nobody");
      book.remove(hooks.live, hook.id(), at);
      book.put(hooks.gone, hook.id(), new Gone(hook, at), at);
    } else {
      Hook now = changed(book, hook, event, context, at);
      book.put(hooks.live, hook.id(), now, at);
    }
    book.put(hooks.changed, "", at, at);
  }

  private static Hook changed(
      AuditedPartition book, Hook hook, WebhookEvent event, AuditContext context, long at) {
    return switch (context.command) {
      case ChangeWebhook c -> {
        Say say = hook.say().with(c);
        Boolean wanted = c.enabled();
        HookState state = hook.state();
        if (wanted != null) {
          state = wanted ? HookState.ACTIVE : HookState.DISABLED;
        }
        SimFailure.same(
            new WebhookChanged(hook.id(), say.url(), say.types(), say.description(), state),
            event,
            "a webhook as it is wanted");
        PauseReason why = state == HookState.PAUSED ? hook.reason() : PauseReason.NONE;
        yield hook.says(say, state, why, at);
      }
      case RotateSecret c -> {
        SecretRotated e = (SecretRotated) event;
        SimFailure.same(context.nowMs + c.graceMs(), e.beforeEndsAtMs(), "grace of a secret");
        drawn(book, e.secret(), hook.id(), at);
        yield hook.signs(e.secret(), e.beforeEndsAtMs(), at);
      }
      case MoveWebhook c -> {
        SimFailure.same(new WebhookMoved(hook.id(), c.place()), event, "where it goes on");
        yield hook.stands(c.place(), hook.turn() + 1, 0, at);
      }
      case AdvanceWebhook c -> {
        SimFailure.same(
            new WebhookAdvanced(hook.id(), c.place(), c.failingSinceMs()), event, "how far it is");
        yield hook.stands(c.place(), hook.turn(), c.failingSinceMs(), at);
      }
      case PauseWebhook c -> {
        SimFailure.same(new WebhookPaused(hook.id(), c.reason()), event, "why it waits");
        yield hook.says(hook.say(), HookState.PAUSED, c.reason(), at);
      }
      case null, default -> throw new SimFailure("a webhook that nobody changed: " + event);
    };
  }

  private static void made(AuditedPartition book, WebhookMade e, AuditContext context, long at) {
    Hooks hooks = book.hooks;
    long id = e.webhookId();
    SimFailure.require(
        context.command instanceof MakeWebhook c
            && e.equals(
                new WebhookMade(
                    id, c.url(), c.eventTypes(), c.description(), e.secret(), c.place())),
        "a webhook as it was asked for");
    SimFailure.require(
        !hooks.live.containsKey(id) && !hooks.gone.containsKey(id), "a webhook's id is new");
    drawn(book, e.secret(), id, at);
    Hook hook =
        new Hook(
            id,
            new Say(e.url(), e.eventTypes(), e.description()),
            HookState.ACTIVE,
            PauseReason.NONE,
            e.secret(),
            HookSecret.NONE,
            0,
            e.place(),
            0,
            0,
            context.nowMs,
            at);
    book.put(hooks.live, id, hook, at);
    context.madeId = id;
  }

  private static void drawn(AuditedPartition book, HookSecret secret, long id, long at) {
    SimFailure.require(
        !secret.equals(HookSecret.NONE) && !book.hooks.drawn.containsKey(secret),
        "a secret is drawn anew");
    book.put(book.hooks.drawn, secret, id, at);
  }

  Told told(AuditedPartition book, WebhookCommand command, AuditContext context) {
    Hooks hooks = book.hooks;
    return switch (command) {
      case MakeWebhook c -> shown(hooks.live.get(context.madeId));
      case ChangeWebhook c -> shown(hooks.live.get(c.webhookId()));
      case RotateSecret c -> shown(hooks.live.get(c.webhookId()));
      case MoveWebhook c -> shown(hooks.live.get(c.webhookId()));
      case ReadWebhook c -> shown(hooks.live.get(c.webhookId()));
      case DeleteWebhook c -> {
        Gone one = hooks.gone.get(c.webhookId());
        yield shown(one == null ? null : one.hook());
      }
      case ReadWebhooks c -> {
        List<Hook> expected =
            hooks.live.values().stream()
                .sorted(Comparator.comparingLong(Hook::id).reversed())
                .toList();
        yield new Told(
            answer -> {
              List<Webhook> all = ((WebhooksShown) answer).webhooks();
              SimFailure.same(expected, all.stream().map(AuditedHooks::read).toList(), "webhooks");
            },
            hooks.changedAt());
      }
      case AdvanceWebhook c -> noted();
      case PauseWebhook c -> noted();
    };
  }

  private static Told noted() {
    return new Told(answer -> SimFailure.require(answer instanceof Noted, "it is noted"), 0);
  }

  private static Told shown(@Nullable Hook hook) {
    if (hook == null) {
      throw new SimFailure("a webhook is shown that is not there");
    }
    return new Told(
        answer -> SimFailure.same(hook, read(((WebhookShown) answer).webhook()), "a webhook"),
        hook.at());
  }

  private static Hook read(Webhook shown) {
    return new Hook(
        shown.id(),
        new Say(shown.url(), shown.eventTypes(), shown.description()),
        shown.state(),
        shown.pauseReason(),
        shown.secret(),
        shown.before(),
        shown.beforeEndsAtMs(),
        shown.place(),
        shown.turn(),
        shown.failingSinceMs(),
        shown.madeAtMs(),
        shown.position());
  }

  /**
   * Compares what senders read with what they should, as far as somebody was told.
   *
   * @param told what rests on no later position is in force
   * @param durable what rests on a later position must not be
   */
  static void knock(AuditedPartition book, WebhookDirectory directory, long told, long durable) {
    Hooks hooks = book.hooks;
    for (Hook hook : hooks.live.values()) {
      if (hook.at() <= told) {
        Webhook found = directory.find(hook.id());
        SimFailure.require(
            found != null && hook.equals(read(found)),
            () -> "senders know " + found + " in place of " + hook);
      }
    }
    for (Webhook sent : directory.all()) {
      SimFailure.require(
          sent.position() <= durable, "senders know of a webhook before it is durable");
      SimFailure.require(
          hooks.live.containsKey(sent.id()) || hooks.endedAt(sent.id()) > told,
          "senders know a webhook that was deleted");
    }
  }
}
