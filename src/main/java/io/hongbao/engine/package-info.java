// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The engine".
/**
 * The engine: partitions that decide commands in memory, journal what was decided, and tell nobody
 * before it is durable.
 *
 * <p>A {@link io.hongbao.engine.PartitionCore} owns one partition. It knows no Vert.x, no thread,
 * no clock and no disk: time, chance, journal, links to other partitions and effects come in from
 * outside, so that the whole runs in one thread in a simulator. Business lives in {@linkplain
 * io.hongbao.engine.Family families}: a new family is a package that implements that interface and
 * one line of wiring.
 *
 * <p><b>Thread:</b> everything here belongs to the partition's one thread, unless it says
 * otherwise. <b>Imports:</b> {@code model}, {@code ledger}, {@code disk}, {@code time}; never a
 * family, never Vert.x.
 */
@org.jspecify.annotations.NullMarked
package io.hongbao.engine;
