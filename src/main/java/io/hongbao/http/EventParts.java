// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Events".
package io.hongbao.http;

import io.hongbao.config.EventSettings;
import io.hongbao.config.WebhookSettings;
import io.hongbao.delivery.Deliveries;
import io.hongbao.feed.Feed;

/** What the routes of events and webhooks get from outside; shared by all edges. */
public record EventParts(
    Feed feed,
    EventSettings settings,
    EventMeters meters,
    Deliveries deliveries,
    WebhookSettings webhooks) {}
