// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The gateway".
package io.hongbao.gateway;

import io.hongbao.feed.FeedPlace;
import io.hongbao.session.Session;
import io.netty.channel.EventLoop;
import org.jspecify.annotations.Nullable;

/**
 * Lets users in, and out when their session ends.
 *
 * <p><b>Thread:</b> the connection's loop.
 */
final class Admission {

  private final GatewayParts parts;
  private final Places places;
  private final Tickets tickets;

  Admission(GatewayParts parts, Places places, Tickets tickets) {
    this.parts = parts;
    this.places = places;
    this.tickets = tickets;
  }

  /** Lets the holder of a ticket in; false when the ticket is worth nothing. */
  boolean byTicket(LiveConnection connection, String ticket) {
    Session session = tickets.take(ticket);
    if (session == null) {
      return false;
    }
    let(connection, session);
    return true;
  }

  /** Lets somebody in whose token was looked at; ends the connection if there is no place. */
  boolean let(LiveConnection connection, Session session) {
    Place place = places.enter(session.userId());
    if (place == null) {
      connection.end(CloseCode.TOO_MANY, "too many connections of this user");
      return false;
    }
    Viewer viewer = new Viewer(session.userId(), connection);
    viewer.placedBy(place);
    connection.viewer(viewer);
    EventLoop loop = connection.loop().eventLoop();
    viewer.watchedBy(
        parts.sessions().watch(session, parts.time().nowMs(), () -> loop.execute(viewer::revoked)));
    return true;
  }

  /**
   * Begins the private stream of a connection that has a user.
   *
   * @param after a position of it, or empty for now
   * @return where it begins; null when the position is none
   */
  @Nullable String stream(LiveConnection connection, String after) {
    Viewer viewer = connection.viewer();
    FeedPlace place = after.isEmpty() ? null : FeedPlace.parse(after);
    if (viewer == null || (place == null && !after.isEmpty())) {
      return null;
    }
    PrivateStream before = viewer.stream();
    if (before != null) {
      before.close();
    }
    UserStream stream = connection.loop().privates().open(connection, viewer.userId(), place);
    viewer.streams(stream);
    return stream.position();
  }
}
