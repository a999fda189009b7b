// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Events".
/**
 * The public event feed: what the journal holds, in its order, as other programs may see it.
 *
 * <p>A record's events become {@link io.hongbao.feed.PublicEvent}s by the {@link
 * io.hongbao.feed.EventCatalog}, which says of every template whether it is shown and how, or why
 * not. A {@link io.hongbao.feed.FeedPlace} names a place between two events by the log position of
 * its record; it never changes its meaning. {@link io.hongbao.feed.FeedTail} keeps the newest
 * events in memory, written once for all readers; whoever is further behind reads the files through
 * {@link io.hongbao.feed.FeedFiles}, on threads of its own and in bounded number.
 *
 * <p><b>Invariant:</b> only what is durable is shown, nothing is left out, and no secret of a
 * family leaves its journal here.
 *
 * <p>Imports the engine's events and journal and the families' events; knows no Vert.x and no SQL.
 */
@org.jspecify.annotations.NullMarked
package io.hongbao.feed;
