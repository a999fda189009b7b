// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Events".
package io.hongbao.http;

import io.hongbao.feed.FeedPage;
import io.hongbao.feed.FeedPlace;
import io.hongbao.feed.PageSize;
import io.hongbao.feed.TypeFilter;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who reads events from a place on, at his own pace.
 *
 * <p>Asks for a page only when he can take one: from memory when it is there, else from the files.
 * Between two pages he holds nothing but his place.
 *
 * <p><b>Thread:</b> the loop of the connection.
 */
abstract class EventWaiter {

  private final EventHub hub;
  private final TypeFilter filter;
  private final Principal principal;
  private FeedPlace place;
  private boolean isForeign;
  private boolean isReading;

  EventWaiter(EventHub hub, EventQuery query, Principal principal) {
    this.hub = hub;
    this.filter = query.filter();
    this.place = query.after();
    this.isForeign = true;
    this.principal = principal;
  }

  /** Whether a page could be sent now. */
  abstract boolean canTake();

  abstract PageSize size();

  /** Sends a page, or waits for a better one. */
  abstract void take(FeedPage page);

  /** The page cannot be had. */
  abstract void failed(Throwable cause);

  abstract void tick(long nowMs);

  /** The server stops, or the peer has gone. */
  abstract void end();

  /** The key was taken back. */
  abstract void revoked();

  EventHub hub() {
    return hub;
  }

  Principal principal() {
    return principal;
  }

  FeedPlace place() {
    return place;
  }

  /** Asks for the next page, unless one is on its way. */
  final void read() {
    if (isReading || !canTake()) {
      return;
    }
    FeedPage page = hub.feed().fromMemory(place, isForeign, filter, size());
    if (page != null) {
      arrived(page);
      return;
    }
    isReading = true;
    var unused =
        hub.feed()
            .fromFiles(place, filter, size())
            .whenComplete((read, failure) -> hub.edge().onLoop(() -> fromFiles(read, failure)));
  }

  private void fromFiles(@Nullable FeedPage page, @Nullable Throwable failure) {
    isReading = false;
    if (page != null) {
      arrived(page);
    } else if (failure != null) {
      failed(
          failure instanceof CompletionException && failure.getCause() != null
              ? failure.getCause()
              : failure);
    }
  }

  private void arrived(FeedPage page) {
    place = page.next();
    isForeign = false;
    take(page);
  }

  /** There may be more. */
  final void look() {
    if (!isReading && canTake() && hub.feed().hasMoreThan(place)) {
      read();
    }
  }
}
