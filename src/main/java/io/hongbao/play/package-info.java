// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The page".
/**
 * What {@code hongbao play} runs beside the server: a supervisor that kills it on request and
 * starts it again, a crowd of simulated viewers, and the links that are printed.
 *
 * <p>{@link io.hongbao.play.Play} puts them together. The crowd ({@link io.hongbao.play.Crowd})
 * knows the server by its public API only, as every viewer does, and writes down what it was told
 * ({@link io.hongbao.play.Acknowledged}), so that after a kill it can be asked for again, item by
 * item.
 *
 * <p><b>Thread:</b> the crowd lives on one event loop; the supervisor on the caller's thread, which
 * may block.
 */
@NullMarked
package io.hongbao.play;

import org.jspecify.annotations.NullMarked;
