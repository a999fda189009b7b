// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Live rooms".
package io.hongbao.live;

/**
 * An idempotency key of one user's message, as it is remembered.
 *
 * @param hashHigh with {@code hashLow} over user, operation and key
 * @param bodyHash of what was to be said
 */
public record SayKey(long hashHigh, long hashLow, long bodyHash) {}
