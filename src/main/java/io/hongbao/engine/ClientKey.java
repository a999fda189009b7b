// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Idempotency".
package io.hongbao.engine;

/**
 * An idempotency key as the partition sees it.
 *
 * @param hashHigh first half of the 16-byte hash over user, operation and key
 * @param hashLow second half
 * @param bodyHash hash of what was asked; another body under the same key is refused
 * @param timeMs time inside a UUIDv7 key, or {@link #NO_TIME}
 */
public record ClientKey(long hashHigh, long hashLow, long bodyHash, long timeMs) {

  public static final long NO_TIME = -1;
}
