// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The edge".
package io.hongbao.http;

import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The connections of one loop: how many there may be, and how long one may stay without asking.
 *
 * <p>Silence is measured in whole requests, not in bytes: a peer that drips the bytes of a header
 * one by one is as silent as one that sends none.
 *
 * <p><b>Thread:</b> the loop's.
 */
final class Connections {

  private final ConnectionLimit limit;
  private final EdgeMeters meters;
  private final IdentityHashMap<HttpConnection, Use> open = new IdentityHashMap<>();

  /** What is known of one connection. */
  static final class Use {
    private int underWay;
    private long begun;
    private long lastMs;

    /** Whether so many requests have begun, and all of them are answered. */
    boolean isQuietAfter(long requests) {
      return underWay == 0 && begun == requests;
    }

    void begins() {
      underWay++;
      begun++;
    }

    void ends(long nowMs) {
      underWay--;
      lastMs = nowMs;
    }
  }

  Connections(ConnectionLimit limit, EdgeMeters meters) {
    this.limit = limit;
    this.meters = meters;
  }

  /** Takes a new connection in, or closes it. */
  void opened(HttpConnection connection, long nowMs) {
    if (!limit.enter()) {
      meters.countConnectionRefused();
      connection.close();
      return;
    }
    var use = new Use();
    use.lastMs = nowMs;
    open.put(connection, use);
    connection.closeHandler(
        ignored -> {
          if (open.remove(connection) != null) {
            limit.leave();
          }
        });
  }

  /**
   * Closes a connection whatever still waits to be written to it. Its own {@code close} writes that
   * first, and a peer who reads nothing keeps it open for ever.
   *
   * <p><b>Thread:</b> the connection's loop.
   */
  static void cut(HttpConnection connection) {
    // From the handler next to the socket on: the others would flush first.
    var unused = ((ConnectionBase) connection).channel().pipeline().firstContext().close();
  }

  /**
   * Cuts a connection after an answer that was written in this turn: what the system takes of it
   * still goes out, what the peer leaves lying does not.
   *
   * <p><b>Thread:</b> the connection's loop.
   */
  static void cutAfterAnswer(HttpConnection connection) {
    // While requests are read, answers are written out at the end of the turn.
    ((ConnectionBase) connection).channel().eventLoop().execute(() -> cut(connection));
  }

  /** It is no HTTP connection any more, and somebody else's. */
  void cedes(HttpConnection connection) {
    if (open.remove(connection) != null) {
      limit.leave();
    }
  }

  void begins(HttpConnection connection) {
    Use use = open.get(connection);
    if (use != null) {
      use.begins();
    }
  }

  void ends(HttpConnection connection, long nowMs) {
    @Nullable Use use = open.get(connection);
    if (use != null) {
      use.ends(nowMs);
    }
  }

  /** What is known of a connection; null when it was not let in, or is somebody else's. */
  @Nullable Use of(HttpConnection connection) {
    return open.get(connection);
  }

  /** Closes what has asked nothing for so long. */
  void sweep(long nowMs, long idleMsMax) {
    List<HttpConnection> silent = new ArrayList<>();
    open.forEach(
        (connection, use) -> {
          if (use.underWay == 0 && nowMs - use.lastMs > idleMsMax) {
            silent.add(connection);
          }
        });
    // Closing changes the map.
    for (HttpConnection connection : silent) {
      meters.countConnectionSwept();
      cut(connection);
    }
  }

  int count() {
    return open.size();
  }
}
