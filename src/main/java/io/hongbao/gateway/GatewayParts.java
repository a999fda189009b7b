// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The gateway".
package io.hongbao.gateway;

import io.hongbao.feed.Feed;
import io.hongbao.live.RoomLogs;
import io.hongbao.session.SessionDirectory;
import io.hongbao.time.Randomness;
import io.hongbao.time.TimeSource;
import org.jspecify.annotations.Nullable;

/**
 * What a gateway gets from outside.
 *
 * @param rooms who may read which room; user 0 is nobody
 * @param feed where private streams come from; null where there are none
 */
public record GatewayParts(
    RoomLogs logs,
    SessionDirectory sessions,
    Audience rooms,
    @Nullable Feed feed,
    TimeSource time,
    Randomness randomness,
    GatewayLimits limits) {

  /** Knows who may read a room. */
  @FunctionalInterface
  public interface Audience {
    boolean isInRoom(long roomId, long userId);
  }
}
