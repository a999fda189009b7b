// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Clients".
/**
 * A small client for Java programs; made to be copied, and used by our own commands.
 *
 * <p>Needs nothing but the JDK (17 or newer): {@link io.hongbao.client.HongbaoClient} carries out
 * calls and repeats those that a repeat can help, with the same idempotency key; {@link
 * io.hongbao.client.Json} reads and writes what travels. Take the folder, change the package's
 * name; the null annotations may go.
 *
 * <p><b>Thread:</b> any; calls block, so a crowd calls from virtual threads.
 *
 * <p>May import {@code java.*} and nothing else.
 */
@NullMarked
package io.hongbao.client;

import org.jspecify.annotations.NullMarked;
