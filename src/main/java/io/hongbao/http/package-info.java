// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The edge".

/**
 * What HTTP needs before and after the business: strict reading of requests, quick writing of
 * answers, problem documents, idempotency keys, cursors, request ids, and the pages under /docs.
 *
 * <p>The contract is {@code openapi.yaml}; the classes here know its general rules (what an id, an
 * amount, a time, a problem looks like), not its routes. Broken input ends in a {@link
 * io.hongbao.http.BadRequestException}, which carries the refusal and names the field.
 *
 * <p><b>Thread:</b> what keeps state ({@code JsonWriter}, {@code RequestIds}) belongs to one event
 * loop; everything else is immutable or has static methods only.
 *
 * <p>May import {@code model} and Vert.x; knows neither the engine nor a family.
 */
@org.jspecify.annotations.NullMarked
package io.hongbao.http;
