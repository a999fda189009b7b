// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Live rooms".
/**
 * Words that are not to be said: found in one pass, however many there are and however they are
 * dressed up.
 *
 * <p>A text is folded to what a reader sees in it ({@link io.hongbao.live.filter.FoldedText}); the
 * words stand in one automaton ({@link io.hongbao.live.filter.WordAutomaton}) that is never changed
 * but replaced ({@link io.hongbao.live.filter.WordFilter}).
 *
 * <p><b>Thread:</b> any; everything is immutable or volatile. Imports nothing of ours.
 */
@org.jspecify.annotations.NullMarked
package io.hongbao.live.filter;
