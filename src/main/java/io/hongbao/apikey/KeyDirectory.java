// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "API keys".
package io.hongbao.apikey;

import io.hongbao.apikey.ApiKey.Secret;
import org.agrona.collections.Long2ObjectHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Which key a secret belongs to, for all loops of this process.
 *
 * <p>Keys are few and change rarely, so a change copies the table and readers see one table or the
 * next. The look-up goes by a hash: how long it takes tells of the hash of what was presented,
 * which tells nothing of any secret, and the last comparison takes the same time for every miss.
 *
 * <p><b>Thread:</b> any reads, without a lock; the partition's thread writes.
 *
 * <p><b>Invariant:</b> holds what is durable, never more: a restart brings every key in here back.
 */
public final class KeyDirectory {

  private final Object writing = new Object();
  private volatile Long2ObjectHashMap<LiveKey> byHash = new Long2ObjectHashMap<>();

  /**
   * Finds the key of a secret.
   *
   * @param hashHigh first 8 bytes of the secret's SHA-256
   * @param hashLow next 8 bytes
   * @return null when there is none, or when the time of the secret or of the key is over
   */
  public @Nullable LiveKey find(long hashHigh, long hashLow, long nowMs) {
    LiveKey key = byHash.get(hashHigh);
    return key == null || !key.opens(hashHigh, hashLow, nowMs) ? null : key;
  }

  /** Finds a key by its id, good or expired. */
  public @Nullable LiveKey find(long keyId) {
    for (LiveKey key : byHash.values()) {
      if (key.key().keyId() == keyId) {
        return key;
      }
    }
    return null;
  }

  void put(ApiKey key) {
    synchronized (writing) {
      LiveKey old = find(key.keyId());
      Long2ObjectHashMap<LiveKey> next = without(old);
      LiveKey live = new LiveKey(key, old == null ? key.usedAtMs() : old.usedAtMs());
      next.put(key.secret().hashHigh(), live);
      if (!key.before().equals(Secret.NONE)) {
        next.put(key.before().hashHigh(), live);
      }
      byHash = next;
    }
  }

  void remove(long keyId) {
    synchronized (writing) {
      byHash = without(find(keyId));
    }
  }

  private Long2ObjectHashMap<LiveKey> without(@Nullable LiveKey old) {
    Long2ObjectHashMap<LiveKey> next = new Long2ObjectHashMap<>(byHash);
    if (old != null) {
      next.remove(old.key().secret().hashHigh());
      next.remove(old.key().before().hashHigh());
    }
    return next;
  }
}
