// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Passwords".
/**
 * Passwords: Argon2id hashes in PHC form, made and checked on a few threads of their own.
 *
 * <p><b>Thread:</b> any hands in; the pool's threads work; nobody waits on an event loop.
 * <b>Guarantee:</b> at most threads × memory is in use, at most a queue's length waits, more is
 * turned away. <b>Imports:</b> {@code model}, {@code time}, Bouncy Castle's lightweight classes.
 */
@org.jspecify.annotations.NullMarked
package io.hongbao.password;
