// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "API keys".
/**
 * API keys of backends and operators: role, scopes, rotation, revocation. Only hashes of their
 * secrets are ever here.
 *
 * <p>All keys live in partition 0: they are few and change rarely. What is durable of them stands
 * in the process-wide {@link io.hongbao.apikey.KeyDirectory}, which every loop reads without a lock
 * at each request: additions appear there before the answer to who made them, revocations leave it
 * before theirs.
 *
 * <p><b>Thread:</b> the partition's; the directory is for all. <b>Imports:</b> {@code model}, the
 * engine's SPI; no other family, no Vert.x, no input or output.
 */
@org.jspecify.annotations.NullMarked
package io.hongbao.apikey;
