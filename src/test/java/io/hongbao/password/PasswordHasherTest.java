// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Proof".
package io.hongbao.password;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hongbao.time.SeededRandomness;
import io.hongbao.time.SystemTime;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Argon2id: the hashes are those of others' implementations, and full is said at once. */
class PasswordHasherTest {

  private static final PasswordCost CHEAP = new PasswordCost(64, 1, 1);

  private final PasswordHasher hasher = hasher(CHEAP, 8);

  private static PasswordHasher hasher(PasswordCost cost, int queueMax) {
    return new PasswordHasher(cost, 1, queueMax, new SeededRandomness(3), new SystemTime());
  }

  @AfterEach
  void close() {
    hasher.close();
  }

  private static <T> T get(CompletionStage<T> stage) throws Exception {
    assertNotNull(stage, "there was room");
    return stage.toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  // From the reference implementation's own tests (phc-winner-argon2, test.c).
  @Test
  void agreesWithTheReferenceImplementation() {
    String kept =
        "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ" + "$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4";

    Argon2Hash hash = Argon2Hash.parse(kept);

    assertEquals(kept, hash.toString());
    assertTrue(hash.fits("password"));
    assertFalse(hash.fits("Password"));
  }

  @Test
  void aPasswordFitsItsOwnHashOnly() throws Exception {
    String kept = get(hasher.hash("correct horse 馬"));

    assertTrue(kept.startsWith("$argon2id$v=19$m=64,t=1,p=1$"), kept);
    assertTrue(get(hasher.check("correct horse 馬", kept)).fits());
    assertFalse(get(hasher.check("correct horse", kept)).fits());
    assertNotEquals(kept, get(hasher.hash("correct horse 馬")), "another salt");
  }

  @Test
  void whatIsNoHashFitsNothingAndIsCheckedAllTheSame() throws Exception {
    for (String kept : new String[] {"", "x", "$argon2id$v=19$m=64,t=1,p=1$$", "$2a$10$abc"}) {
      long before = hasher.workNanos().quantileNanos(1);
      assertFalse(get(hasher.check("nobody", kept)).fits(), kept);
      assertTrue(before >= 0);
    }
  }

  @Test
  void anOlderCheaperHashIsWeak() throws Exception {
    String kept = get(hasher.hash("secret word"));
    try (PasswordHasher dearer = hasher(new PasswordCost(128, 1, 1), 8)) {
      PasswordHasher.Checked checked = get(dearer.check("secret word", kept));

      assertTrue(checked.fits() && checked.isWeak());
      assertFalse(get(dearer.check("secret word", get(dearer.hash("secret word")))).isWeak());
    }
  }

  @Test
  void whenTooManyWaitTheNextIsTurnedAwayAtOnce() {
    // Long enough that the one at work is not done before the others have come.
    try (PasswordHasher slow = hasher(new PasswordCost(16_384, 2, 1), 2)) {
      int taken = 0;
      for (int i = 0; i < 6; i++) {
        taken += slow.hash("p" + i) == null ? 0 : 1;
      }

      assertTrue(taken >= 2 && taken <= 4, "taken: " + taken);
      assertEquals(6 - taken, slow.rejected());
      assertFalse(slow.hasRoom());
      assertNull(slow.hash("one more"));
    }
  }
}
