// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The edge".

/**
 * The HTTP API: every route of {@code openapi.yaml}, from bytes to commands and back.
 *
 * <p>One {@link io.hongbao.http.Edge} per event loop. It authenticates, reads strictly and within
 * limits, hands commands through its {@link io.hongbao.http.CommandDoor} to partitions, and writes
 * answers by hand. It keeps no state beyond the requests under way: what a request says is judged
 * by the partition that decides it, here only its form. Hot routes are recognized before the
 * router; the router knows the same {@link io.hongbao.http.Route}s.
 *
 * <p>The contract is the truth. What is served is in it, and tests hold both together. Broken input
 * ends in a {@link io.hongbao.http.BadRequestException}, which carries the refusal and names the
 * field.
 *
 * <p><b>Thread:</b> an edge and what belongs to it (exchanges, writer, routes) live on one event
 * loop; {@link io.hongbao.http.EdgeParts} says what all edges share.
 *
 * <p>May import the engine's commands and answers, all families, the read model's queries, and
 * Vert.x. Nothing but the wiring imports it.
 */
@org.jspecify.annotations.NullMarked
package io.hongbao.http;
