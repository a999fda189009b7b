// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Proof".
package io.hongbao.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.hongbao.time.SeededRandomness;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** The directory against a plain map, and under readers on other threads. */
class SessionDirectoryTest {

  private static final long SEED = 42;
  private static final long FAR_MS = Long.MAX_VALUE;

  private final SessionDirectory directory = new SessionDirectory();

  @Test
  void agreesWithAMap() {
    SeededRandomness chance = new SeededRandomness(SEED);
    Map<Long, Long> users = new HashMap<>();
    for (int step = 0; step < 200_000; step++) {
      // Few keys and few different places, so that chains grow long and keys come again.
      long key = (chance.nextLong() & 0xFFFF) << 16;
      if (chance.nextLong() % 3 == 0) {
        directory.remove(new Token(1, key, key, Role.USER, FAR_MS, 1));
        users.remove(key);
      } else {
        directory.put(step + 1, key, key, Role.USER, FAR_MS);
        users.put(key, step + 1L);
      }
    }

    assertEquals(users.size(), directory.count());
    for (long key = 0; key < 0x10000; key++) {
      Session session = directory.find(key << 16, key << 16, 0);
      Long user = users.get(key << 16);
      if (user == null) {
        assertNull(session);
      } else {
        assertNotNull(session);
        assertEquals(user, session.userId());
      }
    }
  }

  // Readers must never miss what was there before they began and is never removed, however much
  // goes on around it in the same chains and tables.
  @Test
  void readersSeeWhatStaysThroughAllChanges() throws InterruptedException {
    for (long key = 0; key < 64; key++) {
      directory.put(key + 1, key << 16, key, Role.USER, FAR_MS);
    }
    AtomicBoolean stop = new AtomicBoolean();
    AtomicLong missed = new AtomicLong();
    Thread reader =
        Thread.ofPlatform()
            .start(
                () -> {
                  while (!stop.get()) {
                    for (long key = 0; key < 64; key++) {
                      Session session = directory.find(key << 16, key, 0);
                      if (session == null || session.userId() != key + 1) {
                        missed.incrementAndGet();
                      }
                    }
                  }
                });
    for (long step = 0; step < 100_000; step++) {
      long key = 64 + step % 20_000;
      directory.put(key, key << 16, key, Role.USER, FAR_MS);
      if (step % 3 == 0) {
        directory.remove(new Token(1, key << 16, key, Role.USER, FAR_MS, 1));
      }
    }
    stop.set(true);
    reader.join();

    assertEquals(0, missed.get());
    assertFalse(reader.isAlive());
  }
}
