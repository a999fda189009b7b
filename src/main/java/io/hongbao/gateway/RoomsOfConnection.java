// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The gateway".
package io.hongbao.gateway;

import io.netty.channel.ChannelInboundHandlerAdapter;
import org.jspecify.annotations.Nullable;

/**
 * Who a connection belongs to, and the rooms that it is in: a list without a list, since most are
 * in one.
 *
 * <p><b>Thread:</b> the channel's loop.
 */
abstract class RoomsOfConnection extends ChannelInboundHandlerAdapter {

  private @Nullable Member members;
  private @Nullable Viewer viewer;
  private int memberCount;

  /** The user may not read a room any more; who reads one room only has nothing left. */
  abstract void cutOff(Member member, CutOff why);

  final @Nullable Viewer viewer() {
    return viewer;
  }

  final void viewer(@Nullable Viewer who) {
    viewer = who;
  }

  final long userId() {
    Viewer who = viewer;
    return who == null ? 0 : who.userId();
  }

  final int memberCount() {
    return memberCount;
  }

  /** How many read the room that it is in. */
  final long watching() {
    Member first = members;
    return first == null ? 0 : first.room.hub().members();
  }

  /** Puts a user who has just come out of the rooms that he may not read. */
  final void leaveForbidden(Gateway gateway) {
    Member at = members;
    while (at != null) {
      Member next = at.nextOfConnection;
      if (!gateway.mayRead(at.room.roomId(), userId())) {
        cutOff(at, CutOff.NO_MEMBER);
      }
      at = next;
    }
  }

  final @Nullable Member member(long roomId) {
    for (Member at = members; at != null; at = at.nextOfConnection) {
      if (at.room.roomId() == roomId) {
        return at;
      }
    }
    return null;
  }

  final void add(Member member) {
    member.nextOfConnection = members;
    members = member;
    memberCount++;
  }

  final void leave(Member member) {
    Member before = null;
    for (Member at = members; at != null; at = at.nextOfConnection) {
      if (at == member) {
        if (before == null) {
          members = at.nextOfConnection;
        } else {
          before.nextOfConnection = at.nextOfConnection;
        }
        memberCount--;
        member.room.leave(member);
        return;
      }
      before = at;
    }
  }

  /** Its socket can take more. */
  final void readOn() {
    for (Member at = members; at != null; at = at.nextOfConnection) {
      at.lane.catchUp(at);
    }
    Viewer who = viewer;
    if (who != null) {
      who.readOn();
    }
  }

  /** Takes leave of everything. */
  final void leaveAll() {
    while (members != null) {
      leave(members);
    }
    Viewer who = viewer;
    if (who != null) {
      who.close();
    }
  }
}
