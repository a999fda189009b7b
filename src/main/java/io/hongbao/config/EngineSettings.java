// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Configuration".
package io.hongbao.config;

/**
 * Partitions, queues and their limits.
 *
 * @param loops event loops that share the partitions; already resolved
 * @param reservePercent share of each queue that only refunds and acknowledgements may use
 */
public record EngineSettings(
    int partitions,
    int site,
    int loops,
    int mailboxMax,
    int repliesMax,
    int outboxMax,
    int reservePercent,
    int timersPerBatch,
    long timerGapMs,
    long idempotencyWindowMs,
    long evictAfterMs) {

  /** Slots that keys fall into; see the design of ids. */
  private static final int SLOTS = 1_000;

  static EngineSettings of(SettingValues values) throws ConfigException {
    int partitions = values.whole(Settings.ENGINE_PARTITIONS);
    if (SLOTS % partitions != 0) {
      throw values.wrong(
          Settings.ENGINE_PARTITIONS,
          "must divide 1000 (1, 2, 4, 5, 8, 10, 20, 25, 40, 50, 100, 125, 200, 250, 500, 1000)");
    }
    int mailboxMax = values.whole(Settings.ENGINE_MAILBOX_MAX);
    if (Integer.bitCount(mailboxMax) != 1) {
      throw values.wrong(Settings.ENGINE_MAILBOX_MAX, "must be a power of two");
    }
    if (values.number(Settings.EVICT_AFTER) < values.number(Settings.IDEMPOTENCY_WINDOW)) {
      // A repeat inside the window is answered from what the first attempt made.
      throw values.wrong(
          Settings.EVICT_AFTER, "must be at least " + Settings.IDEMPOTENCY_WINDOW.key());
    }
    int wantedLoops =
        values.isAuto(Settings.ENGINE_LOOPS)
            ? Math.min(
                Runtime.getRuntime().availableProcessors(), (int) Settings.ENGINE_LOOPS.max())
            : values.whole(Settings.ENGINE_LOOPS);
    return new EngineSettings(
        partitions,
        values.whole(Settings.ENGINE_SITE),
        // A loop without a partition would only cost hops.
        Math.min(wantedLoops, partitions),
        mailboxMax,
        values.whole(Settings.ENGINE_REPLIES_MAX),
        values.whole(Settings.ENGINE_OUTBOX_MAX),
        values.whole(Settings.ENGINE_RESERVE_PERCENT),
        values.whole(Settings.ENGINE_TIMERS_PER_BATCH),
        values.number(Settings.ENGINE_TIMER_GAP),
        values.number(Settings.IDEMPOTENCY_WINDOW),
        values.number(Settings.EVICT_AFTER));
  }
}
