// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The gateway".
package io.hongbao.gateway;

import io.hongbao.feed.FeedBusyException;
import io.hongbao.feed.FeedPage;
import io.hongbao.feed.FeedPlace;
import io.hongbao.feed.PublicEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One user's events on one connection: live with all others, or reading for itself until it has
 * caught up. Nothing waits here: who cannot take more keeps its place and reads again later.
 *
 * <p><b>Thread:</b> the connection's loop.
 */
final class UserStream implements PrivateStream {

  private static final long AGAIN_MS = 100;

  private final PrivateHub hub;
  private final LiveConnection connection;
  private final long userId;
  private FeedPlace place;
  private boolean isForeign;
  private boolean isLive;
  private boolean isReading;
  private boolean isClosed;

  UserStream(PrivateHub hub, LiveConnection connection, long userId, FeedPlace place) {
    this.hub = hub;
    this.connection = connection;
    this.userId = userId;
    this.place = place;
    this.isForeign = true;
    this.isLive = place.equals(hub.place());
  }

  long userId() {
    return userId;
  }

  LiveConnection connection() {
    return connection;
  }

  @Override
  public String position() {
    return place.text();
  }

  /** Events of this user that all live streams hear of now. */
  void live(List<byte[]> items, FeedPlace upTo) {
    if (!isLive) {
      return;
    }
    if (!connection.isWritable()) {
      isLive = false;
      return;
    }
    place = upTo;
    connection.tell(new PrivatePage(upTo.text(), items));
  }

  /** From here on it reads for itself. */
  void fallsBehind() {
    isLive = false;
    read();
  }

  @Override
  public void read() {
    if (isLive || isReading || isClosed || !connection.isWritable()) {
      return;
    }
    if (hasCaughtUp()) {
      isLive = true;
      return;
    }
    FeedPage page = hub.feed().fromMemory(place, isForeign, hub.filter(), PrivateHub.SIZE);
    if (page != null) {
      take(page);
      return;
    }
    isReading = true;
    var unused =
        hub.feed()
            .fromFiles(place, hub.filter(), PrivateHub.SIZE)
            .whenComplete(
                (read, failure) -> hub.loop().eventLoop().execute(() -> fromFiles(read, failure)));
  }

  private boolean hasCaughtUp() {
    FeedPlace others = hub.place();
    return place.logPosition() == others.logPosition() && place.passed() == others.passed();
  }

  private void fromFiles(@Nullable FeedPage page, @Nullable Throwable failure) {
    isReading = false;
    if (isClosed) {
      return;
    }
    if (page != null) {
      take(page);
      return;
    }
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    if (cause instanceof FeedBusyException) {
      hub.loop().later(this::read, AGAIN_MS, TimeUnit.MILLISECONDS);
    } else {
      // A place that means nothing: from now on, and the client sees by the position that it is.
      connection.lostPlace();
      place = hub.place();
      isLive = true;
    }
  }

  private void take(FeedPage page) {
    isForeign = false;
    List<byte[]> own = new ArrayList<>();
    FeedPlace behind = page.next();
    for (PublicEvent event : page.events()) {
      if (event.userId() == userId) {
        own.add(event.json());
      }
    }
    place = behind;
    if (!own.isEmpty()) {
      connection.tell(new PrivatePage(behind.text(), own));
    }
    if (page.isAtEnd()) {
      goLive();
    } else {
      hub.loop().eventLoop().execute(this::read);
    }
  }

  // It may be further than the others, who have not been woken yet: they come to its place first.
  private void goLive() {
    if (hasCaughtUp()) {
      isLive = true;
    } else if (place.logPosition() > hub.place().logPosition()) {
      hub.catchUp();
      isLive = hasCaughtUp();
      if (!isLive) {
        hub.loop().later(this::read, AGAIN_MS, TimeUnit.MILLISECONDS);
      }
    } else {
      hub.loop().later(this::read, AGAIN_MS, TimeUnit.MILLISECONDS);
    }
  }

  @Override
  public void close() {
    isClosed = true;
    hub.close(this);
  }
}
