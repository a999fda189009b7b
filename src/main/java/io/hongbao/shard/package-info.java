// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Lanes".
/**
 * The thin shell around the partitions: one lane per event loop, bounded queues between them.
 *
 * <p>A {@link io.hongbao.shard.Lane} owns some partitions and is touched by one thread. It knows no
 * Vert.x: what runs it is an {@link java.util.concurrent.Executor}, the event loop in production
 * and a list in the simulator. From loop to loop everything goes through one bounded queue per
 * ordered pair, with one wake-up per drain; the event bus is not used for it, since a hop there
 * costs twice as much.
 */
@org.jspecify.annotations.NullMarked
package io.hongbao.shard;
