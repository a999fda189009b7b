// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Webhooks".
package io.hongbao.webhook;

import io.hongbao.engine.AuditFacts;
import io.hongbao.engine.Decision;
import io.hongbao.model.Check;
import io.hongbao.model.RefusalCode;
import io.hongbao.webhook.WebhookAnswer.Noted;
import io.hongbao.webhook.WebhookAnswer.WebhookShown;
import io.hongbao.webhook.WebhookAnswer.WebhooksShown;
import io.hongbao.webhook.WebhookCommand.AdvanceWebhook;
import io.hongbao.webhook.WebhookCommand.ChangeWebhook;
import io.hongbao.webhook.WebhookCommand.MakeWebhook;
import io.hongbao.webhook.WebhookCommand.MoveWebhook;
import io.hongbao.webhook.WebhookCommand.PauseWebhook;
import io.hongbao.webhook.WebhookCommand.RotateSecret;
import io.hongbao.webhook.WebhookEvent.SecretRotated;
import io.hongbao.webhook.WebhookEvent.WebhookAdvanced;
import io.hongbao.webhook.WebhookEvent.WebhookChanged;
import io.hongbao.webhook.WebhookEvent.WebhookDeleted;
import io.hongbao.webhook.WebhookEvent.WebhookMade;
import io.hongbao.webhook.WebhookEvent.WebhookMoved;
import io.hongbao.webhook.WebhookEvent.WebhookPaused;

/**
 * Makes webhooks, changes them, notes how far they have come.
 *
 * <p><b>Thread:</b> the partition's.
 */
final class WebhookDesk {

  private static final int SLOT = 0;

  private final Webhooks state;
  private final WebhookLimits limits;
  private final WebhookDirectory directory;

  WebhookDesk(Webhooks state, WebhookLimits limits, WebhookDirectory directory) {
    this.state = state;
    this.limits = limits;
    this.directory = directory;
  }

  void make(MakeWebhook c, Decision decision) {
    if (!areTexts(c.url(), c.eventTypes(), c.description())) {
      decision.refuse(RefusalCode.MALFORMED_REQUEST);
      return;
    }
    if (state.count() >= limits.countMax()) {
      decision.lookedAtEverything();
      decision.refuse(RefusalCode.WEBHOOK_LIMIT);
      return;
    }
    if (!state.parts.ids().hasNext(decision.nowMs())) {
      decision.refuse(RefusalCode.OVERLOADED);
      return;
    }
    long id = state.parts.ids().next(decision.nowMs(), SLOT);
    decision.emit(
        new WebhookMade(
            id,
            c.url(),
            c.eventTypes(),
            c.description(),
            HookSecret.make(decision.randomness()),
            c.place()));
    shown(id, AuditFacts.NONE, decision);
  }

  void change(ChangeWebhook c, Decision decision) {
    Webhook webhook = find(c.webhookId(), decision);
    if (webhook == null) {
      return;
    }
    String url = c.url() == null ? webhook.url() : c.url();
    String types = c.eventTypes() == null ? webhook.eventTypes() : c.eventTypes();
    String description = c.description() == null ? webhook.description() : c.description();
    HookState wanted = webhook.state();
    if (c.enabled() != null) {
      wanted = c.enabled() ? HookState.ACTIVE : HookState.DISABLED;
    }
    if (!areTexts(url, types, description)) {
      decision.refuse(RefusalCode.MALFORMED_REQUEST);
      return;
    }
    String before = facts(webhook);
    decision.emit(new WebhookChanged(webhook.id(), url, types, description, wanted));
    shown(webhook.id(), before, decision);
  }

  private boolean areTexts(String url, String types, String description) {
    return !url.isEmpty()
        && url.length() <= limits.urlCharsMax()
        && !types.isEmpty()
        && types.length() <= limits.typesCharsMax()
        && description.length() <= limits.descriptionCharsMax();
  }

  void rotate(RotateSecret c, Decision decision) {
    Check.that(c.graceMs() >= 0 && c.graceMs() <= RotateSecret.GRACE_MS_MAX, "grace of a secret");
    Webhook webhook = find(c.webhookId(), decision);
    if (webhook != null) {
      String before = facts(webhook);
      HookSecret secret = HookSecret.make(decision.randomness());
      decision.emit(new SecretRotated(webhook.id(), secret, decision.nowMs() + c.graceMs()));
      shown(webhook.id(), before, decision);
    }
  }

  void move(MoveWebhook c, Decision decision) {
    Webhook webhook = find(c.webhookId(), decision);
    if (webhook != null) {
      String before = facts(webhook);
      decision.emit(new WebhookMoved(webhook.id(), c.place()));
      shown(webhook.id(), before, decision);
    }
  }

  void advance(AdvanceWebhook c, Decision decision) {
    Webhook webhook = state.find(c.webhookId());
    boolean isNews =
        webhook != null
            && webhook.turn() == c.turn()
            && !webhook.place().isAfter(c.place())
            && (c.place().isAfter(webhook.place())
                || c.failingSinceMs() != webhook.failingSinceMs());
    if (isNews) {
      decision.emit(new WebhookAdvanced(c.webhookId(), c.place(), c.failingSinceMs()));
      publish(c.webhookId(), decision);
    }
    decision.answer(new Noted());
  }

  void pause(PauseWebhook c, Decision decision) {
    Webhook webhook = state.find(c.webhookId());
    if (webhook != null && webhook.isActive() && webhook.turn() == c.turn()) {
      decision.emit(new WebhookPaused(c.webhookId(), c.reason()));
      publish(c.webhookId(), decision);
    }
    decision.answer(new Noted());
  }

  void delete(long webhookId, Decision decision) {
    Webhook webhook = find(webhookId, decision);
    if (webhook != null) {
      decision.emit(new WebhookDeleted(webhookId));
      decision.audit("webhook:" + webhookId, facts(webhook), AuditFacts.NONE);
      decision.publish(() -> directory.remove(webhookId));
      decision.answer(new WebhookShown(webhook));
    }
  }

  void read(long webhookId, Decision decision) {
    Webhook webhook = find(webhookId, decision);
    if (webhook != null) {
      decision.looked(webhook.position());
      decision.answer(new WebhookShown(webhook));
    }
  }

  void readAll(Decision decision) {
    long position = decision.lookedAtEverything();
    decision.answer(new WebhooksShown(state.all(), position));
  }

  // That it is not there may rest on a deletion that is not durable yet.
  private @org.jspecify.annotations.Nullable Webhook find(long webhookId, Decision decision) {
    Webhook webhook = state.find(webhookId);
    if (webhook == null) {
      decision.lookedAtEverything();
      decision.refuse(RefusalCode.NOT_FOUND);
    }
    return webhook;
  }

  private void shown(long webhookId, String before, Decision decision) {
    Webhook webhook = publish(webhookId, decision);
    decision.audit("webhook:" + webhookId, before, facts(webhook));
    decision.answer(new WebhookShown(webhook));
  }

  // The webhook as it is now; a later change has its own publication behind this one.
  private Webhook publish(long webhookId, Decision decision) {
    Webhook webhook = state.known(webhookId);
    decision.publish(() -> directory.put(webhook));
    return webhook;
  }

  private static String facts(Webhook webhook) {
    return AuditFacts.of("url", webhook.url())
        .and("types", webhook.eventTypes())
        .and("description", webhook.description())
        .and("state", webhook.state().wireName())
        .and("log_position", webhook.place().logPosition())
        .text();
  }
}
