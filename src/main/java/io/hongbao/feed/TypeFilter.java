// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Events".
package io.hongbao.feed;

import java.util.BitSet;

/**
 * Which types a reader wants.
 *
 * <p><b>Thread:</b> any; immutable.
 */
public final class TypeFilter {

  private final BitSet wanted;

  TypeFilter(BitSet wanted) {
    this.wanted = (BitSet) wanted.clone();
  }

  public boolean wants(EventType type) {
    return wanted.get(type.index());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TypeFilter that && wanted.equals(that.wanted);
  }

  @Override
  public int hashCode() {
    return wanted.hashCode();
  }

  @Override
  public String toString() {
    return "TypeFilter" + wanted;
  }
}
