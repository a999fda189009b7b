// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Providers".
/**
 * What all doors to outside services share: bounded calls, time-outs, strict reading of what comes
 * from outside.
 *
 * <p>An answer from outside is one of three things: known, known not to have been asked for, or
 * unknown. Unknown is never treated as a failure: whoever holds the money asks again until it is
 * known. A port's {@link io.vertx.core.Future} that fails therefore means "unknown", and what a
 * service can say is a sealed value of the port.
 *
 * <p><b>Thread:</b> every thread may call; an answer comes back to the Vert.x context that asked,
 * or, where there was none, on the thread that brought it. Nothing here blocks.
 *
 * <p>Each kind of service has its port in a package below ({@code pay}); the built-in simulator of
 * all of them is {@code sim}. May import {@code model}, {@code disk} and Vert.x; never the engine
 * or a family.
 */
@NullMarked
package io.hongbao.provider;

import org.jspecify.annotations.NullMarked;
