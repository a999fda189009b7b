// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Sessions".
/**
 * Sessions: which token belongs to which user, until when.
 *
 * <p>A token lives in its user's partition and only its hash is journaled. What is durable is
 * published into a process-wide {@link io.hongbao.session.SessionDirectory} that every event loop
 * reads without a lock; a revoked token leaves it before the answer does.
 *
 * <p><b>Thread:</b> the partition's; the directory's reads are everybody's. <b>Imports:</b> {@code
 * model}, the engine's SPI; no other family.
 */
@org.jspecify.annotations.NullMarked
package io.hongbao.session;
