// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Webhooks".
package io.hongbao.webhook;

import io.hongbao.engine.Stamp;
import io.hongbao.webhook.WebhookEvent.SecretRotated;
import io.hongbao.webhook.WebhookEvent.WebhookAdvanced;
import io.hongbao.webhook.WebhookEvent.WebhookChanged;
import io.hongbao.webhook.WebhookEvent.WebhookDeleted;
import io.hongbao.webhook.WebhookEvent.WebhookMade;
import io.hongbao.webhook.WebhookEvent.WebhookMoved;
import io.hongbao.webhook.WebhookEvent.WebhookPaused;

/** The only place where webhooks change. */
final class WebhookApplier {

  private final Webhooks state;

  WebhookApplier(Webhooks state) {
    this.state = state;
  }

  void apply(WebhookEvent event, Stamp stamp) {
    long position = stamp.position();
    switch (event) {
      case WebhookMade e -> made(e, stamp);
      case WebhookChanged e ->
          state.set(
              state
                  .known(e.webhookId())
                  .changed(
                      e.url(),
                      e.eventTypes(),
                      e.description(),
                      e.state(),
                      e.state() == HookState.PAUSED
                          ? state.known(e.webhookId()).pauseReason()
                          : PauseReason.NONE,
                      position));
      case SecretRotated e ->
          state.set(state.known(e.webhookId()).rotated(e.secret(), e.beforeEndsAtMs(), position));
      case WebhookMoved e -> {
        Webhook webhook = state.known(e.webhookId());
        state.set(webhook.at(e.place(), webhook.turn() + 1, 0, position));
      }
      case WebhookAdvanced e -> {
        Webhook webhook = state.known(e.webhookId());
        state.set(webhook.at(e.place(), webhook.turn(), e.failingSinceMs(), position));
      }
      case WebhookPaused e -> paused(e, position);
      case WebhookDeleted e -> state.remove(e.webhookId());
    }
  }

  private void made(WebhookMade e, Stamp stamp) {
    state.parts.ids().used(e.webhookId());
    state.set(
        new Webhook(
            e.webhookId(),
            e.url(),
            e.eventTypes(),
            e.description(),
            HookState.ACTIVE,
            PauseReason.NONE,
            e.secret(),
            HookSecret.NONE,
            0,
            e.place(),
            0,
            0,
            stamp.timeMs(),
            stamp.position()));
  }

  private void paused(WebhookPaused e, long position) {
    Webhook webhook = state.known(e.webhookId());
    state.set(
        webhook.changed(
            webhook.url(),
            webhook.eventTypes(),
            webhook.description(),
            HookState.PAUSED,
            e.reason(),
            position));
  }
}
