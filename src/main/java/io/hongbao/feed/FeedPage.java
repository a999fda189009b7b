// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Events".
package io.hongbao.feed;

import java.util.List;

/**
 * Some events, in order.
 *
 * @param next behind everything that was looked at, wanted or not
 * @param isAtEnd whether nothing more was durable
 */
public record FeedPage(List<PublicEvent> events, FeedPlace next, boolean isAtEnd) {

  public FeedPage {
    events = List.copyOf(events);
  }
}
