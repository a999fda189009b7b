// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Proof".
package io.hongbao.engine;

/** Idempotency keys for tests, as the edge would make them. */
public final class TestKeys {

  private TestKeys() {}

  /** A key without a time of its own; the body's hash tells one request from another. */
  public static ClientKey key(long number, long bodyHash) {
    return new ClientKey(number * 0x9E3779B97F4A7C15L, ~number, bodyHash, ClientKey.NO_TIME);
  }

  public static ClientKey key(long number) {
    return key(number, number);
  }

  /** A UUIDv7 key made at that time. */
  public static ClientKey timed(long number, long timeMs) {
    return new ClientKey(number * 0x9E3779B97F4A7C15L, ~number, number, timeMs);
  }
}
