// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Events".
package io.hongbao.feed.type;

import io.hongbao.feed.Template.Hidden;
import io.hongbao.webhook.WebhookCodec;
import io.hongbao.webhook.codec.SecretRotatedDecoder;
import io.hongbao.webhook.codec.WebhookAdvancedDecoder;
import io.hongbao.webhook.codec.WebhookChangedDecoder;
import io.hongbao.webhook.codec.WebhookDeletedDecoder;
import io.hongbao.webhook.codec.WebhookMadeDecoder;
import io.hongbao.webhook.codec.WebhookMovedDecoder;
import io.hongbao.webhook.codec.WebhookPausedDecoder;

/** Where events are sent is no event: else each delivery would make the next one. */
public final class WebhookFeed extends HiddenFeed {

  private static final String SETUP =
      "holds a secret or an address of a receiver; the audit shows it to those who may know";
  private static final String PROGRESS =
      "how far deliveries have come; shown, it would be delivered and make itself again";

  public WebhookFeed() {
    super(
        new WebhookCodec(),
        new Hidden(WebhookMadeDecoder.TEMPLATE_ID, SETUP),
        new Hidden(WebhookChangedDecoder.TEMPLATE_ID, SETUP),
        new Hidden(SecretRotatedDecoder.TEMPLATE_ID, SETUP),
        new Hidden(WebhookMovedDecoder.TEMPLATE_ID, SETUP),
        new Hidden(WebhookAdvancedDecoder.TEMPLATE_ID, PROGRESS),
        new Hidden(WebhookPausedDecoder.TEMPLATE_ID, PROGRESS),
        new Hidden(WebhookDeletedDecoder.TEMPLATE_ID, SETUP));
  }
}
