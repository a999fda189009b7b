// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "API keys".
package io.hongbao.apikey;

import io.hongbao.apikey.KeyAnswer.KeyShown;
import io.hongbao.apikey.KeyAnswer.KeysShown;
import io.hongbao.apikey.KeyAnswer.UseNoted;
import io.hongbao.apikey.KeyCommand.MakeKey;
import io.hongbao.apikey.KeyCommand.NoteKeyUse;
import io.hongbao.apikey.KeyCommand.RevokeKey;
import io.hongbao.apikey.KeyCommand.RotateKey;
import io.hongbao.apikey.KeyEvent.KeyMade;
import io.hongbao.apikey.KeyEvent.KeyRevoked;
import io.hongbao.apikey.KeyEvent.KeyRotated;
import io.hongbao.apikey.KeyEvent.KeyUsed;
import io.hongbao.engine.AuditFacts;
import io.hongbao.engine.Decision;
import io.hongbao.model.Check;
import io.hongbao.model.RefusalCode;

/**
 * Makes keys, changes their secrets, ends them.
 *
 * <p>The directory is changed behind the same gate as the answer and before it: a key that was
 * handed out works, a key whose revocation was confirmed does not, and neither can be undone by a
 * crash.
 *
 * <p><b>Thread:</b> the partition's.
 */
final class KeyDesk {

  private static final int SLOT = 0;

  private final ApiKeys state;
  private final KeyLimits limits;
  private final KeyDirectory directory;

  KeyDesk(ApiKeys state, KeyLimits limits, KeyDirectory directory) {
    this.state = state;
    this.limits = limits;
    this.directory = directory;
  }

  void make(MakeKey c, Decision decision) {
    if (c.name().isBlank()
        || c.name().length() > limits.nameCharsMax()
        || c.scopes() == 0
        || c.expiresAtMs() <= decision.nowMs()) {
      decision.refuse(RefusalCode.MALFORMED_REQUEST);
      return;
    }
    if (state.count() >= limits.countMax()) {
      decision.lookedAtEverything();
      decision.refuse(RefusalCode.API_KEY_LIMIT);
      return;
    }
    if (!state.parts.ids().hasNext(decision.nowMs())) {
      decision.refuse(RefusalCode.OVERLOADED);
      return;
    }
    long keyId = state.parts.ids().next(decision.nowMs(), SLOT);
    decision.emit(
        new KeyMade(
            keyId, c.name(), c.role(), c.scopes(), c.hashHigh(), c.hashLow(), c.expiresAtMs()));
    audit(keyId, AuditFacts.NONE, facts(keyId), decision);
    publish(keyId, decision);
  }

  /** Refusals in order: not found (or expired), more than whoever wants it may do. */
  void rotate(RotateKey c, Decision decision) {
    Check.that(c.graceMs() >= 0 && c.graceMs() <= RotateKey.GRACE_MS_MAX, "grace of a secret");
    ApiKey key = state.find(c.keyId());
    if (key == null || key.isExpired(decision.nowMs())) {
      notFound(decision);
      return;
    }
    if ((key.scopes() & ~c.byScopes()) != 0) {
      decision.looked(key.position());
      decision.refuse(RefusalCode.FORBIDDEN);
      return;
    }
    String before = facts(c.keyId());
    decision.emit(
        new KeyRotated(c.keyId(), c.hashHigh(), c.hashLow(), decision.nowMs() + c.graceMs()));
    audit(c.keyId(), before, facts(c.keyId()), decision);
    publish(c.keyId(), decision);
  }

  // The key as it is now; a later change has its own publication behind this one.
  private void publish(long keyId, Decision decision) {
    ApiKey key = Check.present(state.find(keyId), "key just changed");
    decision.publish(() -> directory.put(key));
    decision.answer(new KeyShown(key));
  }

  void revoke(RevokeKey c, Decision decision) {
    ApiKey key = state.find(c.keyId());
    if (key == null) {
      notFound(decision);
      return;
    }
    String before = facts(c.keyId());
    decision.emit(new KeyRevoked(c.keyId()));
    audit(c.keyId(), before, AuditFacts.NONE, decision);
    decision.publish(() -> directory.remove(c.keyId()));
    decision.answer(new KeyShown(key));
  }

  private static void audit(long keyId, String before, String after, Decision decision) {
    decision.audit("key:" + keyId, before, after);
  }

  private String facts(long keyId) {
    ApiKey key = Check.present(state.find(keyId), "key of the audit");
    AuditFacts facts = AuditFacts.of("name", key.name()).and("role", key.role().wireName());
    facts.and("scopes", String.join(" ", Scope.names(key.scopes())));
    if (key.expiresAtMs() != ApiKey.NEVER) {
      facts.and("expires_at_ms", key.expiresAtMs());
    }
    if (key.rotatedAtMs() != 0) {
      facts.and("rotated_at_ms", key.rotatedAtMs());
      facts.and("previous_secret_ends_at_ms", key.before().endsAtMs());
    }
    return facts.text();
  }

  // That a key is not there may rest on a revocation that is not durable yet.
  private static void notFound(Decision decision) {
    decision.lookedAtEverything();
    decision.refuse(RefusalCode.NOT_FOUND);
  }

  void readAll(Decision decision) {
    long position = decision.lookedAtEverything();
    decision.answer(new KeysShown(state.all(), position));
  }

  void noteUse(NoteKeyUse c, Decision decision) {
    ApiKey key = state.find(c.keyId());
    if (key != null && c.atMs() > key.usedAtMs()) {
      decision.emit(new KeyUsed(c.keyId(), c.atMs()));
    }
    decision.answer(new UseNoted());
  }
}
