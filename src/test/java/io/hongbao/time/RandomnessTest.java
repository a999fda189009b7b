// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Time and chance".
package io.hongbao.time;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class RandomnessTest {

  @Test
  void theSeededFormGivesThePublishedSequence() {
    SeededRandomness chance = new SeededRandomness(1_234_567);

    assertEquals(6457827717110365317L, chance.nextLong());
    assertEquals(3203168211198807973L, chance.nextLong());
    assertEquals("9817491932198370423", Long.toUnsignedString(chance.nextLong()));
  }

  @Test
  void theSeededFormRepeatsItsBytes() {
    byte[] first = new byte[37];
    byte[] second = new byte[37];

    new SeededRandomness(9).nextBytes(first);
    new SeededRandomness(9).nextBytes(second);

    assertArrayEquals(first, second);
    assertFalse(Arrays.equals(first, new byte[37]));
  }

  @Test
  void theSecureFormDoesNotRepeatItself() {
    byte[] first = new byte[32];
    byte[] second = new byte[32];
    SecureRandomness chance = new SecureRandomness();

    chance.nextBytes(first);
    chance.nextBytes(second);

    assertFalse(Arrays.equals(first, second));
    assertFalse(chance.nextLong() == chance.nextLong());
  }
}
