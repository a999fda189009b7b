// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The gateway".
package io.hongbao.gateway;

import io.hongbao.session.SessionWatch;
import org.jspecify.annotations.Nullable;

/**
 * Who a connection belongs to, as long as the session lives.
 *
 * <p><b>Thread:</b> the connection's loop.
 */
final class Viewer {

  private final long userId;
  private final LiveConnection connection;
  private @Nullable SessionWatch watch;
  private @Nullable PrivateStream stream;
  private @Nullable Place place;

  Viewer(long userId, LiveConnection connection) {
    this.userId = userId;
    this.connection = connection;
  }

  long userId() {
    return userId;
  }

  void watchedBy(SessionWatch by) {
    watch = by;
  }

  void placedBy(Place by) {
    place = by;
  }

  void streams(PrivateStream of) {
    stream = of;
  }

  @Nullable PrivateStream stream() {
    return stream;
  }

  /** Its socket can take more. */
  void readOn() {
    PrivateStream of = stream;
    if (of != null) {
      of.read();
    }
  }

  /** The session is over. */
  void revoked() {
    connection.loop().meters().countRevoked();
    connection.end(CloseCode.REVOKED, "session ended");
  }

  void close() {
    SessionWatch by = watch;
    if (by != null) {
      by.close();
    }
    PrivateStream of = stream;
    if (of != null) {
      of.close();
    }
    Place taken = place;
    if (taken != null) {
      taken.close();
    }
  }
}
