// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Read model".
package io.hongbao.export.sql;

import static io.hongbao.export.sql.ReadModelBench.get;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hongbao.export.ExportLimits;
import io.hongbao.export.ExportLoop;
import io.hongbao.export.ExportThread;
import io.hongbao.time.SystemTime;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a reader hears while the read model is behind, down, or being rebuilt. */
class ReadModelFailureTest {

  private static final long SEED = 31;
  private static final long USER = 10_001;
  private static Vertx vertx;

  @TempDir Path directory;

  private final RandomHistory history = new RandomHistory(SEED).live(200);

  @BeforeAll
  static void start() {
    vertx = Vertx.vertx();
  }

  @AfterAll
  static void stop() throws Exception {
    get(vertx.close());
  }

  private static Throwable failureOf(Future<?> future) {
    return assertThrows(ExecutionException.class, () -> get(future)).getCause();
  }

  @Test
  void isUnavailableBeforeItIsOpenAndAfterItIsClosed() throws Exception {
    try (ReadModelBench bench = new ReadModelBench(vertx, directory, history.source, 500)) {
      Throwable before = failureOf(bench.reads.packet(1));
      bench.drain();
      boolean isThere = get(bench.reads.packet(history.packets.getFirst().id)).isPresent();
      bench.loop.finish();
      Throwable after = failureOf(bench.reads.sent(USER, Period.ALWAYS, null, 3, null));

      assertInstanceOf(ReadModelUnavailableException.class, before);
      assertTrue(isThere);
      assertInstanceOf(ReadModelUnavailableException.class, after);
    }
  }

  @Test
  void isUnavailableWhileItIsRebuilt() throws Exception {
    try (ReadModelBench bench = new ReadModelBench(vertx, directory, history.source, 10)) {
      for (int i = 0; i < 5; i++) {
        bench.loop.step();
      }
      assertTrue(bench.loop.progress().confirmedLogPosition() > 0, "it has begun");

      // An id that it does hold, and a list that would be short.
      Throwable byId = failureOf(bench.reads.packet(history.packets.getFirst().id));
      Throwable list = failureOf(bench.reads.received(USER, Period.ALWAYS, null, 3, null));

      assertInstanceOf(ReadModelUnavailableException.class, byId);
      assertInstanceOf(ReadModelUnavailableException.class, list);
    }
  }

  @Test
  void saysAbsentOnlyWhenItHasCaughtUp() throws Exception {
    try (ReadModelBench bench = new ReadModelBench(vertx, directory, history.source, 500)) {
      bench.drain();
    }
    history.live(100);
    try (ReadModelBench bench = new ReadModelBench(vertx, directory, history.source, 5)) {
      bench.loop.step();
      bench.loop.step();

      Throwable unknown = failureOf(bench.reads.packet(4_711));
      boolean known = get(bench.reads.packet(history.packets.getFirst().id)).isPresent();
      bench.drain();
      boolean unknownLater = get(bench.reads.packet(4_711)).isPresent();

      assertInstanceOf(ReadModelUnavailableException.class, unknown);
      assertTrue(known);
      assertFalse(unknownLater);
    }
  }

  @Test
  void waitsForAPositionAndGivesUpAfterASecond() throws Exception {
    try (ReadModelBench bench = new ReadModelBench(vertx, directory, history.source, 500)) {
      bench.drain();
      int partition = RandomHistory.partitionOf(USER);
      long next = history.source.durableSequence(partition) + 1;
      MinPosition min = new MinPosition(partition, next);
      MinPosition never = new MinPosition(partition, next + 1_000_000);

      Future<Page<StatementEntry>> waiting =
          bench.reads.statement(USER, RandomHistory.CNY, null, 3, min);
      Future<Page<StatementEntry>> inVain =
          bench.reads.statement(USER, RandomHistory.CNY, null, 3, never);
      boolean wasEarly = waiting.isComplete();
      while (history.source.durableSequence(partition) < next) {
        history.live(1);
      }
      bench.drain();

      assertFalse(wasEarly);
      assertTrue(get(waiting).asOf().sequence() >= next);
      assertInstanceOf(ReadModelBehindException.class, failureOf(inVain));
      assertEquals(0, bench.loop.progress().waiting());
    }
  }

  private static boolean isAnswered(ReadModel reads, long id, List<Throwable> refusals)
      throws Exception {
    try {
      assertTrue(get(reads.packet(id)).isPresent(), "it existed before all this");
      return true;
    } catch (ExecutionException e) {
      refusals.add(e.getCause());
      return false;
    }
  }

  @Test
  void readersNeverHearAnythingWrongWhileTheFilesAreDeletedUnderLoad() throws Exception {
    SystemTime time = new SystemTime();
    try (ReadModelBench bench = new ReadModelBench(vertx, directory, history.source, 500)) {
      ExportLoop loop =
          new ExportLoop(
              history.source, bench.exporter, new ExportLimits(50, 1, 1, 10, 5, 1, 20), time);
      ReadModel reads = new ReadModel(vertx, bench.target, loop.progress(), loop::suspect);
      ExportThread thread = new ExportThread("export-load", loop, time).start();
      long id = history.packets.getFirst().id;
      int answers = 0;
      List<Throwable> refusals = new ArrayList<>();

      for (int deletions = 0; deletions < 3; deletions++) {
        // Until the loop has noticed and rebuilt, while records come and reads go on.
        for (int round = 0; round < 1_000 && loop.meters().rebuilds() <= deletions; round++) {
          history.live(2);
          thread.wake();
          answers += isAnswered(reads, id, refusals) ? 1 : 0;
        }
        while (!isAnswered(reads, id, refusals)) {
          get(vertx.timer(5));
        }
        answers++;
        Files.delete(directory.resolve(ReadModelBench.NAME + ".mv.db"));
      }
      for (int i = 0; i < 1_000 && loop.meters().rebuilds() < 4; i++) {
        history.live(1);
        thread.wake();
        get(vertx.timer(5));
      }
      boolean isDrained = thread.stop(20_000).get();

      assertTrue(isDrained);
      assertTrue(answers > 0, "reads between the losses");
      refusals.forEach(e -> assertInstanceOf(ReadModelUnavailableException.class, e));
      assertEquals(4, loop.meters().rebuilds(), "the first build and three after losses");
      try (ReadModelBench fresh =
          new ReadModelBench(vertx, directory.resolve("fresh"), history.source, 500)) {
        List<String> expected = fresh.drain().dump();
        assertEquals(expected, bench.dump());
      }
    }
  }
}
