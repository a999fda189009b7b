// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Snapshots".
/**
 * Snapshots of partitions: bounded recovery, built in the background, checked by the additive hash.
 *
 * <p>A snapshot is never taken from the live state: a builder loads the previous snapshot, replays
 * the journal up to a record that carries the live state's hash, compares, and writes. Runs on one
 * thread of its own; opens files through {@link io.hongbao.disk.Disk} only.
 */
@org.jspecify.annotations.NullMarked
package io.hongbao.engine.snapshot;
