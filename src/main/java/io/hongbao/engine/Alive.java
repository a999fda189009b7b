// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Prober".
package io.hongbao.engine;

/** What a partition that was probed says. */
public enum Alive implements Answer {
  ANSWER
}
