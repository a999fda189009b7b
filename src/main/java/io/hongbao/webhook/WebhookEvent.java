// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Webhooks".
package io.hongbao.webhook;

import io.hongbao.engine.Event;

/** What is journaled about webhooks. */
public sealed interface WebhookEvent extends Event {

  long webhookId();

  /** Events are sent there from that place on. */
  record WebhookMade(
      long webhookId,
      String url,
      String eventTypes,
      String description,
      HookSecret secret,
      HookPlace place)
      implements WebhookEvent {}

  /** All that was said of it, as it is from now on. */
  record WebhookChanged(
      long webhookId, String url, String eventTypes, String description, HookState state)
      implements WebhookEvent {}

  /** It has another secret; the one before ends at the given time. */
  record SecretRotated(long webhookId, HookSecret secret, long beforeEndsAtMs)
      implements WebhookEvent {}

  /** Somebody wants it to go on somewhere else. */
  record WebhookMoved(long webhookId, HookPlace place) implements WebhookEvent {}

  /** Everything up to that place was accepted; written now and then. */
  record WebhookAdvanced(long webhookId, HookPlace place, long failingSinceMs)
      implements WebhookEvent {}

  /** It waits for somebody to look. */
  record WebhookPaused(long webhookId, PauseReason reason) implements WebhookEvent {}

  /** Gone. */
  record WebhookDeleted(long webhookId) implements WebhookEvent {}
}
