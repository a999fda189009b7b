// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Webhooks".
package io.hongbao.webhook;

import io.hongbao.engine.Answer;
import java.util.List;

/** What is said about webhooks. */
public sealed interface WebhookAnswer extends Answer {

  /** One webhook as it is after the command; one that was deleted as it was before. */
  record WebhookShown(Webhook webhook) implements WebhookAnswer {}

  /** All webhooks, the newest first. */
  record WebhooksShown(List<Webhook> webhooks, long position) implements WebhookAnswer {
    public WebhooksShown {
      webhooks = List.copyOf(webhooks);
    }
  }

  /** Nobody waits for it. */
  record Noted() implements WebhookAnswer {}
}
