// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The gateway".
package io.hongbao.gateway;

import io.hongbao.live.LogEntry;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the readers of a lane who come late get out of the log.
 *
 * <p><b>Thread:</b> the loop's.
 *
 * <p><b>Limit:</b> a frame is within the quarter of an outbox that is kept for one; a single entry
 * may be more.
 */
final class LanePast {

  private static final int PIECE_BYTES_MAX = 32 * 1024;
  private static final int SHED_READ_BYTES = 256 * 1024;
  private static final int REPLAYS = 8;

  private final LoopRoom room;
  private final int index;
  private final int pieceBytes;
  private final @Nullable Frame[] replays = new @Nullable Frame[REPLAYS];
  private int replayAt;

  LanePast(LoopRoom room, int index) {
    this.room = room;
    this.index = index;
    this.pieceBytes = Math.min(PIECE_BYTES_MAX, room.loop().limits().outboxBytes() / 4);
  }

  /**
   * The next piece of the log; null when the log has it no more. Many come back at once and from
   * the same place: each piece is encoded once.
   */
  @Nullable Frame after(long sequence, long last) {
    for (Frame known : replays) {
      if (known != null && known.from() == sequence + 1 && known.to() <= last) {
        return known;
      }
    }
    List<LogEntry> read =
        room.loop().logs().read(room.roomId(), sequence, pieceBytes).stream()
            .takeWhile(entry -> entry.sequence() <= last)
            .toList();
    if (read.isEmpty() || read.get(0).sequence() != sequence + 1) {
      return null;
    }
    Frame frame = frameOf(Moment.of(read, Wire.densityOf(index)));
    Frame old = replays[replayAt];
    if (old != null) {
      old.bytes().release();
    }
    replays[replayAt] = frame;
    replayAt = (replayAt + 1) % REPLAYS;
    return frame;
  }

  /**
   * What must not be lost of a range, as far as one frame's worth of it goes, and the count of the
   * rest; null when the log has it no more.
   */
  @Nullable Moment shed(long epoch, long after, long until) {
    List<LogEntry> kept = new ArrayList<>();
    long at = after;
    int keptBytes = 0;
    while (at < until && keptBytes < pieceBytes) {
      List<LogEntry> read = room.loop().logs().read(room.roomId(), at, SHED_READ_BYTES);
      if (read.isEmpty() || read.get(0).sequence() != at + 1) {
        return null;
      }
      for (LogEntry entry : read) {
        if (entry.sequence() > until || keptBytes >= pieceBytes) {
          break;
        }
        at = entry.sequence();
        if (Moment.isKept(entry)) {
          kept.add(entry);
          keptBytes += entry.entry().sizeBytes();
        }
      }
    }
    return Moment.shed(epoch, after + 1, at, kept);
  }

  /** Encodes something for a single reader; the bytes are the caller's. */
  Frame frameOf(Moment moment) {
    int count = (int) (moment.to() - moment.from() + 1);
    return new Frame(
        moment.from(),
        moment.to(),
        count,
        0,
        0,
        room.loop().encoder().encode(Wire.ofLane(index), room.roomId(), moment));
  }

  /** Lets go of what is kept. */
  void forget() {
    for (int i = 0; i < REPLAYS; i++) {
      Frame old = replays[i];
      if (old != null) {
        old.bytes().release();
        replays[i] = null;
      }
    }
  }
}
