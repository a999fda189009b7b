// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Red packets".
/**
 * The JSON form of a draw's proof: what the server writes and every verifier reads.
 *
 * <p>Apart from the rules, so that those stay free of any library. One class for both directions,
 * so that they cannot drift apart. No state; safe on every thread. May import the draw's records
 * and io.vertx.core.json, nothing else of Vert.x.
 */
@NullMarked
package io.hongbao.redpacket.draw.json;

import org.jspecify.annotations.NullMarked;
