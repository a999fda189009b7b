// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Proof".
package io.hongbao.http.rate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hongbao.config.RateSettings;
import io.hongbao.config.RateSettings.Rate;
import io.hongbao.http.rate.RateLimiter.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Quotas on a clock that the test moves. */
class LocalRatesTest {

  private static final long SECOND = 1_000_000_000L;
  // Clocks of machines begin anywhere, also just below the largest number.
  private static final long START = Long.parseLong("9223372033854775807");
  private static final int PLACES = 1024;

  private final LocalRates rates =
      new LocalRates(
          new RateSettings(
              Map.of("read", new Rate(10, 10_000), "write", new Rate(2, 1_000)), PLACES));

  @Test
  void theQuotaMayBeUsedAtOnceAndComesBackEvenly() {
    for (int i = 9; i >= 0; i--) {
      long verdict = rates.take(RateClass.READ, 7, START);
      assertFalse(Verdict.isRefused(verdict));
      assertEquals(i, Verdict.left(verdict));
      assertEquals(10 - i, Verdict.fullAfterSeconds(verdict));
    }

    long refused = rates.take(RateClass.READ, 7, START);
    assertTrue(Verdict.isRefused(refused));
    assertEquals(1000, Verdict.waitMs(refused));
    assertEquals(0, Verdict.left(refused));
    assertEquals(1, rates.refused(RateClass.READ));
    assertTrue(Verdict.isRefused(rates.take(RateClass.READ, 7, START + SECOND - 1)));
    assertFalse(Verdict.isRefused(rates.take(RateClass.READ, 7, START + SECOND)));
    assertTrue(Verdict.isRefused(rates.take(RateClass.READ, 7, START + SECOND)));
    // Over the end of the clock's numbers.
    assertEquals(9, Verdict.left(rates.take(RateClass.READ, 7, START + 20 * SECOND)));
  }

  @Test
  void aRefusalCostsNothing() {
    for (int i = 0; i < 100; i++) {
      rates.take(RateClass.WRITE, 7, START);
    }

    assertFalse(Verdict.isRefused(rates.take(RateClass.WRITE, 7, START + SECOND / 2)));
  }

  @Test
  void callersAndClassesAreCountedApart() {
    for (int i = 0; i < 2; i++) {
      assertFalse(Verdict.isRefused(rates.take(RateClass.WRITE, 7, START)));
    }
    assertTrue(Verdict.isRefused(rates.take(RateClass.WRITE, 7, START)));

    assertFalse(Verdict.isRefused(rates.take(RateClass.WRITE, 8, START)));
    assertFalse(Verdict.isRefused(rates.take(RateClass.READ, 7, START)));
  }

  @Test
  void aClassWithoutAQuotaIsFree() {
    assertEquals(RateLimiter.UNLIMITED, rates.take(RateClass.KEY, 7, START));
    assertEquals("", rates.policy(RateClass.KEY));
    assertEquals("\"read\";q=10;w=10", rates.policy(RateClass.READ));
    assertEquals(0, rates.callers(START));
  }

  @Test
  void theTableForgetsWhoHasMostLeftAndNeverGrows() {
    var random = new SplittableRandom(1);
    long heavy = 42;
    for (int i = 0; i < 10; i++) {
      rates.take(RateClass.READ, heavy, START);
    }

    for (int i = 0; i < 100 * PLACES; i++) {
      rates.take(RateClass.READ, random.nextLong(), START);
    }

    assertTrue(rates.callers(START) <= PLACES);
    assertTrue(rates.forgotten() > 90L * PLACES);
    assertTrue(
        Verdict.isRefused(rates.take(RateClass.READ, heavy, START)),
        "a flood of new callers does not give a busy one its quota back");
  }

  @Test
  void oldCallersMakeRoom() {
    for (long caller = 0; caller < 4 * PLACES; caller++) {
      rates.take(RateClass.WRITE, caller, START + caller * SECOND);
    }

    assertEquals(0, rates.forgotten());
    assertEquals(1, rates.callers(START + (4L * PLACES - 1) * SECOND));
  }

  @Test
  void threadsTogetherGetNoMoreThanTheQuota() throws Exception {
    var one = new LocalRates(new RateSettings(Map.of("read", new Rate(1_000, 10_000)), PLACES));
    one.take(RateClass.READ, 7, START);
    var allowed = new AtomicInteger(1);
    List<Thread> threads = new ArrayList<>();
    for (int t = 0; t < 4; t++) {
      threads.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    for (int i = 0; i < 1_000; i++) {
                      if (!Verdict.isRefused(one.take(RateClass.READ, 7, START))) {
                        allowed.incrementAndGet();
                      }
                    }
                  }));
    }
    for (Thread thread : threads) {
      thread.join();
    }

    assertEquals(1_000, allowed.get());
    assertEquals(3_001, one.refused(RateClass.READ));
  }
}
