// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Journal".
package io.hongbao.engine.journal;

import static io.hongbao.engine.journal.JournalBench.SMALL;
import static io.hongbao.engine.journal.JournalCounters.Trigger.AGE;
import static io.hongbao.engine.journal.JournalCounters.Trigger.CLOSE;
import static io.hongbao.engine.journal.JournalCounters.Trigger.IDLE;
import static io.hongbao.engine.journal.JournalCounters.Trigger.SIZE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hongbao.disk.FaultyDisk;
import io.hongbao.disk.FaultyDisk.Operation;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When a flush begins, in which order it is told, and what happens when it fails. */
class GroupCommitTest {

  private static final long WAIT_NS = SMALL.flushWaitNs();
  private static final long MARK_NS = SMALL.markAfterNs();

  private final FaultyDisk disk = new FaultyDisk(1);
  private JournalBench bench;

  @BeforeEach
  void open() throws IOException {
    bench = new JournalBench(disk, SMALL.withFlush(5, WAIT_NS, MARK_NS));
  }

  private JournalAppender lane(int index) {
    return bench.journal.appender(index);
  }

  private long flushes(JournalCounters.Trigger trigger) {
    return bench.journal.counters().flushes(trigger);
  }

  @Test
  void waitsForNothingWhenNoLoopIsInTheMiddleOfABatch() {
    lane(0).beginBatch();
    bench.append(0, "a");
    bench.append(0, "b");
    lane(0).endBatch();

    assertEquals(0, bench.journal.step());

    assertEquals(1, flushes(IDLE));
    assertEquals(2, bench.journal.durableSequence(0));
  }

  @Test
  void waitsForEveryLoopThatIsInTheMiddleOfABatch() {
    lane(0).beginBatch();
    lane(1).beginBatch();
    bench.append(0, "a");
    assertEquals(WAIT_NS, bench.journal.step());
    lane(0).endBatch();
    bench.nowNs += 50_000;
    assertEquals(WAIT_NS - 50_000, bench.journal.step());
    assertEquals(0, bench.journal.durableSequence(0));
    bench.append(1, "b");
    lane(1).endBatch();

    assertEquals(0, bench.journal.step());

    assertEquals(1, bench.journal.durableSequence(0));
    assertEquals(1, bench.journal.durableSequence(1));
    assertEquals(1, flushes(IDLE));
    assertEquals(1, bench.journal.counters().flushes());
  }

  @Test
  void waitsNoLongerThanTheFirstRecordMay() {
    lane(0).beginBatch();
    bench.append(0, "a");
    assertEquals(WAIT_NS, bench.journal.step());
    bench.nowNs += WAIT_NS - 1;
    bench.append(0, "b");
    assertEquals(1, bench.journal.step());
    bench.nowNs += 1;

    assertEquals(0, bench.journal.step());

    assertEquals(1, flushes(AGE));
    assertEquals(2, bench.journal.durableSequence(0));
  }

  @Test
  void flushesAtOnceWhenEnoughRecordsWait() {
    lane(0).beginBatch();
    for (int i = 0; i < 4; i++) {
      bench.append(0, "a");
      assertTrue(bench.journal.step() > 0);
    }
    bench.append(0, "the fifth");

    assertEquals(0, bench.journal.step());

    assertEquals(1, flushes(SIZE));
    assertEquals(5, bench.journal.durableSequence(0));
  }

  @Test
  void stopsWaitingForCompanyWhenNoneCame() {
    for (int i = 0; i < 8; i++) {
      bench.append(0, "lonely");
      bench.flush();
    }
    lane(0).beginBatch();
    lane(1).beginBatch();
    bench.append(0, "in the middle of a batch");

    assertEquals(0, bench.journal.step());

    assertEquals(9, bench.journal.durableSequence(0));
  }

