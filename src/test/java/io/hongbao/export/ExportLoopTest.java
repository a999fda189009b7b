// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Read model".
package io.hongbao.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hongbao.engine.EngineCodec;
import io.hongbao.engine.EngineEvent;
import io.hongbao.export.ScriptedExporter.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** One thread, one hand-moved clock: every step of the loop is taken by the test. */
class ExportLoopTest {

  private static final ExportLimits LIMITS = new ExportLimits(10, 40, 400, 1_000, 500, 100, 1_600);

  private final FakeSource source = new FakeSource(2);
  private final ScriptedExporter exporter = new ScriptedExporter(2);
  private final ManualTime time = new ManualTime();
  private final ExportLoop loop = new ExportLoop(source, exporter, LIMITS, time);
  private final List<String> appended = new ArrayList<>();

  private void append(int partition) {
    long sequence =
        source.append(
            partition,
            time.nowMs(),
            new FakeSource.Part(new EngineCodec(), new EngineEvent.KeysDropped(1)));
    appended.add(partition + ":" + sequence);
  }

  private void appendWithoutRows(int partition) {
    source.append(partition, time.nowMs());
  }

  /** Steps until the loop wants to wait, then lets that time pass, so many times. */
  private void run(int waits) {
    for (int i = 0; i < waits; i++) {
      long waitNanos = loop.step();
      for (int guard = 0; waitNanos == 0; guard++) {
        assertTrue(guard < 1_000, "the loop does not come to rest");
        waitNanos = loop.step();
      }
      time.advanceMs(Math.min(50, waitNanos / 1_000_000 + 1));
    }
  }

  @Test
  void exportsEveryRecordOnceInOrder() {
    for (int i = 0; i < 95; i++) {
      append(i % 2);
    }

    run(5);
    time.advanceMs(400);
    loop.step();

    assertEquals(appended, exporter.stored);
    assertEquals(48, loop.progress().exportedSequence(0));
    assertEquals(47, loop.progress().exportedSequence(1));
    assertEquals(source.durableLogPosition(), loop.progress().confirmedLogPosition());
    assertEquals(ExportState.FOLLOWING, loop.status().state());
    assertEquals(0, loop.status().lagRecords());
    assertTrue(loop.isDrained());
  }

  @Test
  void gathersRowsForOneCommitWhenTheyTrickle() {
    append(0);
    run(2);
    append(0);
    loop.step();
    int commitsBefore = exporter.commits;

    for (int i = 0; i < 5; i++) {
      append(0);
      loop.step();
      time.advanceMs(1);
    }
    int commitsMeanwhile = exporter.commits;
    long shownMeanwhile = loop.progress().exportedSequence(0);
    run(2);

    assertEquals(commitsBefore, commitsMeanwhile);
    assertEquals(2, shownMeanwhile);
    assertEquals(commitsBefore + 1, exporter.commits);
    assertEquals(appended, exporter.stored);
  }

  // Each time the disk is forced, the journal's next flush waits; so it is not done for each
  // commit.
  @Test
  void confirmsOnlyWhatIsForcedToTheDiskAndForcesSeldom() {
    run(2);
    int syncsBefore = exporter.syncs;
    for (int i = 0; i < 3; i++) {
      append(0);
      run(1);
    }
    long shown = loop.progress().exportedSequence(0);
    long confirmedMeanwhile = loop.progress().confirmedLogPosition();
    int syncsMeanwhile = exporter.syncs;

    time.advanceMs(400);
    loop.step();

    assertEquals(3, shown);
    assertTrue(confirmedMeanwhile < source.durableLogPosition());
    assertEquals(syncsBefore, syncsMeanwhile);
    assertEquals(syncsBefore + 1, exporter.syncs);
    assertEquals(source.durableLogPosition(), loop.progress().confirmedLogPosition());
    assertTrue(loop.isDrained());
  }

  @Test
  void showsNothingBeforeItsCommit() {
    append(0);
    exporter.faults.add(Fault.BEFORE_COMMIT);

    loop.step();
    loop.step();

    assertEquals(0, loop.progress().exportedSequence(0));
    assertEquals(ExportState.DEGRADED, loop.status().state());
    assertEquals("the commit failed", loop.status().failure());
    assertEquals(1, loop.status().lagRecords());
  }

  @Test
  void repeatsABatchWhoseCommitFailedOrWasUnheard() {
    for (int i = 0; i < 35; i++) {
      append(i % 2);
    }
    exporter.faults.addAll(
        List.of(Fault.NONE, Fault.BEFORE_COMMIT, Fault.AFTER_COMMIT, Fault.BEFORE_COMMIT));

    run(40);

    assertEquals(appended, exporter.stored);
    assertEquals(3, loop.meters().failures());
    assertEquals("", loop.status().failure());
    assertEquals(ExportState.FOLLOWING, loop.status().state());
  }

  @Test
  void waitsLongerAfterEachFailureUpToALimit() {
    exporter.isDown = true;
    append(0);

    List<Long> waitsMs = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      long waitNanos = loop.step();
      waitsMs.add(waitNanos / 1_000_000);
      time.advanceMs(waitNanos / 1_000_000);
    }
    exporter.isDown = false;
    run(3);

