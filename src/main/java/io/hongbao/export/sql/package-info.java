// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Read model".
/**
 * The read model in SQL: lists, statements, sums, and everything that has left memory.
 *
 * <p>{@link io.hongbao.export.sql.SqlExporter} writes it on the export loop's thread; {@link
 * io.hongbao.export.sql.ReadModel} reads it for the edge and never blocks an event loop. Both speak
 * the subset that H2 and MySQL share; what differs hides in {@link
 * io.hongbao.export.sql.SqlDialect} and {@link io.hongbao.export.sql.SqlTarget}.
 *
 * <p>A read that the model cannot answer now is a typed failure, never an empty answer: {@link
 * io.hongbao.export.sql.ReadModelUnavailableException} while SQL is down or being rebuilt, {@link
 * io.hongbao.export.sql.ReadModelBehindException} when the asked position did not come in time.
 */
@org.jspecify.annotations.NullMarked
package io.hongbao.export.sql;
