// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Journal".
package io.hongbao.engine.journal;

import io.hongbao.disk.Disk;
import io.hongbao.model.Check;
import java.io.IOException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The journal in segment files below {@code journal/}, with its archive below {@code archive/}.
 *
 * <p><b>Thread:</b> in production {@link #startThreads} gives it two threads of its own. Without
 * them whoever owns it calls {@link #step} and {@link #maintain}, as the simulator does.
 */
public final class LocalJournal implements Journal {

  private final Disk disk;
  private final JournalSettings settings;
  private final SegmentFiles files;
  private final SegmentCatalog catalog;
  private final SegmentArchiver archiver;
  private final DurablePositions positions;
  private final JournalCounters counters;
  private final Lane[] lanes;
  private final LogWriter log;
  private final GroupCommit commit;
  private final WriterSignal signal = new WriterSignal();
  private final RecoveryReport recovery;
  private volatile @Nullable JournalThreads threads;
  private volatile @Nullable Exception backgroundFailure;
  private boolean closed;

  private LocalJournal(
      Disk disk,
      JournalSettings settings,
      SegmentFiles files,
      JournalCounters counters,
      JournalRecovery.Result start,
      LongSupplier nanoClock,
      JournalListener listener) {
    this.disk = disk;
    this.settings = settings;
    this.files = files;
    this.counters = counters;
    this.catalog = start.catalog();
    this.recovery = start.report();
    this.positions = new DurablePositions(start.sequences(), start.position());
    this.archiver = new SegmentArchiver(disk, catalog, positions, counters);
    this.lanes = new Lane[settings.laneCount()];
    for (int i = 0; i < lanes.length; i++) {
      lanes[i] = new Lane(i, settings, positions, signal);
    }
    this.log =
        new LogWriter(files, catalog, settings, start.header(), start.file(), start.position());
    this.commit =
        new GroupCommit(lanes, log, positions, settings, counters, listener, signal, nanoClock);
  }

  /**
   * Recovers what the disk holds and opens it for appending.
   *
   * @param nanoClock monotonic nanoseconds
   * @throws JournalDamagedException if something that was durable cannot be read any more
   */
  public static LocalJournal open(
      Disk disk, JournalSettings settings, LongSupplier nanoClock, JournalListener listener)
      throws IOException {
    JournalCounters counters = new JournalCounters();
    SegmentFiles files = new SegmentFiles(disk, settings.segmentBytes(), counters);
    JournalRecovery.Result start = new JournalRecovery(disk, settings, files).run();
    return new LocalJournal(disk, settings, files, counters, start, nanoClock, listener);
  }

  /** Lets two threads do the work: one writes and forces, one prepares and archives segments. */
  public synchronized LocalJournal startThreads() {
    Check.that(threads == null && !closed, "journal threads are started once");
    threads = new JournalThreads(this, signal);
    threads.start();
    return this;
  }

  /**
   * One step of the writer: a flush, a mark or nothing.
   *
   * @return 0 if something was done; else nanoseconds until it must be called again at the latest
   */
  public long step() {
    return commit.step();
  }

  /** One step of the background work; false if there is nothing to do now. */
  public boolean maintain() throws IOException {
    try {
      boolean worked = files.prepare() || archiver.archiveOne();
      if (worked && !(backgroundFailure instanceof JournalDamagedException)) {
        backgroundFailure = null;
      }
      return worked;
    } catch (IOException | RuntimeException e) {
      // Damage stays known, since it is not looked at again.
      if (!(backgroundFailure instanceof JournalDamagedException)) {
        backgroundFailure = e;
      }
      counters.backgroundFailed();
      throw e;
    }
  }

  @Override
  public JournalAppender appender(int lane) {
    return lanes[lane];
  }

  @Override
  public long durableSequence(int partition) {
    return positions.sequence(partition);
  }

  @Override
  public long durableLogPosition() {
    return positions.logPosition();
  }

  @Override
  public JournalReader readFrom(long logPosition) throws IOException {
    if (logPosition > durableLogPosition()) {
      throw new IOException(
          "log position "
              + logPosition
              + " lies behind the end of the journal at "
              + durableLogPosition());
    }
    return new LogReader(disk, settings.directoryId(), catalog, positions, logPosition);
  }

  /** Where the oldest segment, live or archived, begins. */
  public long firstLogPosition() {
    return catalog.segments().get(0).basePosition();
  }

  /** Segments that are not archived, the newest included. */
  public int liveSegments() {
    return (int) catalog.segments().stream().filter(segment -> !segment.archived()).count();
  }

  @Override
  public void archiveBelow(long logPosition) {
    archiver.allowBelow(logPosition);
    JournalThreads running = threads;
    if (running != null) {
      running.wakeMaintenance();
    }
  }

  public JournalCounters counters() {
    return counters;
  }

  public RecoveryReport recovery() {
    return recovery;
  }

  /** Bytes that this lane appended and that are not durable yet. */
  public long waitingBytes(int lane) {
    return lanes[lane].waitingBytes();
  }

  /** What stopped the writer; null while all is well. */
  public @Nullable Throwable failure() {
    return commit.failure();
  }

  /**
   * Why preparing or archiving a segment does not succeed at the moment; null while all is well.
   * The journal goes on without; damage found in an old segment stays here.
   */
  public @Nullable Exception backgroundFailure() {
    return backgroundFailure;
  }

  @Override
  public synchronized void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    signal.close();
    if (threads != null) {
      threads.stop();
    }
    commit.finish();
    log.close();
    files.close();
    Throwable failure = commit.failure();
    if (failure != null) {
      throw new IOException("the journal had failed: " + failure.getMessage(), failure);
    }
  }
}
