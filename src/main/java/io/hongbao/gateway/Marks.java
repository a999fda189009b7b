// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The gateway".
package io.hongbao.gateway;

import io.hongbao.live.AppendHandler;
import io.hongbao.live.RoomEntry.Presence;
import java.util.Collection;
import java.util.concurrent.TimeUnit;

/**
 * Puts a mark into the log of each room whose number of readers has changed: one for all who came
 * and went since the last, never one for each.
 *
 * <p><b>Thread:</b> one loop's.
 */
final class Marks {

  private final GatewayLoop loop;
  private final Collection<RoomHub> hubs;

  Marks(GatewayLoop loop, Collection<RoomHub> hubs) {
    this.loop = loop;
    this.hubs = hubs;
  }

  void start() {
    loop.later(this::look, loop.limits().presenceMs(), TimeUnit.MILLISECONDS);
  }

  private void look() {
    for (RoomHub hub : hubs) {
      Presence mark = hub.presence();
      // Whether there is room for it in the owner's queue matters to nobody: there will be another.
      boolean unused = mark != null && loop.logs().append(hub.roomId(), mark, AppendHandler.NOBODY);
    }
    start();
  }
}
