// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Live rooms".
package io.hongbao.live;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The idempotency keys of messages, each with what became of its message.
 *
 * <p>In memory only: a message that moves no value is not worth a journal, and a crash that forgets
 * a key may show a repeat twice.
 *
 * <p><b>Thread:</b> one owner loop's.
 *
 * <p><b>Limit:</b> so many keys, {@link #AGE_MS_MAX} each; the oldest goes first.
 */
final class KeyMemory {

  static final long AGE_MS_MAX = 600_000;

  /**
   * What a key led to.
   *
   * @param entry where it stands, if it was said at once
   * @param ticket otherwise
   */
  record Kept(long bodyHash, long atMs, @Nullable LogEntry entry, @Nullable Ticket ticket) {}

  private record Hash(long high, long low) {}

  private final int keysMax;
  private final Map<Hash, Kept> kept = new LinkedHashMap<>();

  KeyMemory(int keysMax) {
    this.keysMax = keysMax;
  }

  @Nullable Kept find(SayKey key, long nowMs) {
    Kept found = kept.get(new Hash(key.hashHigh(), key.hashLow()));
    return found != null && nowMs - found.atMs() < AGE_MS_MAX ? found : null;
  }

  void keep(SayKey key, Kept what) {
    if (keysMax == 0) {
      return;
    }
    Hash hash = new Hash(key.hashHigh(), key.hashLow());
    // Behind all others, also when an old one is replaced.
    kept.remove(hash);
    kept.put(hash, what);
    if (kept.size() > keysMax) {
      dropOldest();
    }
  }

  /** Forgets what is too old. */
  void sweep(long nowMs) {
    while (!kept.isEmpty() && nowMs - kept.values().iterator().next().atMs() >= AGE_MS_MAX) {
      dropOldest();
    }
  }

  int size() {
    return kept.size();
  }

  private void dropOldest() {
    Iterator<Hash> oldest = kept.keySet().iterator();
    oldest.next();
    oldest.remove();
  }
}
