// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Sessions".
package io.hongbao.session;

import io.hongbao.engine.Answer;

/**
 * The tokens are let in from now on, or are let in no more, on every loop of this process.
 *
 * @param count how many were minted or ended; 0 when there was nothing to end
 */
public record SessionAnswer(int count) implements Answer {}
