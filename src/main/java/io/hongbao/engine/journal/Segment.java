// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Journal".
package io.hongbao.engine.journal;

/**
 * One segment as the process knows it.
 *
 * @param archived whether only the compressed copy may be left
 */
record Segment(SegmentName name, boolean archived) {

  long basePosition() {
    return name.basePosition();
  }
}
