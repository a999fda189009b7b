// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Live rooms".
package io.hongbao.live;

import io.hongbao.live.RoomChange.EpochBegun;
import io.hongbao.time.TimeSource;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Begins later epochs, so that rooms can be forgotten: first the book has the epoch, then logs do.
 * A start after a crash so has a larger one than any that a client was told.
 *
 * <p><b>Thread:</b> any asks; it is told to the logs by the book's thread.
 *
 * <p><b>Failure:</b> a book that cannot keep it leaves everything as it is; rooms stay until it
 * can.
 */
public final class RoomEpochs {

  /** Between two epochs: each is a write that is forced to the disk. */
  static final long EVERY_MS = 60_000;

  private final LocalRoomLogs logs;
  private final RoomBook book;
  private final TimeSource time;
  private final AtomicBoolean isUnderWay = new AtomicBoolean();
  private volatile long begunMs = -EVERY_MS;

  public RoomEpochs(LocalRoomLogs logs, RoomBook book, TimeSource time) {
    this.logs = logs;
    this.book = book;
    this.time = time;
  }

  /** Asks for a later epoch; one at a time, and not too often. */
  public void next() {
    long nowMs = time.nowMs();
    if (nowMs - begunMs < EVERY_MS || !isUnderWay.compareAndSet(false, true)) {
      return;
    }
    begunMs = nowMs;
    long later = Math.max(nowMs, logs.epoch() + 1);
    var unused =
        book.save(new EpochBegun(later))
            .whenComplete(
                (done, failure) -> {
                  if (failure == null) {
                    logs.beginEpoch(later);
                  }
                  isUnderWay.set(false);
                });
  }
}
