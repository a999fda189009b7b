// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Degradation".
/**
 * What is given up, and in which order, so that money goes on when resources are short.
 *
 * <p>{@link io.hongbao.ladder.Rung} names the steps; none of them touches money. {@link
 * io.hongbao.ladder.Ladder} says which are refused now, because an operator said so ({@link
 * io.hongbao.ladder.OperatorWord}, kept by {@link io.hongbao.ladder.WordFile}) or because of load
 * ({@link io.hongbao.ladder.LoadWatch}). Limits that turn single commands away ({@code overloaded})
 * are the engine's and stay where they are: the ladder acts before they are reached.
 *
 * <p><b>Thread:</b> any may ask; who may change stands with each class.
 *
 * <p>Imports {@code model} and {@code disk}.
 */
@org.jspecify.annotations.NullMarked
package io.hongbao.ladder;
