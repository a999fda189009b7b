// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Prober".
package io.hongbao.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hongbao.probe.Prober.Failing;
import io.hongbao.time.TimeSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProberTest {

  private static final long MS = 1_000_000;

  private record Asked(int partition, boolean isWrite, Prober.Heard heard) {}

  private final List<Asked> asked = new ArrayList<>();
  private final List<Boolean> verdicts = new ArrayList<>();
  private final List<Long> answerMs = new ArrayList<>();
  private long nowNanos;

  private final TimeSource time =
      new TimeSource() {
        @Override
        public long nowMs() {
          return nowNanos / MS;
        }

        @Override
        public long nanos() {
          return nowNanos;
        }
      };

  private final ProbeListener listener =
      new ProbeListener() {
        @Override
        public void verdict(boolean isGood) {
          verdicts.add(isGood);
        }

        @Override
        public void answered(boolean isWrite, long nanos) {
          answerMs.add(nanos / MS);
        }
      };

  private Prober prober(long writeEveryMs) {
    return new Prober(
        3,
        writeEveryMs,
        (partition, isWrite, heard) -> asked.add(new Asked(partition, isWrite, heard)),
        time,
        listener);
  }

  private void answerAll(boolean isGood) {
    List<Asked> all = List.copyOf(asked);
    asked.clear();
    all.forEach(one -> one.heard().answered(isGood));
  }

  @Test
  void everyPartitionGetsOneVerdictPerRound() {
    Prober prober = prober(0);

    prober.round();
    nowNanos += 7 * MS;
    answerAll(true);
    prober.round();
    answerAll(true);

    assertEquals(List.of(true, true, true, true, true, true), verdicts);
    assertEquals(List.of(7L, 7L, 7L, 0L, 0L, 0L), answerMs);
    assertEquals(List.of(), prober.failing());
  }

  @Test
  void aPartitionThatDoesNotAnswerIsBadInEveryRoundAndAskedOnce() {
    Prober prober = prober(0);
    prober.round();
    Asked silent = asked.remove(1);
    answerAll(true);

    nowNanos += 1_000 * MS;
    prober.round();
    assertEquals(2, asked.size(), "the silent one is not asked again");
    answerAll(true);
    nowNanos += 1_000 * MS;
    prober.round();
    answerAll(true);

    assertEquals(2, verdicts.stream().filter(good -> !good).count());
    assertEquals(8, verdicts.size());
    assertEquals(List.of(new Failing(1, 2)), prober.failing());
    assertEquals(2_000 * MS, prober.slowestNanos());
    silent.heard().answered(true);
    assertEquals(8, verdicts.size(), "a late answer does not make up for the rounds it missed");
    prober.round();
    answerAll(true);
    assertEquals(List.of(), prober.failing());
  }

  @Test
  void anAnswerThatIsARefusalIsBad() {
    Prober prober = prober(0);

    prober.round();
    answerAll(false);

    assertEquals(List.of(false, false, false), verdicts);
    assertEquals(3, prober.failing().size());
  }

  @Test
  void partitionsTakeTurnsInWriting() {
    Prober prober = prober(2_000);
    List<Integer> writers = new ArrayList<>();

    for (int second = 0; second < 10; second++) {
      prober.round();
      asked.stream().filter(Asked::isWrite).forEach(one -> writers.add(one.partition()));
      answerAll(true);
      nowNanos += 1_000 * MS;
    }

    assertEquals(List.of(1, 2, 0, 1), writers);
  }
}
