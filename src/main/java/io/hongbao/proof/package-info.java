// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Red packets".
/**
 * The JSON form of a draw's proof: what the server writes and every verifier reads.
 *
 * <p>A package of its own, because the family's rules stay free of any library, and because both
 * the HTTP side and the command line need it and neither may know the other. One class for both
 * directions, so that they cannot drift apart. No state; safe on every thread. May import the
 * draw's records and io.vertx.core.json, nothing else of Vert.x.
 */
@NullMarked
package io.hongbao.proof;

import org.jspecify.annotations.NullMarked;