    assertEquals(List.of(100L, 200L, 400L, 800L, 1_600L, 1_600L, 1_600L), waitsMs);
    assertEquals(appended, exporter.stored);
  }

  @Test
  void tellsTheAgeOfWhatIsMissing() {
    append(0);
    run(2);
    exporter.isDown = true;
    exporter.faults.add(Fault.BEFORE_COMMIT);
    append(0);
    append(1);
    run(3);

    time.advanceMs(60_000);

    assertEquals(2, loop.status().lagRecords());
    assertTrue(loop.status().lagMs() >= 60_000, "age of the last exported record");
    assertTrue(loop.status().lagBytes() > 0);
  }

  @Test
  void rebuildsALostTargetFromTheBeginning() {
    for (int i = 0; i < 25; i++) {
      append(i % 2);
    }
    exporter.faults.addAll(List.of(Fault.NONE, Fault.NONE, Fault.LOST));

    loop.step();
    loop.step();
    loop.step();
    loop.step();
    boolean wholeAfterLoss = loop.progress().isWhole();
    run(10);

    assertFalse(wholeAfterLoss, "nothing may be read from a damaged target");
    assertEquals(1, exporter.discarded);
    assertEquals(appended, exporter.stored);
    assertTrue(loop.progress().isWhole());
    assertTrue(loop.progress().isCaughtUp());
  }

  @Test
  void noticesThatTheTargetHasDisappeared() {
    append(0);
    run(2);
    exporter.isGone = true;

    run(30);

    assertEquals(1, exporter.discarded);
    assertEquals(appended, exporter.stored);
  }

  @Test
  void rebuildsWhenAReaderFoundDamage() {
    append(0);
    run(2);

    loop.suspect();
    run(10);

    assertEquals(1, exporter.discarded);
    assertEquals(appended, exporter.stored);
  }

  @Test
  void isNotWholeWhileItRebuilds() {
    for (int i = 0; i < 25; i++) {
      append(0);
    }

    loop.step();
    loop.step();

    assertEquals(10, loop.progress().exportedSequence(0));
    assertFalse(loop.progress().isWhole());
    assertEquals(ExportState.REBUILDING, loop.status().state());
  }

  @Test
  void rebuildsATargetThatIsAheadOfTheJournal() {
    for (int i = 0; i < 5; i++) {
      append(0);
    }
    run(3);
    FakeSource older = source.firstRecords(3);
    ExportLoop second = new ExportLoop(older, exporter, LIMITS, time);

    for (int i = 0; i < 20; i++) {
      second.step();
      time.advanceMs(50);
    }

    assertEquals(List.of("0:1", "0:2", "0:3"), exporter.stored);
  }

  @Test
  void passesRecordsWithoutRowsAndStoresTheirPositionNowAndThen() {
    append(0);
    run(2);
    int commitsBefore = exporter.commits;
    for (int i = 0; i < 5; i++) {
      appendWithoutRows(1);
    }

    loop.step();
    long shownAtOnce = loop.progress().exportedSequence(1);
    int commitsAtOnce = exporter.commits;
    run(30);

    assertEquals(5, shownAtOnce);
    assertEquals(commitsBefore, commitsAtOnce);
    assertEquals(commitsBefore + 1, exporter.commits);
    assertEquals(source.durableLogPosition(), loop.progress().confirmedLogPosition());
  }

  // A journal that fell idle ends with a mark, behind its last record. The loop waited for a record
  // to end there, so that a rebuilt read model stayed "incomplete" for as long as nobody wrote.
  @Test
  void isCompleteAtAnEndThatIsNoRecord() {
    append(0);
    source.mark();

    run(30);

    assertTrue(loop.progress().isWhole());
    assertTrue(loop.isDrained());
    assertEquals(source.durableLogPosition(), loop.progress().confirmedLogPosition());
  }

  @Test
  void wakesWhoWaitsForAPosition() {
    AtomicInteger reached = new AtomicInteger();
    append(0);
    append(0);
    run(2);

    loop.progress().await(0, 2, reached::incrementAndGet);
    int reachedAtOnce = reached.get();
    loop.progress().await(0, 4, reached::incrementAndGet);
    ExportProgress.Waiter forgotten = loop.progress().await(1, 1, reached::incrementAndGet);
    append(0);
    run(2);
    int reachedTooEarly = reached.get();
    loop.progress().forget(forgotten);
    append(0);
    append(1);
    run(2);

    assertEquals(1, reachedAtOnce);
    assertEquals(1, reachedTooEarly);
    assertEquals(2, reached.get());
    assertNotNull(forgotten);
    assertEquals(0, loop.progress().waiting());
  }

  @Test
  void drainsBeforeItsThreadEnds() throws Exception {
    ExportLoop threaded =
        new ExportLoop(source, exporter, LIMITS, new io.hongbao.time.SystemTime());
    ExportThread thread =
        new ExportThread("export-test", threaded, new io.hongbao.time.SystemTime()).start();
    for (int i = 0; i < 500; i++) {
      append(i % 2);
      thread.wake();
    }

    boolean isDrained = thread.stop(10_000).get();

    assertTrue(isDrained);
    assertEquals(appended, exporter.stored);
    assertEquals(ExportState.STOPPED, threaded.status().state());
  }

  @Test
  void endsWithoutWaitingForATargetThatIsDown() throws Exception {
    exporter.isDown = true;
    append(0);
    ExportLoop threaded =
        new ExportLoop(source, exporter, LIMITS, new io.hongbao.time.SystemTime());
    ExportThread thread =
        new ExportThread("export-test", threaded, new io.hongbao.time.SystemTime()).start();

    boolean isDrained = thread.stop(60_000).get(10, java.util.concurrent.TimeUnit.SECONDS);

    assertFalse(isDrained);
  }
}
