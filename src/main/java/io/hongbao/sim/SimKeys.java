// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The simulator".
package io.hongbao.sim;

import io.hongbao.engine.ClientKey;

/** Idempotency keys that are counted, so that no two are the same by chance. */
final class SimKeys {

  private long count;

  ClientKey fresh() {
    count++;
    return new ClientKey(
        count * 0x9E3779B97F4A7C15L, Long.reverse(count) ^ count, count, ClientKey.NO_TIME);
  }

  /** A key with a time inside, as UUIDv7 has. */
  ClientKey at(long timeMs) {
    ClientKey key = fresh();
    return new ClientKey(key.hashHigh(), key.hashLow(), key.bodyHash(), timeMs);
  }

  /** The same key under another body. */
  static ClientKey altered(ClientKey key) {
    return new ClientKey(key.hashHigh(), key.hashLow(), key.bodyHash() ^ 1, key.timeMs());
  }
}
