// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The gateway".
package io.hongbao.app;

import com.sun.management.UnixOperatingSystemMXBean;
import io.hongbao.config.Configuration;
import io.hongbao.config.GatewaySettings;
import io.hongbao.gateway.CutOff;
import io.hongbao.gateway.Gateway;
import io.hongbao.gateway.GatewayLimits;
import io.hongbao.gateway.GatewayParts;
import io.hongbao.room.RoomDirectory;
import io.hongbao.session.SessionDirectory;
import io.hongbao.time.SecureRandomness;
import io.hongbao.time.TimeSource;
import java.lang.management.ManagementFactory;

/** Makes the gateway of a server from its configuration. */
final class GatewayRuntime {

  /** Files of the journal, the read model, the jar, and whoever calls us by HTTP beside. */
  private static final int FILES_KEPT = 512;

  private GatewayRuntime() {}

  static Gateway start(
      Configuration configuration,
      EventLoops loops,
      LiveRuntime chat,
      SessionDirectory sessions,
      RoomDirectory rooms,
      FeedRuntime events,
      TimeSource time) {
    Gateway gateway =
        new Gateway(
            new GatewayParts(
                chat.parts().rooms().logs(),
                sessions,
                // Whoever is banned does not come in any more; who is in already is put out.
                (roomId, userId) ->
                    rooms.isInRoom(roomId, userId)
                        && !chat.parts().rooms().isBanned(roomId, userId),
                events.feed(),
                time,
                new SecureRandomness(),
                limits(configuration)),
            loops.nettyLoops());
    chat.parts().rooms().listen(new RoomLines(gateway));
    rooms.onLeave((roomId, userId) -> gateway.cutOff(roomId, userId, CutOff.NO_MEMBER));
    return gateway.start();
  }

  private static GatewayLimits limits(Configuration configuration) {
    GatewaySettings s = configuration.gateway();
    return new GatewayLimits(
        s.connectionsMax() == 0 ? byFiles(configuration) : s.connectionsMax(),
        s.perAddressMax(),
        s.perUserMax(),
        s.roomsMax(),
        s.messageBytesMax(),
        s.messagesPerSecond(),
        s.outboxBytes(),
        s.ringBytes(),
        s.pingMs(),
        s.idleMs(),
        s.helloMs(),
        s.presenceMs(),
        s.drainMs());
  }

  private static int byFiles(Configuration configuration) {
    boolean isUnix =
        ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean;
    long files =
        isUnix
            ? ((UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getMaxFileDescriptorCount()
            : Integer.MAX_VALUE;
    // At most half of the files are HTTP's.
    long http = Math.min(files / 2, configuration.http().connectionsMax());
    return Math.clamp(files - http - FILES_KEPT, 1, Integer.MAX_VALUE);
  }
}
