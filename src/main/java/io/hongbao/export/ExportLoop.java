// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Read model".
package io.hongbao.export;

import io.hongbao.engine.journal.JournalReader;
import io.hongbao.time.TimeSource;
import java.io.IOException;
import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/**
 * Follows the journal for one exporter, at the exporter's pace.
 *
 * <p><b>Thread:</b> {@link #step}, {@link #finish} belong to one thread, which they may block; in
 * production that is an {@link ExportThread}. The rest is for every thread.
 *
 * <p><b>Durability:</b> what {@link #progress} shows to readers is committed; what it confirms, so
 * that the journal may forget it, is on the disk as well. After a crash the loop goes on at the
 * position that the target stored together with its rows.
 *
 * <p><b>Failure:</b> any failure closes target and journal cursor, and the next attempt follows
 * after a wait that doubles up to a limit. A lost target is discarded and rebuilt from the first
 * record that can still be read. Nothing is ever skipped.
 */
public final class ExportLoop {

  private static final System.Logger LOG = System.getLogger(ExportLoop.class.getName());
  private static final long NANOS_PER_MS = 1_000_000;
  private static final long PROGRESS_LOG_NANOS = 5_000 * NANOS_PER_MS;

  /**
   * After a commit the loop gathers rows for so many times as long. Each commit writes every page
   * of the database that it touched anew, so few large ones are less work, and less for the disk
   * that the journal uses.
   */
  private static final int REST_FACTOR = 4;

  private static final long REST_NANOS_MAX = 500 * NANOS_PER_MS;

  private final RecordSource source;
  private final Exporter exporter;
  private final ExportLimits settings;
  private final TimeSource time;
  private final ExportProgress progress;
  private final ExportMeters meters = new ExportMeters();

  private volatile ExportState state = ExportState.STARTING;
  private volatile String failure = "";
  private volatile boolean suspected;

  private @Nullable JournalReader reader;
  private @Nullable ExportPosition position;
  private long caughtUpLogPosition;
  private boolean mustDiscard;
  private long nextAttemptNanos;
  private long retryMs;
  private long commitDueNanos;
  private long positionDueNanos;
  private long syncDueNanos;
  private long committedLogPosition;
  private long checkDueNanos;
  private long logDueNanos;

  public ExportLoop(
      RecordSource source, Exporter exporter, ExportLimits settings, TimeSource time) {
    this.source = source;
    this.exporter = exporter;
    this.settings = settings;
    this.time = time;
    this.progress = new ExportProgress(source.partitionCount());
    this.retryMs = settings.retryMinMs();
    this.nextAttemptNanos = time.nanos();
  }

  public ExportProgress progress() {
    return progress;
  }

  public ExportMeters meters() {
    return meters;
  }

  /** How the loop is doing now. */
  public ExportStatus status() {
    long lagRecords = 0;
    long lagMs = 0;
    for (int partition = 0; partition < source.partitionCount(); partition++) {
      long behind = source.durableSequence(partition) - progress.exportedSequence(partition);
      lagRecords += Math.max(0, behind);
    }
    if (lagRecords > 0) {
      lagMs = Math.max(0, time.nowMs() - progress.newestTimeMs());
    }
    long lagBytes = Math.max(0, source.durableLogPosition() - progress.confirmedLogPosition());
    return new ExportStatus(state, lagRecords, lagBytes, lagMs, failure);
  }

  /** Somebody found the target damaged: the next step discards and rebuilds it. */
  public void suspect() {
    suspected = true;
  }

  /**
   * Does what is to be done now.
   *
   * @return 0 when there is more to do at once, else nanoseconds after which to call again unless
   *     something becomes durable before
   */
  public long step() {
    long now = time.nanos();
    if (position == null && now - nextAttemptNanos < 0) {
      return nextAttemptNanos - now;
    }
    try {
      return position == null ? open() : follow(position, now);
    } catch (TargetLostException e) {
      fail(String.valueOf(e.getMessage()), e);
      mustDiscard = true;
      progress.doubt(false);
    } catch (ExportFailedException | IOException e) {
      fail(String.valueOf(e.getMessage()), e);
    } catch (RuntimeException e) {
      fail("a record could not be exported: " + e, e);
    }
    return Math.max(1, nextAttemptNanos - time.nanos());
  }

