// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Events".
package io.hongbao.http;

import io.hongbao.feed.FeedPage;
import io.hongbao.feed.PageSize;
import io.hongbao.feed.PublicEvent;
import io.hongbao.model.RefusalCode;
import io.vertx.core.buffer.Buffer;

/** One page of events, waited for if need be. */
final class EventPoll extends EventWaiter {

  /** A page of the largest size with events of ordinary length. */
  private static final int PAGE_BYTES_MAX = 512 * 1024;

  private final Exchange exchange;
  private final PageSize size;
  private final long deadlineMs;
  private final boolean mayWait;
  private boolean isWaiting;

  EventPoll(EventHub hub, EventQuery query, Exchange exchange) {
    super(hub, query, exchange.principal());
    this.exchange = exchange;
    this.size = new PageSize(query.limit(), PAGE_BYTES_MAX);
    this.mayWait = query.waitMs() > 0;
    this.deadlineMs = hub.edge().monotonicMs() + query.waitMs();
  }

  @Override
  boolean canTake() {
    return !exchange.isDone();
  }

  @Override
  PageSize size() {
    return size;
  }

  @Override
  void take(FeedPage page) {
    boolean isOver = !page.events().isEmpty() || !mayWait || hub().edge().isDraining();
    if (isOver || hub().edge().monotonicMs() >= deadlineMs) {
      answer(page);
    } else if (!page.isAtEnd()) {
      read();
    } else if (isWaiting || enter()) {
      look();
    }
  }

  private boolean enter() {
    isWaiting = hub().enter(this);
    if (!isWaiting) {
      exchange.refuse(RefusalCode.OVERLOADED, "Too many readers wait for events.");
      return false;
    }
    exchange
        .request()
        .response()
        .closeHandler(
            ignored -> {
              leave();
              exchange.abandon();
            });
    return true;
  }

  private void answer(FeedPage page) {
    leave();
    hub().meters().countSent(page.events().size());
    Buffer buffer = Buffer.buffer("{\"items\":[");
    boolean isFirst = true;
    for (PublicEvent event : page.events()) {
      if (!isFirst) {
        buffer.appendByte((byte) ',');
      }
      isFirst = false;
      buffer.appendBytes(event.json());
    }
    buffer.appendString("],\"next_cursor\":\"").appendString(page.next().text());
    buffer.appendString("\",\"has_more\":").appendString(page.isAtEnd() ? "false" : "true");
    exchange.reply(200, buffer.appendString("}"));
  }

  private void leave() {
    isWaiting = false;
    hub().leave(this);
  }

  @Override
  void failed(Throwable cause) {
    leave();
    EventRoutes.refuse(exchange, cause);
  }

  @Override
  void tick(long nowMs) {
    if (nowMs >= deadlineMs) {
      end();
    } else {
      look();
    }
  }

  @Override
  void end() {
    exchange.guard(() -> answer(new FeedPage(java.util.List.of(), place(), true)));
  }

  @Override
  void revoked() {
    leave();
    exchange.refuse(RefusalCode.UNAUTHENTICATED, RefusalCode.UNAUTHENTICATED.sentence());
  }
}
