// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Webhooks".
package io.hongbao.webhook;

import io.hongbao.engine.Command;
import org.jspecify.annotations.Nullable;

/** What can be asked about webhooks, in {@link Webhook#PARTITION}. */
public sealed interface WebhookCommand extends Command {

  /** Three texts in UTF-8 and what stands around them. */
  int RECORD_BYTES_MAX = 8 * 1024;

  @Override
  default int schemaId() {
    return WebhookCodec.SCHEMA_ID;
  }

  @Override
  default int recordBytesMax() {
    return RECORD_BYTES_MAX;
  }

  /** Makes a webhook that begins at that place. */
  record MakeWebhook(String url, String eventTypes, String description, HookPlace place)
      implements WebhookCommand {}

  /**
   * Changes what is given, and leaves the rest.
   *
   * @param enabled true also wakes one that was paused
   */
  record ChangeWebhook(
      long webhookId,
      @Nullable String url,
      @Nullable String eventTypes,
      @Nullable String description,
      @Nullable Boolean enabled)
      implements WebhookCommand {}

  /**
   * Gives it another secret.
   *
   * @param graceMs how long the one before signs too
   */
  record RotateSecret(long webhookId, long graceMs) implements WebhookCommand {

    /** A week. */
    public static final long GRACE_MS_MAX = 7L * 86_400_000;
  }

  /** Lets it go on somewhere else, back or forth. */
  record MoveWebhook(long webhookId, HookPlace place) implements WebhookCommand {}

  /**
   * Tells how far it has come; nothing is written of one that was moved meanwhile or is gone.
   *
   * @param turn of the webhook when this was found out
   */
  record AdvanceWebhook(long webhookId, int turn, HookPlace place, long failingSinceMs)
      implements WebhookCommand {}

  /** Stops it until somebody has looked. */
  record PauseWebhook(long webhookId, int turn, PauseReason reason) implements WebhookCommand {}

  /** Ends it. */
  record DeleteWebhook(long webhookId) implements WebhookCommand {}

  /** Shows one. */
  record ReadWebhook(long webhookId) implements WebhookCommand {}

  /** Shows all of them. */
  record ReadWebhooks() implements WebhookCommand {}
}
