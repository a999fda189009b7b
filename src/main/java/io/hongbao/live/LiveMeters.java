// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Live rooms".
package io.hongbao.live;

import io.hongbao.model.LatencyHistogram;
import io.hongbao.model.RefusalCode;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts what happens in live rooms: the tracking points of what is said.
 *
 * <p><b>Thread:</b> any.
 */
public final class LiveMeters {

  private final LatencyHistogram sayNanos = new LatencyHistogram();
  private final LongAdder money = new LongAdder();
  private final LongAdder moneyDelayed = new LongAdder();
  private final LongAdder moneyHeld = new LongAdder();
  private final LongAdder said = new LongAdder();
  private final LongAdder repeated = new LongAdder();
  private final LongAdder queued = new LongAdder();
  private final LongAdder saidAfterWait = new LongAdder();
  private final LongAdder waitedMs = new LongAdder();
  private final LongAdder cancelled = new LongAdder();
  private final LongAdder expired = new LongAdder();
  private final LongAdder recalled = new LongAdder();
  private final LongAdder gifts = new LongAdder();
  private final LongAdder held = new LongAdder();
  private final LongAdder waiting = new LongAdder();
  private final Map<RefusalCode, LongAdder> refused = new EnumMap<>(RefusalCode.class);

  public LiveMeters() {
    // All of them at once, so that the map is never changed under a reader.
    for (RefusalCode code : RefusalCode.values()) {
      refused.put(code, new LongAdder());
    }
  }

  /** From an attempt to say something to its outcome. */
  public LatencyHistogram sayNanos() {
    return sayNanos;
  }

  void countMoney() {
    money.increment();
  }

  void countMoneyDelayed() {
    moneyDelayed.increment();
  }

  void countMoneyHeld() {
    moneyHeld.increment();
  }

  void countSaid() {
    said.increment();
  }

  void countRepeated() {
    repeated.increment();
  }

  void countQueued() {
    queued.increment();
    waiting.increment();
  }

  void countSaidAfter(long ms) {
    saidAfterWait.increment();
    waitedMs.add(ms);
    waiting.decrement();
  }

  void countCancelled() {
    cancelled.increment();
    waiting.decrement();
  }

  void countExpired() {
    expired.increment();
    waiting.decrement();
  }

  void countRecalled() {
    recalled.increment();
  }

  void countGift() {
    gifts.increment();
  }

  void countHeld() {
    held.increment();
  }

  void countRefused(RefusalCode code) {
    LongAdder counter = refused.get(code);
    if (counter != null) {
      counter.increment();
    }
  }

  /** Money events that came into logs. */
  public long money() {
    return money.sum();
  }

  /** Times that a money event found its owner loop full. */
  public long moneyDelayed() {
    return moneyDelayed.sum();
  }

  /** Times that reading them stopped since too much waited for the database. */
  public long moneyHeld() {
    return moneyHeld.sum();
  }

  /** Messages said, at once or after a wait. */
  public long said() {
    return said.sum();
  }

  /** Calls that were answered as an earlier one with the same key. */
  public long repeated() {
    return repeated.sum();
  }

  /** Messages that had to wait. */
  public long queued() {
    return queued.sum();
  }

  /** Messages that wait now. */
  public long waiting() {
    return waiting.sum();
  }

  /** Messages said after a wait. */
  public long saidAfterWait() {
    return saidAfterWait.sum();
  }

  /** All their waits together. */
  public long waitedMs() {
    return waitedMs.sum();
  }

  /** Messages taken back or refused before their turn. */
  public long cancelled() {
    return cancelled.sum();
  }

  /** Messages whose turn did not come in time. */
  public long expired() {
    return expired.sum();
  }

  /** Entries taken back. */
  public long recalled() {
    return recalled.sum();
  }

  /** Gifts shown. */
  public long gifts() {
    return gifts.sum();
  }

  /** Words that waited for the disk before they were said. */
  public long held() {
    return held.sum();
  }

  /** Messages refused for that reason. */
  public long refused(RefusalCode code) {
    LongAdder counter = refused.get(code);
    return counter == null ? 0 : counter.sum();
  }
}