  private long open() throws ExportFailedException, IOException {
    if (mustDiscard) {
      exporter.discard();
      mustDiscard = false;
    }
    suspected = false;
    long durable = source.durableLogPosition();
    ExportPosition stored = exporter.open(durable);
    requireNotAhead(stored, durable);
    long from = Math.max(stored.logPosition(), source.firstLogPosition());
    reader = source.readFrom(from);
    position = stored;
    caughtUpLogPosition = durable;
    long now = time.nanos();
    commitDueNanos = now;
    positionDueNanos = now + settings.positionIntervalMs() * NANOS_PER_MS;
    checkDueNanos = now + settings.checkIntervalMs() * NANOS_PER_MS;
    logDueNanos = now + PROGRESS_LOG_NANOS;
    // A process that ended may have left it to the system's cache.
    exporter.sync();
    committedLogPosition = stored.logPosition();
    syncDueNanos = now + settings.syncIntervalMs() * NANOS_PER_MS;
    progress.confirm(stored.logPosition());
    publish(stored);
    if (state == ExportState.REBUILDING) {
      meters.countRebuild();
      LOG.log(Level.INFO, "the read model is being rebuilt: {0} of {1} bytes", from, durable);
    }
    failure = "";
    return 0;
  }

  // An older journal under a newer target: rows may say what the journal does not know.
  private void requireNotAhead(ExportPosition stored, long durable) throws TargetLostException {
    boolean isAhead = stored.logPosition() > durable;
    for (int partition = 0; partition < source.partitionCount(); partition++) {
      isAhead |= stored.sequence(partition) > source.durableSequence(partition);
    }
    if (isAhead) {
      throw new TargetLostException("the read model is ahead of the journal");
    }
  }

  private long follow(ExportPosition at, long now) throws ExportFailedException, IOException {
    if (suspected) {
      throw new TargetLostException("the read model was found damaged by a reader");
    }
    if (now - checkDueNanos >= 0) {
      exporter.check();
      checkDueNanos = now + settings.checkIntervalMs() * NANOS_PER_MS;
    }
    boolean hasMore = take(at);
    boolean isFull = exporter.pendingRows() >= settings.batchRows();
    if (exporter.pendingRows() == 0) {
      // Nothing to write: the position alone may wait, since reading again gives nothing again.
      publish(at);
      storePositionWhenDue(at, now);
    } else if (isFull || now - commitDueNanos >= 0) {
      commit(at);
    }
    boolean isUnsynced = syncWhenDue(now);
    if (hasMore) {
      return 0;
    }
    long untilSync = isUnsynced ? syncDueNanos - now : Long.MAX_VALUE;
    long untilCommit = exporter.pendingRows() == 0 ? Long.MAX_VALUE : commitDueNanos - now;
    long untilLook = settings.checkIntervalMs() * NANOS_PER_MS;
    return Math.max(1, Math.min(untilSync, Math.min(untilCommit, untilLook)));
  }

  // Rows wait in the exporter until a commit is due, records are read on meanwhile.
  private boolean take(ExportPosition at) throws ExportFailedException, IOException {
    JournalReader open = reader;
    if (open == null) {
      return false;
    }
    for (int i = 0; i < settings.batchRows(); i++) {
      if (exporter.pendingRows() >= settings.batchRows()) {
        return true;
      }
      if (!open.next()) {
        // Else a journal that ends with a mark would never be drained.
        at.reached(open.nextLogPosition());
        return false;
      }
      requireNext(at, open);
      exporter.add(open);
      at.passed(open.partition(), open.sequence(), open.timeMs(), open.nextLogPosition());
      meters.countRecord();
    }
    return true;
  }

