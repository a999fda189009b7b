// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Live rooms".
package io.hongbao.http;

import io.hongbao.live.ChatLimits;
import io.hongbao.live.LiveRooms;
import io.hongbao.live.Moderators;
import io.hongbao.live.RoomHistory;

/**
 * The live rooms as the edge sees them.
 *
 * @param limits of what is said
 */
public record LiveParts(
    LiveRooms rooms, Moderators moderators, RoomHistory history, ChatLimits limits) {}
