// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Journal".
package io.hongbao.engine.journal;

import io.hongbao.engine.journal.JournalCounters.Trigger;
import io.hongbao.model.Check;
import java.io.IOException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Decides when waiting records are written and forced together, and publishes what became durable.
 *
 * <p>One flush is in flight at a time; what arrives meanwhile rides on the next one. A flush is one
 * frame. It begins when
 *
 * <ul>
 *   <li>enough records wait ({@link Trigger#SIZE}), or
 *   <li>no loop is in the middle of a batch, so that nothing more is about to come, or the last
 *       flushes carried one record each, so that there is no company to wait for ({@link
 *       Trigger#IDLE}), or
 *   <li>the first record has waited long enough ({@link Trigger#AGE}).
 * </ul>
 *
 * <p>When nothing came for a while after a flush, a mark is written: it says that the last records
 * were durable, and so tells damage from a torn tail.
 *
 * <p><b>Thread:</b> one; in production the journal's own, in the simulator whoever steps.
 *
 * <p><b>Failure:</b> when a write or force fails, nothing of that flush is published, the listener
 * is told once, and {@link #step} does nothing any more.
 */
final class GroupCommit {

  /** Nothing to do until somebody appends. */
  static final long UNTIL_WOKEN = Long.MAX_VALUE;

  /** Flushes of one record after which nobody waits for company any more. */
  private static final int LONELY_FLUSHES = 8;

  private static final long NOT_WAITING = Long.MIN_VALUE;

  private final Lane[] lanes;
  private final LogWriter log;
  private final DurablePositions positions;
  private final JournalSettings settings;
  private final JournalCounters counters;
  private final JournalListener listener;
  private final WriterSignal signal;
  private final LongSupplier nanoClock;
  private final FrameBuilder frame;
  private final FlushedSequences flushed;
  private final boolean[] laneFlushed;

  private int firstLane;
  private int companyFlushes = LONELY_FLUSHES;
  private long waitingSinceNs = NOT_WAITING;
  private long lastFlushEndNs;
  private boolean marked = true;
  private volatile @Nullable Throwable failure;

  GroupCommit(
      Lane[] lanes,
      LogWriter log,
      DurablePositions positions,
      JournalSettings settings,
      JournalCounters counters,
      JournalListener listener,
      WriterSignal signal,
      LongSupplier nanoClock) {
    this.lanes = lanes;
    this.log = log;
    this.positions = positions;
    this.settings = settings;
    this.counters = counters;
    this.listener = listener;
    this.signal = signal;
    this.nanoClock = nanoClock;
    this.frame = new FrameBuilder(settings.directoryId(), settings.frameBytesMax());
    this.flushed = new FlushedSequences(settings.partitionCount());
    this.laneFlushed = new boolean[lanes.length];
  }

  /**
   * Flushes or marks if it is time to.
   *
   * @return 0 if it did so; else nanoseconds until it must be called again, unless somebody appends
   *     before
   */
  long step() {
    if (failure != null) {
      return UNTIL_WOKEN;
    }
    long nowNs = nanoClock.getAsLong();
    long waiting = waitingRecords();
    try {
      return waiting == 0 ? stepIdle(nowNs) : stepWaiting(waiting, nowNs);
    } catch (Throwable e) {
      fail(e);
      return UNTIL_WOKEN;
    }
  }

  private long stepIdle(long nowNs) throws IOException {
    if (marked) {
      return UNTIL_WOKEN;
    }
    long leftNs = settings.markAfterNs() - (nowNs - lastFlushEndNs);
    if (leftNs > 0) {
      return leftNs;
    }
    mark();
    return 0;
  }

  private long stepWaiting(long waiting, long nowNs) throws IOException {
    if (waitingSinceNs == NOT_WAITING) {
      waitingSinceNs = nowNs;
    }
    long leftNs = settings.flushWaitNs() - (nowNs - waitingSinceNs);
    if (waiting >= settings.flushRecords()) {
      flush(Trigger.SIZE, nowNs);
    } else if (companyFlushes == 0 || !anyBatchOpen()) {
      flush(Trigger.IDLE, nowNs);
    } else if (leftNs <= 0) {
      flush(Trigger.AGE, nowNs);
    } else {
      return leftNs;
    }
    return 0;
  }

  private long waitingRecords() {
    long sum = 0;
    for (Lane lane : lanes) {
      sum += lane.waitingRecords();
    }
    return sum;
  }

  private boolean anyBatchOpen() {
    for (Lane lane : lanes) {
      if (lane.isBatchOpen()) {
        return true;
      }
    }
    return false;
  }

  private void flush(Trigger trigger, long nowNs) throws IOException {
    signal.stayAwake();
    collect();
    if (frame.recordCount() == 0) {
      log.roll(positions.copyOfSequences());
      counters.rolled();
      collect();
      Check.that(frame.recordCount() > 0, "a record fits an empty segment");
    }
    int frameBytes = log.write(frame);
    publish();
    lastFlushEndNs = nanoClock.getAsLong();
    counters.flushed(trigger, frame.recordCount(), frameBytes, lastFlushEndNs - nowNs);
    companyFlushes = frame.recordCount() > 1 ? LONELY_FLUSHES : Math.max(0, companyFlushes - 1);
    signal.setWriterWantsCompany(companyFlushes > 0);
    marked = false;
    // What came during the flush came at its beginning, for all we know.
    waitingSinceNs = waitingRecords() == 0 ? NOT_WAITING : nowNs;
  }

  // Begins with another lane each time, so that none starves when the frame gets full.
  private void collect() {
    frame.begin(log.roomBytes());
    for (int i = 0; i < lanes.length; i++) {
      Lane lane = lanes[(firstLane + i) % lanes.length];
      if (lane.drainTo(frame, flushed) > 0) {
        laneFlushed[lane.index()] = true;
      }
    }
    firstLane = (firstLane + 1) % lanes.length;
  }

  // First what the loops ask for, then the word to come and ask.
  private void publish() {
    flushed.publishTo(positions);
    positions.publishLogPosition(log.position());
    for (Lane lane : lanes) {
      if (laneFlushed[lane.index()]) {
        laneFlushed[lane.index()] = false;
        lane.release();
        listener.onDurable(lane.index());
      }
    }
  }

  private void mark() throws IOException {
    long beginNs = nanoClock.getAsLong();
    if (log.roomBytes() < JournalLayout.FRAME_HEADER_BYTES) {
      log.roll(positions.copyOfSequences());
      counters.rolled();
    }
    frame.begin(JournalLayout.FRAME_HEADER_BYTES);
    int frameBytes = log.write(frame);
    positions.publishLogPosition(log.position());
    marked = true;
    // Whoever comes after a pause finds no company, and must wake the writer himself.
    companyFlushes = 0;
    signal.setWriterWantsCompany(false);
    counters.marked(frameBytes, nanoClock.getAsLong() - beginNs);
  }

  private void fail(Throwable cause) {
    failure = cause;
    signal.close();
    listener.onFailure(cause);
  }

  /** Flushes all that waits and marks it. Nobody appends any more. */
  void finish() {
    try {
      while (failure == null && waitingRecords() > 0) {
        flush(Trigger.CLOSE, nanoClock.getAsLong());
      }
      if (failure == null && !marked) {
        mark();
      }
    } catch (Throwable e) {
      fail(e);
    }
  }

  @Nullable Throwable failure() {
    return failure;
  }
}
