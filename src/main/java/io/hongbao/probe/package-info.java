// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Prober".
/**
 * The server asks itself, every second and in every partition, whether it answers.
 *
 * <p>A probe takes the way of a command: the queue of the lane, the partition, the gate behind the
 * disk. It touches no account, so the books know nothing of it.
 *
 * <p><b>Thread:</b> one of its own, so that a loop that hangs is counted and does not stop the
 * counting.
 *
 * <p>Imports {@code model} and {@code time}; what is probed comes in as {@link
 * io.hongbao.probe.Prober.Target}.
 */
@org.jspecify.annotations.NullMarked
package io.hongbao.probe;
