// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Webhooks".
package io.hongbao.delivery;

import io.hongbao.feed.FeedPlace;

/**
 * How one webhook gets on, at this moment.
 *
 * @param place everything before it was accepted
 * @param pending events read and not yet accepted
 * @param failingSinceMs since when the oldest of them has been refused; 0 when it has not
 * @param acceptedAtMs last time that one was accepted; 0 if never since the start
 */
public record HookProgress(
    FeedPlace place, int pending, int inFlight, long failingSinceMs, long acceptedAtMs) {}
