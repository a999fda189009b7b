// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Time and chance".
package io.hongbao.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SystemTimeTest {

  private static final long START_MS = 1_700_000_000_000L;

  private final FakeClocks clocks = new FakeClocks();
  private final SystemTime time = new SystemTime(() -> clocks.wallMs, () -> clocks.nanos);
  private final List<String> heard = new ArrayList<>();

  SystemTimeTest() {
    time.listen(
        new WallClockListener() {
          @Override
          public void onWallClockStepped(long offsetMs) {
            heard.add("stepped " + offsetMs);
          }

          @Override
          public void onWallClockFollowed() {
            heard.add("followed");
          }
        });
  }

  @Test
  void advancesWithTheMonotonicClock() {
    clocks.pass(400);

    assertEquals(START_MS + 400, time.nowMs());
  }

  @Test
  void ignoresAStepUntilTheNextComparison() {
    clocks.wallMs += 3_000;

    assertEquals(START_MS, time.nowMs());
  }

  @Test
  void followsASmallStepAtHalfAMillisecondPerSecond() {
    clocks.wallMs += 1_000;

    passSeconds(1_001);

    // 500 ppm over 1000 s make up 500 ms of the 1000 ms.
    assertNear(500, clocks.wallMs - time.nowMs(), 2);
    assertTrue(heard.isEmpty());
  }

  @Test
  void reachesTheWallClockAndStaysThere() {
    clocks.wallMs += 100;

    passSeconds(400);

    assertNear(clocks.wallMs, time.nowMs(), 2);
  }

  @Test
  void slowsDownButNeverGoesBackWhenTheWallClockIsBehind() {
    clocks.wallMs -= 4_000;

    long lastMs = time.nowMs();
    for (int second = 0; second < 100; second++) {
      clocks.pass(1_000);
      long nowMs = time.nowMs();
      assertTrue(nowMs >= lastMs + 999, "at most 0.05 % slow");
      lastMs = nowMs;
    }
    assertNear(4_000 - 50, lastMs - clocks.wallMs, 2);
  }

  @Test
  void doesNotOvershootWhenNobodyReadsForHours() {
    clocks.wallMs += 3;
    clocks.pass(1_000);
    time.nowMs();

    clocks.pass(10 * 3_600_000L);

    assertNear(clocks.wallMs, time.nowMs(), 3);
  }

  @Test
  void raisesOneAlarmOnAStepOverFiveSecondsAndDoesNotFollow() {
    clocks.wallMs += 3_600_000;

    passSeconds(100);

    assertEquals(START_MS + 100_000, time.nowMs());
    assertEquals(List.of("stepped 3600000"), heard);
    assertTrue(time.isWallClockStepped());
    assertEquals(3_600_000, time.wallOffsetMs());
  }

  @Test
  void theAlarmEndsWhenTheWallClockComesBack() {
    clocks.wallMs -= 60_000;
    passSeconds(2);

    clocks.wallMs += 60_000;
    passSeconds(2);

    assertEquals(List.of("stepped -60000", "followed"), heard);
    assertFalse(time.isWallClockStepped());
    assertEquals(clocks.wallMs, time.nowMs());
  }

  @Test
  void jumpsForwardOnAnOperatorsWord() {
    clocks.wallMs += 3_600_000;
    passSeconds(2);

    assertEquals(3_600_000, time.acceptWallClock());

    assertEquals(clocks.wallMs, time.nowMs());
    assertEquals(List.of("stepped 3600000", "followed"), heard);
  }

  @Test
  void runsATenthSlowerAfterAnOperatorAcceptedAStepBack() {
    clocks.wallMs -= 60_000;
    passSeconds(2);

    assertEquals(-60_000, time.acceptWallClock());
    long acceptedMs = time.nowMs();
    passSeconds(100);
    assertNear(acceptedMs + 90_000, time.nowMs(), 2);
    passSeconds(600);

    assertNear(clocks.wallMs, time.nowMs(), 3);
    assertEquals(List.of("stepped -60000", "followed"), heard);
  }

  @Test
  void aSecondStepBackNeedsASecondWord() {
    clocks.wallMs -= 60_000;
    passSeconds(2);
    time.acceptWallClock();

    clocks.wallMs -= 60_000;
    passSeconds(2);

    assertTrue(time.isWallClockStepped());
  }

  @Test
  void distrustsAComparisonThatWasInterrupted() {
    SystemTime interrupted =
        new SystemTime(
            () -> {
              clocks.nanos += 20_000_000_000L;
              return START_MS;
            },
            () -> clocks.nanos);
    clocks.pass(1_000);

    interrupted.nowMs();

    assertFalse(interrupted.isWallClockStepped());
  }

  @Test
  void noThreadSeesTimeGoBack() throws InterruptedException {
    SystemTime real = new SystemTime();
    long[] seenMs = {0};
    List<Thread> threads = new ArrayList<>();
    List<String> wrong = new ArrayList<>();
    for (int index = 0; index < 3; index++) {
      threads.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    for (int round = 0; round < 50_000; round++) {
                      long floorMs;
                      synchronized (seenMs) {
                        floorMs = seenMs[0];
                      }
                      long nowMs = real.nowMs();
                      synchronized (seenMs) {
                        if (nowMs < floorMs) {
                          wrong.add(nowMs + " after " + floorMs);
                        }
                        seenMs[0] = Math.max(seenMs[0], nowMs);
                      }
                    }
                  }));
    }
    for (Thread thread : threads) {
      thread.join();
    }

    assertEquals(List.of(), wrong);
  }

  private static void assertNear(long expectedMs, long actualMs, long toleranceMs) {
    assertTrue(
        Math.abs(actualMs - expectedMs) <= toleranceMs, actualMs + ", expected " + expectedMs);
  }

  private void passSeconds(int count) {
    for (int second = 0; second < count; second++) {
      clocks.pass(1_000);
      time.nowMs();
    }
  }

  private static final class FakeClocks {
    private long wallMs = START_MS;
    private long nanos = -5_000_000_000L;

    void pass(long ms) {
      wallMs += ms;
      nanos += ms * 1_000_000;
    }
  }
}
