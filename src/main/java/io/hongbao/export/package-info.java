// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Read model".
/**
 * Followers of the journal: what was decided is carried to where people can search it.
 *
 * <p>An {@link io.hongbao.export.ExportLoop} reads durable records in log order on a thread of its
 * own, hands them to one {@link io.hongbao.export.Exporter} and publishes in {@link
 * io.hongbao.export.ExportProgress} how far that has come. A target that is down stops its loop and
 * nothing else: the core goes on, the loop tries again and catches up from the position that the
 * target itself stores. Nothing here is ever the truth; every target can be dropped and rebuilt.
 *
 * <p>A family is exported by one {@link io.hongbao.export.FamilyExports}, which turns its events
 * into {@link io.hongbao.export.Row}s of {@link io.hongbao.export.Table}s. Every column knows how
 * two values for it meet ({@link io.hongbao.export.Merge}), and no rule depends on the order or the
 * number of times a value arrives. That is why a batch may be written twice, and why rows of one
 * packet may come from several partitions in any order.
 *
 * <p>Imports the engine's events and journal; {@code export.sql} alone knows SQL and Vert.x.
 */
@org.jspecify.annotations.NullMarked
package io.hongbao.export;
