// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Idempotency".
package io.hongbao.engine;

import io.hongbao.model.RefusalCode;

/**
 * Looks idempotency keys up before any rule, and drops those that have left the window.
 *
 * <p><b>Thread:</b> the partition's.
 *
 * <p><b>Limit:</b> {@link PartitionSettings#keysMax}. A refusal costs its caller nothing and is
 * remembered like a payment, so without a limit anybody could fill the memory.
 */
final class KeyDesk {

  /** Clocks of clients may be this much ahead before a UUIDv7 key counts as from the future. */
  private static final long AHEAD_MS = 5 * 60_000L;

  /** Keys dropped by one record; bounds the pause. */
  private static final int DROPPED_PER_RECORD = 1_000;

  /** One part in so many on top is for what may use the reserve. */
  private static final int RESERVE_DIVISOR = 10;

  /** Nobody is told to come back sooner, however soon the oldest key leaves. */
  private static final long FULL_RETRY_MS_MIN = 10_000;

  /** Nor later: somebody may have made room for more keys meanwhile. */
  private static final long FULL_RETRY_MS_MAX = 3_600_000;

  private final PartitionState state;
  private final long windowMs;
  private final int keysMax;

  KeyDesk(PartitionState state, long windowMs, int keysMax) {
    this.state = state;
    this.windowMs = windowMs;
    this.keysMax = keysMax;
  }

  /** Refuses a new key when there is no place to remember it. */
  boolean hasNoRoom(KeyedCommand command, Decision decision) {
    long limit = command.mayUseReserve() ? keysMax + (long) keysMax / RESERVE_DIVISOR : keysMax;
    if (count() < limit) {
      return false;
    }
    // Places come back as keys leave the window, not sooner for whoever asks often.
    long nextPlaceMs = state.keys().oldestMs() + windowMs + AHEAD_MS - decision.nowMs();
    decision.refuse(
        RefusalCode.OVERLOADED, Math.clamp(nextPlaceMs, FULL_RETRY_MS_MIN, FULL_RETRY_MS_MAX));
    return true;
  }

  int count() {
    return state.keys().count();
  }

  /** Answers a repeat, or a key that must not run; false when the command is new. */
  boolean answered(KeyedCommand command, Family family, Decision decision) {
    ClientKey key = command.key();
    StoredKeys keys = state.keys();
    int at = keys.find(key.hashHigh(), key.hashLow());
    if (at != StoredKeys.NONE) {
      decision.looked(keys.position(at));
      if (keys.timeMs(at) < decision.nowMs() - windowMs) {
        // Still known, but what it made may have been forgotten.
        decision.answer(Refusal.of(RefusalCode.KEY_TOO_OLD));
        return true;
      }
      if (keys.bodyHash(at) != key.bodyHash()) {
        // Not by refuse, which would store it over the first answer; and it is no repeat of that.
        decision.answer(Refusal.of(RefusalCode.KEY_REUSED));
        return true;
      }
      decision.markRepeated();
      int code = keys.answerCode(at);
      if (code == 0) {
        family.recall(command, keys.resultId(at), decision);
      } else {
        decision.answer(Refusal.of(RefusalCode.ofNumber(code)));
      }
      return true;
    }
    if (key.timeMs() == ClientKey.NO_TIME) {
      return false;
    }
    // A time-stamped key outside the window could have run before and been forgotten.
    if (key.timeMs() < decision.nowMs() - windowMs) {
      decision.answer(Refusal.of(RefusalCode.KEY_TOO_OLD));
      return true;
    }
    if (key.timeMs() > decision.nowMs() + AHEAD_MS) {
      decision.answer(Refusal.of(RefusalCode.KEY_IN_FUTURE));
      return true;
    }
    return false;
  }

  boolean hasExpired(long nowMs) {
    long oldestMs = state.keys().oldestMs();
    return oldestMs != Long.MAX_VALUE && oldestMs < droppedBeforeMs(nowMs);
  }

  // A key's own time may be that much later than the record that stored it. Were it forgotten a
  // window after the record, the same key would still pass as recent, and run again.
  private long droppedBeforeMs(long nowMs) {
    return nowMs - windowMs - AHEAD_MS;
  }

  void dropExpired(Decision decision) {
    int count = state.keys().countOlderThan(droppedBeforeMs(decision.nowMs()), DROPPED_PER_RECORD);
    decision.emit(EngineCodec.SCHEMA_ID, new EngineEvent.KeysDropped(count));
  }
}
