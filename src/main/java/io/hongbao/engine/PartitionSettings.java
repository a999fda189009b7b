// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Limits".
package io.hongbao.engine;

/**
 * Limits of one partition.
 *
 * @param repliesMax answers that may wait to become durable; above it, new commands hear {@code
 *     overloaded}
 * @param repliesReserve part of it that only refunds, notices and acknowledgements may use
 * @param outboxMax unacknowledged transfers per destination
 * @param outboxReserve part of it for refunds
 * @param timersPerTurn due timers that run in one turn, after clients
 * @param idempotencyWindowMs keys older than this are dropped
 * @param resendMs unanswered transfers are sent again after this
 * @param acknowledgeDelayMs acknowledgements are journaled together within this
 * @param keysMax idempotency keys that are remembered; above it, what comes under a new key hears
 *     {@code overloaded}. Who ends a hold, undoes what was booked or settles suspense has a tenth
 *     more
 */
public record PartitionSettings(
    int repliesMax,
    int repliesReserve,
    int outboxMax,
    int outboxReserve,
    int timersPerTurn,
    long idempotencyWindowMs,
    long resendMs,
    long acknowledgeDelayMs,
    int keysMax) {

  /** Where nobody has said how much memory there is: 2 GB of keys. */
  private static final int KEYS_MAX = 10_000_000;

  /** With room for more keys than one partition ever had. */
  public PartitionSettings(
      int repliesMax,
      int repliesReserve,
      int outboxMax,
      int outboxReserve,
      int timersPerTurn,
      long idempotencyWindowMs,
      long resendMs,
      long acknowledgeDelayMs) {
    this(
        repliesMax,
        repliesReserve,
        outboxMax,
        outboxReserve,
        timersPerTurn,
        idempotencyWindowMs,
        resendMs,
        acknowledgeDelayMs,
        KEYS_MAX);
  }

  /** The same with room for so many keys. */
  public PartitionSettings withKeysMax(int keys) {
    return new PartitionSettings(
        repliesMax,
        repliesReserve,
        outboxMax,
        outboxReserve,
        timersPerTurn,
        idempotencyWindowMs,
        resendMs,
        acknowledgeDelayMs,
        keys);
  }

  /** What the documented configuration gives. */
  public static PartitionSettings defaults() {
    return new PartitionSettings(65_536, 8_192, 100_000, 10_000, 128, 72L * 3_600_000, 1_000, 5);
  }
}
