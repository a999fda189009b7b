// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Events".
package io.hongbao.http;

import io.hongbao.apikey.Scope;
import io.hongbao.feed.CursorUnknownException;
import io.hongbao.feed.FeedBusyException;
import io.hongbao.model.RefusalCode;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/**
 * What happened, in order, from any place on.
 *
 * <p><b>Thread:</b> one event loop's.
 */
final class EventRoutes {

  private static final Logger LOG = System.getLogger(EventRoutes.class.getName());
  private static final String STREAM_TYPE = "text/event-stream";

  private final EventParts parts;
  private final EventHub hub;

  EventRoutes(EdgeParts parts, EventHub hub) {
    this.parts = parts.events();
    this.hub = hub;
  }

  void addTo(RouteTable routes) {
    routes.add(
        Route.get(
            "/v1/events", Access.SERVICE_OR_SUPPORT.needing(Scope.EVENTS_READ), this::events));
  }

  private void events(Exchange exchange, Buffer body) throws BadRequestException {
    boolean isStream = isStream(exchange.request().getHeader(HttpHeaders.ACCEPT));
    EventQuery query = EventQuery.of(exchange.request(), parts.feed(), isStream);
    if (!isStream) {
      new EventPoll(hub, query, exchange).read();
      return;
    }
    EventStream stream = new EventStream(hub, query, exchange);
    if (hub.enter(stream)) {
      stream.read();
    } else {
      exchange.refuse(RefusalCode.OVERLOADED, "Too many streams of events are open.");
    }
  }

  // Whoever names the type wants it: browsers send it alone, and a page is never asked for by it.
  private static boolean isStream(@Nullable String accept) {
    return accept != null && accept.contains(STREAM_TYPE);
  }

  /** Answers why there is no page. */
  static void refuse(Exchange exchange, Throwable cause) {
    switch (cause) {
      case CursorUnknownException unknown ->
          exchange.refuse(RefusalCode.CURSOR_UNKNOWN, RefusalCode.CURSOR_UNKNOWN.sentence());
      case FeedBusyException busy ->
          exchange.refuse(RefusalCode.OVERLOADED, "Too many readers of old events wait.");
      case IOException unreadable -> {
        LOG.log(Level.WARNING, "old events cannot be read", unreadable);
        exchange.refuse(
            RefusalCode.READ_MODEL_UNAVAILABLE, RefusalCode.READ_MODEL_UNAVAILABLE.sentence());
      }
      default -> exchange.failed(cause);
    }
  }
}
