// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The gateway".
package io.hongbao.gateway;

import io.hongbao.feed.Feed;
import io.hongbao.feed.FeedPage;
import io.hongbao.feed.FeedPlace;
import io.hongbao.feed.PageSize;
import io.hongbao.feed.PublicEvent;
import io.hongbao.feed.TypeFilter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.agrona.collections.Long2ObjectHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The private streams of one loop: reads the feed once for all who are at its end.
 *
 * <p><b>Thread:</b> the loop's; the feed wakes it from its own.
 *
 * <p><b>Invariant:</b> a stream that is live has heard of everything up to {@link #place}.
 */
final class PrivateHub {

  static final PageSize SIZE = new PageSize(256, 64 * 1024);

  /** What concerns one person: money that moves, and what is set aside of it. */
  private static final List<String> TYPES =
      List.of(
          "red_packet.sent",
          "red_packet.created",
          "red_packet.reserved",
          "red_packet.opened",
          "red_packet.credited",
          "red_packet.credit_suspended",
          "red_packet.refunded",
          "account.topped_up",
          "account.reversed",
          "hold.*");

  private final GatewayLoop loop;
  private final Feed feed;
  private final TypeFilter filter;
  private final AtomicBoolean isWoken = new AtomicBoolean();
  private final Runnable listener = this::wake;
  private final Long2ObjectHashMap<List<UserStream>> streams = new Long2ObjectHashMap<>();
  private FeedPlace place;
  private boolean isListening;

  PrivateHub(GatewayLoop loop, Feed feed) {
    this.loop = loop;
    this.feed = feed;
    TypeFilter known = feed.catalog().filter(TYPES);
    if (known == null) {
      throw new IllegalStateException("a type of the private stream is unknown");
    }
    this.filter = known;
    this.place = feed.newest();
  }

  Feed feed() {
    return feed;
  }

  TypeFilter filter() {
    return filter;
  }

  GatewayLoop loop() {
    return loop;
  }

  /** Up to where those who are live have heard. */
  FeedPlace place() {
    return place;
  }

  /** Opens a stream behind a place; null begins now. */
  UserStream open(LiveConnection connection, long userId, @Nullable FeedPlace after) {
    if (streams.isEmpty()) {
      // Nobody needed what happened meanwhile.
      place = feed.newest();
    }
    UserStream stream = new UserStream(this, connection, userId, after == null ? place : after);
    streams.computeIfAbsent(userId, id -> new ArrayList<>(2)).add(stream);
    if (!isListening) {
      isListening = true;
      feed.listen(listener);
      // What became durable between the look and this word would else wait for the next event.
      wake();
    }
    return stream;
  }

  /** Says something to a user that passes by and is not kept. */
  void note(long userId, byte[] json) {
    List<UserStream> own = streams.get(userId);
    if (own != null) {
      // A connection that ends by this leaves the list.
      List.copyOf(own).forEach(stream -> stream.connection().note(json));
    }
  }

  void close(UserStream stream) {
    List<UserStream> own = streams.get(stream.userId());
    if (own != null && own.remove(stream) && own.isEmpty()) {
      streams.remove(stream.userId());
    }
    if (streams.isEmpty() && isListening) {
      isListening = false;
      feed.forget(listener);
    }
  }

  // One step on the loop, however often the feed calls before it runs.
  private void wake() {
    if (!isWoken.get() && isWoken.compareAndSet(false, true)) {
      loop.eventLoop().execute(this::look);
    }
  }

  private void look() {
    isWoken.set(false);
    catchUp();
  }

  /** Reads what there is. */
  void catchUp() {
    if (streams.isEmpty() || !feed.hasMoreThan(place)) {
      return;
    }
    FeedPage page = feed.fromMemory(place, false, filter, SIZE);
    if (page == null) {
      // Further behind than memory goes: everybody reads for himself from here on.
      place = feed.newest();
      streams.values().forEach(own -> List.copyOf(own).forEach(UserStream::fallsBehind));
      return;
    }
    place = page.next();
    Map<UserStream, List<byte[]>> pages = new HashMap<>();
    for (PublicEvent event : page.events()) {
      List<UserStream> own = event.userId() == 0 ? null : streams.get(event.userId());
      if (own != null) {
        own.forEach(
            stream -> pages.computeIfAbsent(stream, s -> new ArrayList<>()).add(event.json()));
      }
    }
    pages.forEach((stream, items) -> stream.live(items, place));
    if (!page.isAtEnd()) {
      wake();
    }
  }
}
