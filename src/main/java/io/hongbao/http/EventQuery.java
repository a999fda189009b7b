// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Events".
package io.hongbao.http;

import io.hongbao.feed.Feed;
import io.hongbao.feed.FeedPlace;
import io.hongbao.feed.TypeFilter;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a reader of events asks for.
 *
 * @param waitMs how long to wait for the first event; a stream waits for ever
 */
record EventQuery(FeedPlace after, TypeFilter filter, int limit, long waitMs) {

  /** Instead of a cursor: only what comes from now on. */
  static final String LATEST = "latest";

  static final int LIMIT_MAX = 1_000;

  /** Below the time after which an answer is given up. */
  static final int WAIT_S_MAX = 25;

  private static final int LIMIT_DEFAULT = 100;
  private static final long MS_PER_S = 1_000;

  static EventQuery of(HttpServerRequest request, Feed feed, boolean isStream)
      throws BadRequestException {
    QueryReader query = QueryReader.of(request);
    String after = query.textOrNull("after");
    String types = query.textOrNull("types");
    int limit = query.integerOr("limit", 1, LIMIT_MAX, LIMIT_DEFAULT);
    int waitSeconds = query.integerOr("wait_s", 0, WAIT_S_MAX, 0);
    query.end();
    // A stream that was cut goes on where it was, whatever its address says.
    String last = isStream ? request.getHeader("Last-Event-ID") : null;
    FeedPlace place =
        last == null || last.isEmpty()
            ? place(after, "after", feed)
            : place(last, "Last-Event-ID", feed);
    return new EventQuery(place, filter(types, feed), limit, waitSeconds * MS_PER_S);
  }

  static FeedPlace place(@Nullable String text, String name, Feed feed) throws BadRequestException {
    if (text == null) {
      return FeedPlace.START;
    }
    FeedPlace place = text.equals(LATEST) ? feed.newest() : FeedPlace.parse(text);
    if (place == null) {
      throw BadRequestException.malformed(name, "must be a cursor or " + LATEST);
    }
    return place;
  }

  private static TypeFilter filter(@Nullable String types, Feed feed) throws BadRequestException {
    if (types == null) {
      return feed.catalog().everything();
    }
    TypeFilter filter = feed.catalog().filter(List.of(types.split(",", -1)));
    if (filter == null) {
      throw BadRequestException.malformed("types", "must name types of events, see /docs/events");
    }
    return filter;
  }
}
