// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The simulator".
package io.hongbao.sim;

import io.hongbao.account.AccountAnswer.BatchRefused;
import io.hongbao.account.AccountCommand.DrawHold;
import io.hongbao.account.AccountCommand.PostHold;
import io.hongbao.account.AccountCommand.ReleaseHold;
import io.hongbao.engine.Answer;
import io.hongbao.engine.ClientKey;
import io.hongbao.engine.Command;
import io.hongbao.engine.KeyedCommand;
import io.hongbao.engine.Refusal;
import io.hongbao.model.RefusalCode;
import io.hongbao.sim.AuditedPartition.Key;
import io.hongbao.sim.AuditedPartition.KeyName;

/** Idempotency keys in the second book, and the answers that rest on them or on a decision. */
final class AuditedKeys {

  private AuditedKeys() {}

  static KeyName name(ClientKey key) {
    return new KeyName(key.hashHigh(), key.hashLow());
  }

  // With this the table of keys says when it has a place again; all other load passes sooner.
  private static final long FULL_RETRY_MS = 10_000;

  /** A new key is taken: there must have been a place for it. */
  static void hasRoom(AuditedPartition book, KeyedCommand command, SimOptions options, long nowMs) {
    if (options.keysMax() < 1_000) {
      long gone = nowMs - SimOptions.WINDOW_MS - SimOptions.KEY_AHEAD_MS;
      long live = book.keys.values().stream().filter(key -> key.timeMs() >= gone).count();
      int most = options.keysMax() + (command.mayUseReserve() ? options.keysMax() / 10 : 0);
      SimFailure.require(live < most, "a key is taken although its table is full");
    }
  }

  /** Somebody was turned away; whoever repeats is not, for want of a place for his key. */
  static void full(
      AuditedPartition book, Command command, Refusal refusal, Marks marks, long nowMs) {
    if (refusal.retryAfterMs() >= FULL_RETRY_MS && command instanceof KeyedCommand keyed) {
      marks.count(Fault.KEYS_FULL);
      Key key = book.keys.get(name(keyed.key()));
      // Not one whose time is over, nor one that was first carried out after this was turned away.
      boolean isKnown =
          key != null
              && key.at() <= book.promised
              && key.timeMs() > nowMs - SimOptions.WINDOW_MS
              && key.timeMs() < nowMs - 60_000;
      SimFailure.require(!isKnown, "a repeat is turned away by a full table");
    }
  }

  static boolean isStored(RefusalCode code) {
    return code.number() >= 400 && code.retry() != RefusalCode.Retry.AFTER;
  }

  static void store(
      AuditedPartition book,
      KeyedCommand command,
      int code,
      long resultId,
      AuditContext now,
      long at) {
    ClientKey key = command.key();
    book.put(book.keys, name(key), new Key(key.bodyHash(), code, resultId, now.nowMs, at), at);
  }

  static long result(KeyedCommand command, AuditContext now) {
    return switch (command) {
      case PostHold c -> c.holdId();
      case ReleaseHold c -> c.holdId();
      case DrawHold c -> c.holdId();
      default -> now.madeId;
    };
  }

  static void check(Expectation expected, Command command, Answer answer) {
    if (answer instanceof BatchRefused refused) {
      SimFailure.same(
          String.valueOf(expected.code()), refused.code().name(), "the refusal of a batch");
      return;
    }
    if (!(answer instanceof Refusal refusal)) {
      SimFailure.require(
          expected.code() == null, () -> "expected " + expected.code() + ", was " + answer);
      SimFailure.require(
          !expected.onlyLoad(), () -> "said to be done, but nothing was: " + command);
      expected.check().accept(answer);
      return;
    }
    boolean isBusy = refusal.code() == RefusalCode.PACKET_OVERLOADED && expected.mayBeBusy();
    SimFailure.require(
        refusal.code() == expected.code() || isBusy,
        () -> "expected " + expected.code() + ", was " + refusal.code() + " for " + command);
  }

  // The engine itself answered from what it keeps of the key.
  static long heardOfKey(AuditedPartition book, Command command, Answer answer, long nowMs) {
    if (!(command instanceof KeyedCommand keyed) || !(answer instanceof Refusal refusal)) {
      throw new SimFailure("an answer to nothing: " + command + " → " + answer);
    }
    Key key = book.keys.get(name(keyed.key()));
    switch (refusal.code()) {
      case KEY_IN_FUTURE ->
          SimFailure.require(keyed.key().timeMs() != ClientKey.NO_TIME, "a key without a time");
      case KEY_TOO_OLD -> {
        SimFailure.require(
            key != null || keyed.key().timeMs() != ClientKey.NO_TIME, "a key without an age");
        if (key != null && key.timeMs() >= nowMs - SimOptions.WINDOW_MS) {
          // While this answer was under way the key was forgotten, and used anew by somebody else.
          return 0;
        }
      }
      case KEY_REUSED ->
          SimFailure.require(
              key != null && key.body() != keyed.key().bodyHash(), "the same body as before");
      default -> {
        if (key == null) {
          throw new SimFailure("a stored answer of an unknown key: " + refusal);
        }
        SimFailure.same(key.code(), refusal.code().number(), "the stored refusal");
      }
    }
    return key == null ? 0 : key.at();
  }
}
