// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The simulator".
/**
 * Plays the whole engine in one thread against a disk, a network and clocks that fail as a seed has
 * it, and checks every answer against a second, independent book.
 *
 * <p>Real here: partitions, families, journal, snapshots, recovery, archive, transfers, timers, the
 * export loop. Faked: disk ({@code FaultyDisk}), links between partitions ({@link
 * io.hongbao.sim.SimNetwork}), both clocks ({@link io.hongbao.sim.SimClock}), the loops' queues,
 * the payment provider ({@link io.hongbao.sim.SimBank}), the read model's target ({@link
 * io.hongbao.sim.MemoryReadModel}).
 *
 * <p>The {@link io.hongbao.sim.Auditor} knows the business from the documentation and uses nothing
 * of the families' rules. It sees each decision where it is taken, says what must come out, and
 * takes back what a crash takes back. So a wrong answer, a lost or doubled effect, and an answer
 * that was not durable are found in the step in which they show.
 *
 * <p><b>Thread:</b> one.
 *
 * <p><b>Invariant:</b> the same seed and steps give the same run on every machine.
 */
@org.jspecify.annotations.NullMarked
package io.hongbao.sim;
