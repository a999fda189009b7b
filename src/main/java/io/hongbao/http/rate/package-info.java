// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Rate limits".
/**
 * How much one caller may ask for in a time.
 *
 * <p>{@link io.hongbao.http.rate.RateLimiter} is the interface; {@link
 * io.hongbao.http.rate.LocalRates} counts in this process. Nothing here knows HTTP, tokens or
 * routes: a caller is a number, and its class says which quota applies.
 *
 * <p><b>Thread:</b> any, without a lock; all loops share one table, so that a caller gains nothing
 * by spreading its connections.
 *
 * <p><b>Limit:</b> a table of fixed size. When it is full of callers who are under way, the one
 * with the most quota left is forgotten, which errs in the caller's favour.
 */
@NullMarked
package io.hongbao.http.rate;

import org.jspecify.annotations.NullMarked;
