// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "API keys".
package io.hongbao.apikey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hongbao.apikey.KeyAnswer.KeyShown;
import io.hongbao.apikey.KeyAnswer.KeysShown;
import io.hongbao.apikey.KeyCommand.MakeKey;
import io.hongbao.apikey.KeyCommand.NoteKeyUse;
import io.hongbao.apikey.KeyCommand.ReadKeys;
import io.hongbao.apikey.KeyCommand.RevokeKey;
import io.hongbao.apikey.KeyCommand.RotateKey;
import io.hongbao.engine.PartitionHarness;
import io.hongbao.model.RefusalCode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keys that open doors, get other secrets, and end. */
class KeyFamilyTest {

  private static final long HOUR_MS = 3_600_000;
  private static final long SCOPES = Scope.PACKETS_SEND.and(Scope.ACCOUNTS_READ.and(0));

  private final KeyDirectory directory = new KeyDirectory();
  private final PartitionHarness harness =
      new PartitionHarness(2, 11, KeyFamily.factory(new KeyLimits(3, 64), directory));

  private ApiKey make(long secret) {
    return make(secret, ApiKey.NEVER);
  }

  private ApiKey make(long secret, long expiresAtMs) {
    return harness
        .ask(0, new MakeKey("shop", KeyRole.SERVICE, SCOPES, high(secret), secret, expiresAtMs))
        .as(KeyShown.class)
        .key();
  }

  private static long high(long secret) {
    return secret * 0x9E3779B97F4A7C15L;
  }

  private LiveKey find(long secret) {
    return directory.find(high(secret), secret, harness.nowMs());
  }

  @Test
  void aSecretFindsItsKeyAlsoAfterARestart() {
    ApiKey key = make(1);

    assertEquals(key, find(1).key());
    assertNull(find(2));
    assertNull(directory.find(high(1), 2, harness.nowMs()));
    assertNull(directory.find(0, 0, harness.nowMs()));
    harness.checkRebuild();
    directory.remove(key.keyId());
    harness.restartFromSnapshots();
    assertEquals(key, find(1).key());
  }

  @Test
  void aSecretLivesThroughOneRotationForItsGrace() {
    ApiKey key = make(1);
    harness.ask(0, new RotateKey(key.keyId(), high(2), 2, HOUR_MS)).as(KeyShown.class);

    assertNotNull(find(1));
    assertNotNull(find(2));
    harness.clock().advance(HOUR_MS);
    assertNull(find(1));

    harness.ask(0, new RotateKey(key.keyId(), high(3), 3, HOUR_MS)).as(KeyShown.class);
    harness.ask(0, new RotateKey(key.keyId(), high(4), 4, HOUR_MS)).as(KeyShown.class);

    assertNull(find(2), "two rotations ago, though its grace is not over");
    assertNotNull(find(3));
    assertNotNull(find(4));
    harness.checkRebuild();
  }

  // The new secret is shown to whoever rotates: a key for keys alone could take over the mightiest.
  @Test
  void whoMayDoLessGetsNoSecretOfAKeyThatMayDoMore() {
    ApiKey key = make(1);
    long less = Scope.KEYS_WRITE.and(0);

    assertEquals(
        RefusalCode.FORBIDDEN,
        harness.ask(0, new RotateKey(key.keyId(), high(2), 2, 0, less)).refusal());

    assertNotNull(find(1));
    assertNull(find(2));
    harness.ask(0, new RotateKey(key.keyId(), high(2), 2, 0, key.scopes())).as(KeyShown.class);
    assertNotNull(find(2));
    harness.checkRebuild();
  }

  @Test
  void aRevokedKeyIsForgottenWithAllItsSecrets() {
    ApiKey key = make(1);
    harness.ask(0, new RotateKey(key.keyId(), high(2), 2, HOUR_MS));

    harness.ask(0, new RevokeKey(key.keyId())).as(KeyShown.class);

    assertNull(find(1));
    assertNull(find(2));
    assertNull(directory.find(key.keyId()));
    assertEquals(RefusalCode.NOT_FOUND, harness.ask(0, new RevokeKey(key.keyId())).refusal());
    harness.checkRebuild();
  }

  @Test
  void anExpiredKeyOpensNothingAndGetsNoNewSecret() {
    ApiKey key = make(1, harness.nowMs() + HOUR_MS);
    assertNotNull(find(1));

    harness.clock().advance(HOUR_MS);

    assertNull(find(1));
    assertEquals(
        RefusalCode.NOT_FOUND, harness.ask(0, new RotateKey(key.keyId(), high(2), 2, 0)).refusal());
    assertEquals(1, harness.ask(0, new ReadKeys()).as(KeysShown.class).keys().size());
  }

  @Test
  void useIsJournaledOnceAnHourAndKnownToASecond() {
    ApiKey key = make(1);
    LiveKey live = find(1);

    assertTrue(live.use(harness.nowMs()), "the first use is written down");
    harness.ask(0, new NoteKeyUse(key.keyId(), harness.nowMs()));
    assertFalse(live.use(harness.nowMs()), "and the next only an hour later");
    harness.clock().advance(HOUR_MS);
    assertTrue(live.use(harness.nowMs()));
    assertEquals(harness.nowMs(), live.usedAtMs());

    long before = harness.journal(0).records().size();
    harness.ask(0, new NoteKeyUse(key.keyId(), key.madeAtMs()));
    harness.ask(0, new NoteKeyUse(key.keyId() + 1_000, harness.nowMs()));
    assertEquals(before, harness.journal(0).records().size(), "older, and of no key");
    harness.checkRebuild();
  }

  @Test
  void aRotatedKeyKeepsItsLastUse() {
    ApiKey key = make(1);
    find(1).use(harness.nowMs());
    long usedAtMs = harness.nowMs();
    harness.clock().advance(1_000);

    harness.ask(0, new RotateKey(key.keyId(), high(2), 2, 0));

    assertEquals(usedAtMs, find(2).usedAtMs());
  }

  @ParameterizedTest
  @CsvSource({"'', 1, 1", "' ', 1, 1", "a, 0, 1", "a, 1, 0", "a, 1, -1"})
  void refusesWhatTheContractForbids(String name, long scopes, long lifeMs) {
    MakeKey bad = new MakeKey(name, KeyRole.ADMIN, scopes, 1, 1, harness.nowMs() + lifeMs);

    assertEquals(RefusalCode.MALFORMED_REQUEST, harness.ask(0, bad).refusal());
  }

  @Test
  void thereAreOnlySoManyKeys() {
    List<ApiKey> all = List.of(make(1), make(2), make(3));
    MakeKey more = new MakeKey("one more", KeyRole.ADMIN, Scope.ALL, 4, 4, ApiKey.NEVER);

    assertEquals(RefusalCode.API_KEY_LIMIT, harness.ask(0, more).refusal());
    harness.ask(0, new RevokeKey(all.getFirst().keyId()));
    harness.ask(0, more).as(KeyShown.class);
  }

  @Test
  void scopesHaveStableBitsAndNames() {
    assertEquals(List.of("accounts:read", "packets:send"), Scope.names(SCOPES));
    assertEquals(List.of("*"), Scope.names(Scope.ALL));
    int bit = 0;
    for (Scope scope : Scope.values()) {
      assertEquals(scope, Scope.ofName(scope.wireName()));
      assertEquals(1L << bit++, scope.and(0), "a scope keeps its bit");
    }
  }
}
