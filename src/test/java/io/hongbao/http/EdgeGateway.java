// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The gateway".
package io.hongbao.http;

import io.hongbao.gateway.Gateway;
import io.hongbao.gateway.GatewayLimits;
import io.hongbao.gateway.GatewayParts;
import io.hongbao.session.SessionDirectory;
import io.hongbao.time.SecureRandomness;
import io.hongbao.time.TimeSource;
import io.netty.channel.DefaultEventLoop;
import java.util.List;

/** A gateway for an edge without a server around it: nobody comes through it. */
final class EdgeGateway {

  private EdgeGateway() {}

  static GatewayDoor none(TimeSource time) {
    GatewayLimits limits =
        new GatewayLimits(1, 1, 1, 1, 256, 1, 16_384, 65_536, 1_000, 2_000, 1_000, 1_000, 0);
    GatewayParts parts =
        new GatewayParts(
            EdgeLive.none(time).rooms().logs(),
            new SessionDirectory(),
            (room, user) -> false,
            null,
            time,
            new SecureRandomness(),
            limits);
    return new GatewayDoor(new Gateway(parts, List.of(new DefaultEventLoop())), 0);
  }
}
