// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Sessions".
/**
 * Sessions: who a bearer token speaks for. Only hashes of tokens are ever here.
 *
 * <p>A user's tokens live in the partition of the user's slot and change by journaled events. What
 * is durable of them stands in the process-wide {@link io.hongbao.session.SessionDirectory}, which
 * every loop reads without a lock at each request: additions appear there before the answer to who
 * minted them, revocations leave it before theirs.
 *
 * <p><b>Thread:</b> the partition's; the directory is for all. <b>Imports:</b> {@code model},
 * {@code ledger}, the engine's SPI; no other family, no Vert.x, no input or output.
 */
@org.jspecify.annotations.NullMarked
package io.hongbao.session;
