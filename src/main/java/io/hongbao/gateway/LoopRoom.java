// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The gateway".
package io.hongbao.gateway;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One room on one loop: its lanes, as far as somebody reads them here.
 *
 * <p><b>Thread:</b> the loop's.
 */
final class LoopRoom {

  private final GatewayLoop loop;
  private final RoomHub hub;
  private final @Nullable Lane[] lanes = new Lane[Wire.LANES];
  private int memberCount;

  LoopRoom(GatewayLoop loop, RoomHub hub) {
    this.loop = loop;
    this.hub = hub;
  }

  GatewayLoop loop() {
    return loop;
  }

  RoomHub hub() {
    return hub;
  }

  long roomId() {
    return hub.roomId();
  }

  boolean isEmpty() {
    return memberCount == 0;
  }

  @Nullable Lane lane(int index) {
    return lanes[index];
  }

  Member join(LiveConnection connection, int laneIndex, Member.Start start) {
    Lane lane = lanes[laneIndex];
    if (lane == null) {
      lane = new Lane(this, laneIndex);
      lanes[laneIndex] = lane;
    }
    Member member = new Member(connection, this, lane, start);
    memberCount++;
    hub.came();
    connection.add(member);
    lane.join(member);
    return member;
  }

  /** Puts a user out who may not read here any more, also one whose lane has not begun yet. */
  void cutOff(long userId, CutOff why) {
    List<Member> found = new ArrayList<>();
    for (Lane lane : lanes) {
      if (lane != null) {
        lane.find(userId, found);
      }
    }
    found.forEach(member -> member.connection.cutOff(member, why));
  }

  void leave(Member member) {
    memberCount--;
    hub.went();
    Lane lane = member.lane;
    lane.leave(member);
    if (lane.isEmpty()) {
      lanes[lane.index()] = null;
    }
    if (memberCount == 0) {
      loop.forget(this);
    }
  }
}
