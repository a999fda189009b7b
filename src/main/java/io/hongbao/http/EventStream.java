// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Events".
package io.hongbao.http;

import io.hongbao.feed.FeedBusyException;
import io.hongbao.feed.FeedPage;
import io.hongbao.feed.PageSize;
import io.hongbao.feed.PublicEvent;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/**
 * Events as they come, as server-sent events.
 *
 * <p>A peer that does not read gets no more pages: what waits for it is at most one page and the
 * socket's buffer. When it reads again it goes on at its place, from memory or from the files; when
 * it has taken nothing for {@code http.stall_timeout} it is cut off, and may come back with its
 * place.
 *
 * <p>Nothing is answered before the first page is there, so that a cursor that is not good is
 * refused like any other request.
 */
final class EventStream extends EventWaiter {

  private static final Logger LOG = System.getLogger(EventStream.class.getName());
  private static final CharSequence TYPE = HttpHeaders.createOptimized("text/event-stream");
  private static final PageSize SIZE = new PageSize(256, 64 * 1024);

  private final Exchange exchange;
  private final long heartbeatMs;
  private final long stallMs;
  private @Nullable HttpServerResponse response;
  private boolean isOver;
  private boolean mustRetry;
  private long wroteMs;

  EventStream(EventHub hub, EventQuery query, Exchange exchange) {
    super(hub, query, exchange.principal());
    this.exchange = exchange;
    this.stallMs = hub.edge().parts().http().stallTimeoutMs();
    this.heartbeatMs = hub.edge().parts().events().settings().heartbeatMs();
  }

  @Override
  boolean canTake() {
    HttpServerResponse open = response;
    return !isOver && (open == null ? !exchange.isDone() : !open.writeQueueFull());
  }

  @Override
  PageSize size() {
    return SIZE;
  }

  @Override
  void take(FeedPage page) {
    if (isOver || (response == null && exchange.isDone())) {
      end();
      return;
    }
    HttpServerResponse open = response == null ? begin() : response;
    if (isOver) {
      return;
    }
    if (!page.events().isEmpty()) {
      write(open, frames(page));
      hub().meters().countSent(page.events().size());
    }
    if (open.writeQueueFull()) {
      open.drainHandler(ignored -> more());
    } else if (!page.isAtEnd()) {
      // Others of this loop first.
      hub().edge().onLoop(this::read);
    } else {
      look();
    }
  }

  private void more() {
    if (hub().feed().hasMoreThan(place())) {
      read();
    }
  }

  private HttpServerResponse begin() {
    boolean isGone = exchange.request().response().closed();
    HttpServerResponse opened = exchange.stream(TYPE);
    response = opened;
    opened.setWriteQueueMaxSize(SIZE.bytesMax());
    opened.closeHandler(ignored -> end());
    opened.exceptionHandler(ignored -> end());
    if (isGone) {
      end();
    } else {
      write(opened, Buffer.buffer(":\nid: " + place().text() + "\n\n"));
    }
    return opened;
  }

  private Buffer frames(FeedPage page) {
    Buffer frames = Buffer.buffer();
    for (PublicEvent event : page.events()) {
      frames.appendString("id: ").appendString(event.place().text());
      frames.appendString("\nevent: ").appendString(event.type().name()).appendString("\ndata: ");
      frames.appendBytes(event.json()).appendString("\n\n");
    }
    return frames;
  }

  private void write(HttpServerResponse open, Buffer frame) {
    wroteMs = hub().edge().monotonicMs();
    // A peer that has gone is heard of by the close handler.
    open.write(frame);
  }

  @Override
  void failed(Throwable cause) {
    if (response == null) {
      isOver = true;
      hub().leave(this);
      EventRoutes.refuse(exchange, cause);
    } else if (cause instanceof FeedBusyException) {
      mustRetry = true;
    } else {
      LOG.log(Level.WARNING, "a stream of events ends: request " + exchange.requestId(), cause);
      end();
    }
  }

  @Override
  void tick(long nowMs) {
    HttpServerResponse open = response;
    if (open == null) {
      return;
    }
    if (!isOver && open.writeQueueFull() && nowMs - wroteMs > stallMs) {
      hub().edge().meters().countStalled();
      end();
      Connections.cut(exchange.request().connection());
      return;
    }
    if (mustRetry) {
      mustRetry = false;
      read();
    } else {
      look();
    }
    if (nowMs - wroteMs >= heartbeatMs && !isOver && !open.writeQueueFull()) {
      // The place moves on even when no event fits the filter.
      write(open, Buffer.buffer(":\nid: " + place().text() + "\n\n"));
    }
  }

  @Override
  void end() {
    if (isOver) {
      return;
    }
    isOver = true;
    hub().leave(this);
    HttpServerResponse open = response;
    if (open != null) {
      hub().edge().streamEnds(exchange.request().connection());
      if (!open.ended() && !open.closed()) {
        open.end();
      }
    } else {
      exchange.abandon();
    }
  }

  @Override
  void revoked() {
    end();
  }
}
