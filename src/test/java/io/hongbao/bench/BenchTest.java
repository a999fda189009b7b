// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Benchmarks".
package io.hongbao.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Benchmarks that need no server, for a moment each: they run, and count what they say. */
class BenchTest {

  @TempDir private Path directory;

  private BenchOptions tiny(int batch, Shape shape) {
    return new BenchOptions(
        directory,
        1,
        0.1,
        2_000,
        20,
        50,
        1,
        256,
        batch,
        8,
        shape,
        0.05,
        Set.of(),
        directory,
        ignored -> {});
  }

  @Test
  void theEngineBenchmarkCountsCreditedOpens() throws Exception {
    List<String> lines = Bench.run("engine", tiny(1, Shape.UNIFORM), true);

    assertTrue(
        lines.getFirst().startsWith("{\"scenario\":\"engine: durable, credited opens\""),
        lines.getFirst());
    assertTrue(lines.getFirst().contains("\"rounds\":1"), lines.getFirst());
  }

  @Test
  void batchesAndSkewedShapesRunToo() throws Exception {
    assertTrue(Bench.run("engine", tiny(16, Shape.ZIPF), false).size() > 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"memory", "recovery", "scale", "rooms100k", "journal"})
  void everyBenchmarkInProcessRuns(String name) throws Exception {
    List<String> lines = Bench.run(name, tiny(1, Shape.UNIFORM), false);

    assertFalse(lines.isEmpty());
  }

  @Test
  void aMedianOfAnEvenNumberLiesBetween() {
    assertEquals(2.5, Rounds.median(new double[] {4, 1, 2, 3}));
  }

  @Test
  void zipfPrefersTheFirst() {
    int[] hits = new int[100];
    java.util.SplittableRandom chance = new java.util.SplittableRandom(1);
    for (int i = 0; i < 100_000; i++) {
      hits[Shape.ZIPF.pick(chance.nextLong(), hits.length)]++;
    }

    assertTrue(hits[0] > 10 * hits[50], hits[0] + " and " + hits[50]);
    assertTrue(hits[99] > 0);
  }
}
