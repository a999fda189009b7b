// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Webhooks".
package io.hongbao.http;

import io.hongbao.delivery.Attempt;
import io.hongbao.delivery.HookProgress;
import io.hongbao.feed.FeedPlace;
import io.hongbao.webhook.HookState;
import io.hongbao.webhook.Webhook;

/**
 * Writes webhooks and their deliveries, in the contract's words.
 *
 * <p><b>Thread:</b> one event loop's.
 */
final class WebhookJson {

  private final EventParts events;

  WebhookJson(EventParts events) {
    this.events = events;
  }

  void webhook(JsonWriter json, Webhook webhook, long nowMs, boolean withSecret) {
    json.beginObject().name("id").id(webhook.id()).field("url", webhook.url());
    json.name("types").beginArray();
    for (String type : webhook.eventTypes().split(",", -1)) {
      json.value(type);
    }
    json.endArray();
    if (!webhook.description().isEmpty()) {
      json.field("description", webhook.description());
    }
    json.field("state", webhook.state().wireName());
    if (webhook.state() == HookState.PAUSED) {
      json.field("pause_reason", webhook.pauseReason().wireName());
    }
    if (withSecret) {
      json.field("secret", webhook.secret().text());
    }
    if (webhook.hasTwoSecrets(nowMs)) {
      json.name("previous_secret_ends_at").time(webhook.beforeEndsAtMs());
    }
    progress(json, webhook);
    json.name("created_at").time(webhook.madeAtMs());
    json.name("position").position(Webhook.PARTITION, webhook.position()).endObject();
  }

  private void progress(JsonWriter json, Webhook webhook) {
    HookProgress now = events.deliveries().progress(webhook.id());
    FeedPlace journaled =
        new FeedPlace(
            webhook.place().logPosition(),
            webhook.place().passed(),
            webhook.place().check(),
            webhook.place().logPosition());
    json.field("cursor", (now == null ? journaled : now.place()).text());
    json.field("pending", now == null ? 0 : now.pending());
    long failingSinceMs = now == null ? webhook.failingSinceMs() : now.failingSinceMs();
    if (failingSinceMs > 0) {
      json.name("failing_since").time(failingSinceMs);
    }
    if (now != null && now.acceptedAtMs() > 0) {
      json.name("last_accepted_at").time(now.acceptedAtMs());
    }
  }

  void attempt(JsonWriter json, Attempt attempt) {
    json.beginObject().field("event_id", attempt.eventId()).field("type", attempt.type());
    if (!attempt.subjectKind().isEmpty()) {
      json.name("subject").beginObject().field("kind", attempt.subjectKind());
      json.name("id").id(attempt.subjectId()).endObject();
    }
    json.field("attempt", attempt.number()).name("at").time(attempt.atMs());
    json.field("took_ms", attempt.tookMs()).field("accepted", attempt.isAccepted());
    if (attempt.status() > 0) {
      json.field("status", attempt.status());
    }
    if (!attempt.failure().isEmpty()) {
      json.field("failure", attempt.failure());
    }
    if (attempt.nextMs() > 0) {
      json.name("next_at").time(attempt.nextMs());
    }
    json.endObject();
  }
}