  @Test
  void tellsEachLaneOnceAPositionIsPublished() {
    bench.append(1, "a");
    bench.append(0, "b");
    bench.append(3, "c");
    bench.flush();
    bench.append(1, "d");
    bench.flush();

    assertEquals(3, bench.woken.size());
    assertEquals(List.of(0, 1), bench.woken.subList(0, 2).stream().sorted().toList());
    assertEquals(1, bench.woken.get(2));
  }

  @Test
  void marksOnceWhenIdle() throws IOException {
    bench.append(0, "a");
    bench.flush();
    long position = bench.journal.durableLogPosition();
    assertEquals(MARK_NS, bench.journal.step());
    bench.nowNs += MARK_NS;

    assertEquals(0, bench.journal.step());

    assertEquals(position + 64, bench.journal.durableLogPosition());
    assertEquals(1, bench.journal.counters().marks());
    assertEquals(GroupCommit.UNTIL_WOKEN, bench.journal.step());
    bench.nowNs += 10 * MARK_NS;
    assertEquals(GroupCommit.UNTIL_WOKEN, bench.journal.step());
    disk.crash();
    assertEquals(position, reopened().journal.recovery().durablePosition());
  }

  @Test
  void marksNothingWhileRecordsCome() {
    for (int i = 0; i < 20; i++) {
      bench.append(0, "a");
      bench.flush();
      bench.nowNs += MARK_NS - 1;
    }

    assertEquals(0, bench.journal.counters().marks());
  }

  @Test
  void closingFlushesAndMarks() throws IOException {
    lane(0).beginBatch();
    bench.append(0, "a");
    bench.journal.close();

    assertEquals(1, flushes(CLOSE));
    assertEquals(1, bench.journal.durableSequence(0));
    JournalBench again = reopened();
    assertEquals(1, again.journal.durableSequence(0));
    assertEquals(
        again.journal.recovery().durablePosition() + 64, again.journal.recovery().endPosition());
  }

  @Test
  void publishesNothingAfterAFailedForce() throws IOException {
    failsAndStops(Operation.FORCE);
  }

  @Test
  void publishesNothingAfterAFailedWrite() throws IOException {
    failsAndStops(Operation.WRITE);
  }

  private void failsAndStops(Operation operation) throws IOException {
    bench.append(0, "safe");
    bench.flush();
    long position = bench.journal.durableLogPosition();
    bench.woken.clear();
    disk.fail(operation, 0);
    bench.append(0, "lost or not, nobody knows");
    bench.append(1, "the same");

    assertEquals(GroupCommit.UNTIL_WOKEN, bench.journal.step());

    assertNotNull(bench.failure);
    assertSame(bench.failure, bench.journal.failure());
    assertEquals(1, bench.journal.durableSequence(0));
    assertEquals(0, bench.journal.durableSequence(1));
    assertEquals(position, bench.journal.durableLogPosition());
    assertEquals(List.of(), bench.woken);
    assertFalse(lane(0).hasRoom(1, true));
    bench.append(0, "is ignored");
    bench.nowNs += MARK_NS;
    assertEquals(GroupCommit.UNTIL_WOKEN, bench.journal.step());
    assertEquals(1, bench.failures);
    assertThrows(IOException.class, () -> bench.journal.close());
    disk.crash();
    assertTrue(reopened().journal.durableSequence(0) >= 1);
  }

  @Test
  void aFullDiskStopsTheJournalWithAPlainSentence() throws IOException {
    disk.limitBytes(2L * SMALL.segmentBytes());
    while (bench.failure == null) {
      bench.append(0, "x".repeat(1000));
      bench.flush();
    }

    assertTrue(String.valueOf(bench.failure.getMessage()).contains("No space left"));
    long published = bench.journal.durableSequence(0);
    disk.limitBytes(Long.MAX_VALUE);
    disk.crash();
    assertTrue(reopened().journal.durableSequence(0) >= published);
  }

  private JournalBench reopened() throws IOException {
    return new JournalBench(disk, bench.settings);
  }
}
