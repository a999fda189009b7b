// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Providers".
/**
 * The built-in payment provider: a small bank that misbehaves by script, with nothing to install.
 *
 * <p>It stands for somebody else's machine. Hence it has its own book on disk, which outlives a
 * SIGKILL of the server; tells of payments only through the server's own door for notices, signed
 * like those of a real provider; and never looks at the server's state.
 *
 * <ul>
 *   <li>{@link io.hongbao.provider.sim.SimulatedPayProvider} is the port and the controls.
 *   <li>{@link io.hongbao.provider.sim.PayScript} says what goes wrong, and when.
 *   <li>{@code BankState} is changed by {@code BankEntry}s only, which {@code BankBook} keeps; the
 *       state after a start is the entries applied again.
 *   <li>{@code BankLane} runs everything one by one, keeps the due times, and lets no answer out
 *       before the book is on stable storage.
 *   <li>{@code NoticeCourier} brings notices, again and again until they are taken.
 * </ul>
 *
 * <p><b>Thread:</b> all state belongs to the lane, which runs on an executor that may block (disk).
 * Clock, timers, disk, executor and network come from outside: a test runs the whole bank by hand.
 */
@NullMarked
package io.hongbao.provider.sim;

import org.jspecify.annotations.NullMarked;