  // A gap would be rows that are missing for ever, so the target is not from this journal. The
  // first record of a partition may have any number: retention may have taken those before it.
  private static void requireNext(ExportPosition at, JournalReader record)
      throws ExportFailedException {
    long last = at.sequence(record.partition());
    if (last != 0 && record.sequence() != last + 1) {
      throw new TargetLostException(
          "partition "
              + record.partition()
              + " goes on at sequence "
              + record.sequence()
              + " after "
              + last);
    }
  }

  private void commit(ExportPosition at) throws ExportFailedException {
    int rows = exporter.pendingRows();
    long begun = time.nanos();
    exporter.commit(at);
    long ended = time.nanos();
    meters.countBatch(rows, ended - begun);
    committed(at, ended);
    long restNanos = Math.min(REST_NANOS_MAX, REST_FACTOR * (ended - begun));
    commitDueNanos = Math.max(commitDueNanos, ended + restNanos);
  }

  private void storePositionWhenDue(ExportPosition at, long now) throws ExportFailedException {
    if (at.logPosition() != committedLogPosition && now - positionDueNanos >= 0) {
      exporter.commit(at);
      committed(at, now);
    }
  }

  /** Whether something stays committed that is not forced to the disk. */
  private boolean syncWhenDue(long now) throws ExportFailedException {
    if (committedLogPosition == progress.confirmedLogPosition()) {
      return false;
    }
    if (now - syncDueNanos < 0) {
      return true;
    }
    exporter.sync();
    progress.confirm(committedLogPosition);
    syncDueNanos = time.nanos() + settings.syncIntervalMs() * NANOS_PER_MS;
    return false;
  }

  private void committed(ExportPosition at, long now) {
    committedLogPosition = at.logPosition();
    publish(at);
    commitDueNanos = now + settings.commitIntervalMs() * NANOS_PER_MS;
    positionDueNanos = now + settings.positionIntervalMs() * NANOS_PER_MS;
    retryMs = settings.retryMinMs();
    if (state == ExportState.REBUILDING && now - logDueNanos >= 0) {
      logDueNanos = now + PROGRESS_LOG_NANOS;
      LOG.log(
          Level.INFO,
          "the read model is being rebuilt: {0} of {1} bytes",
          at.logPosition(),
          at.completeFromLogPosition());
    }
  }

  private void publish(ExportPosition at) {
    boolean isWhole = at.logPosition() >= at.completeFromLogPosition();
    boolean isCaughtUp = isWhole && at.logPosition() >= caughtUpLogPosition;
    progress.publish(at, isWhole, isCaughtUp);
    if (isWhole && state == ExportState.REBUILDING) {
      LOG.log(Level.INFO, "the read model is rebuilt");
    }
    state = isWhole ? ExportState.FOLLOWING : ExportState.REBUILDING;
  }

  private void fail(String sentence, Exception cause) {
    boolean isNews = !sentence.equals(failure);
    failure = sentence;
    state = ExportState.DEGRADED;
    meters.countFailure();
    disconnect();
    progress.doubt(progress.isWhole());
    nextAttemptNanos = time.nanos() + retryMs * NANOS_PER_MS;
    retryMs = Math.min(retryMs * 2, settings.retryMaxMs());
    if (isNews) {
      LOG.log(Level.WARNING, "the read model is not written: " + sentence, cause);
    }
  }

  private void disconnect() {
    position = null;
    JournalReader open = reader;
    reader = null;
    exporter.close();
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        LOG.log(Level.DEBUG, "a journal cursor did not close", e);
      }
    }
  }

  /** Whether everything that is durable now is in the target. */
  public boolean isDrained() {
    return position != null && progress.confirmedLogPosition() >= source.durableLogPosition();
  }

  /** Lets the next step commit whatever is pending, rows or not, instead of waiting for company. */
  void hurry() {
    long now = time.nanos();
    commitDueNanos = now;
    positionDueNanos = now;
    syncDueNanos = now;
  }

  /** Ends for good; what is not committed is read again after the next start. */
  public void finish() {
    disconnect();
    state = ExportState.STOPPED;
  }
}
