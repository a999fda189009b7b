// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Live rooms".
package io.hongbao.live;

import io.hongbao.live.SayOutcome.Refused;
import io.hongbao.live.SayOutcome.Said;
import io.hongbao.model.RefusalCode;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * What people do in live rooms.
 *
 * <p><b>Thread:</b> any; outcomes are told on the room's owner loop.
 */
public final class LiveRooms {

  /** So many ids a millisecond before two starts could meet; 53 bits last until the year 2039. */
  private static final int IDS_PER_MS = 4_096;

  private final RoomLogs logs;
  private final AtomicLong ids;

  public LiveRooms(RoomLogs logs, long epoch) {
    this.logs = logs;
    this.ids = new AtomicLong(epoch * IDS_PER_MS);
  }

  public RoomLogs logs() {
    return logs;
  }

  /** Says something, lets it wait, or says why not. */
  public void say(Say say, Consumer<SayOutcome> told) {
    boolean isTaken =
        logs.append(
            say.roomId(),
            say.chat(ids.incrementAndGet()),
            entry -> told.accept(new Said(entry, false)));
    if (!isTaken) {
      told.accept(
          new Refused(RefusalCode.OVERLOADED, RefusalCode.OVERLOADED.sentence(), 1_000));
    }
  }
}
