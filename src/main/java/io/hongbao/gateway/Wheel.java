// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The gateway".
package io.hongbao.gateway;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Who is to be looked at when: one list for each second, one timer for all connections of a loop.
 *
 * <p>Hearing from a client moves nothing; when its second has come it is asked how long it has been
 * silent, and put where it must be looked at next.
 *
 * <p><b>Thread:</b> the loop's.
 */
final class Wheel {

  /** Seconds; whoever is due later is looked at earlier, and put in again. */
  private static final int SPOKES = 128;

  private final GatewayLoop loop;
  private final @Nullable LiveConnection[] spokes = new LiveConnection[SPOKES];
  private int nowS = 1;
  private boolean isTurning;

  Wheel(GatewayLoop loop) {
    this.loop = loop;
  }

  /** Seconds since the wheel began to turn. */
  int nowS() {
    return nowS;
  }

  void put(LiveConnection connection, int inS) {
    remove(connection);
    int spoke = (nowS + Math.clamp(inS, 1, SPOKES - 1)) & (SPOKES - 1);
    LiveConnection first = spokes[spoke];
    connection.spoke = (byte) spoke;
    connection.wheelNext = first;
    connection.wheelPrevious = null;
    if (first != null) {
      first.wheelPrevious = connection;
    }
    spokes[spoke] = connection;
    if (!isTurning) {
      isTurning = true;
      loop.later(this::turn, 1, TimeUnit.SECONDS);
    }
  }

  void remove(LiveConnection connection) {
    if (connection.spoke < 0) {
      return;
    }
    LiveConnection next = connection.wheelNext;
    LiveConnection previous = connection.wheelPrevious;
    if (previous == null) {
      spokes[connection.spoke] = next;
    } else {
      previous.wheelNext = next;
    }
    if (next != null) {
      next.wheelPrevious = previous;
    }
    connection.spoke = -1;
    connection.wheelNext = null;
    connection.wheelPrevious = null;
  }

  /** All connections of the loop. */
  List<LiveConnection> all() {
    List<LiveConnection> all = new ArrayList<>();
    for (LiveConnection first : spokes) {
      for (LiveConnection at = first; at != null; at = at.wheelNext) {
        all.add(at);
      }
    }
    return all;
  }

  private void turn() {
    nowS++;
    int spoke = nowS & (SPOKES - 1);
    LiveConnection due = spokes[spoke];
    while (due != null) {
      remove(due);
      due.look(nowS);
      due = spokes[spoke];
    }
    loop.later(this::turn, 1, TimeUnit.SECONDS);
  }
}
