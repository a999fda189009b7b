// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Sessions".
package io.hongbao.session;

import io.hongbao.engine.Answer;

/**
 * How many tokens were minted or ended.
 *
 * @param count 0 when there was nothing to end
 */
public record SessionAnswer(int count) implements Answer {}
