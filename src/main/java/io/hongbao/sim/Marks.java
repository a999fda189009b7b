// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The simulator".
package io.hongbao.sim;

import java.util.EnumMap;
import java.util.Map;

/** Counts what happened. */
public final class Marks {

  private final Map<Fault, Long> counts = new EnumMap<>(Fault.class);

  void count(Fault fault) {
    counts.merge(fault, 1L, Long::sum);
  }

  void add(Fault fault, long times) {
    counts.merge(fault, times, Long::sum);
  }

  public long of(Fault fault) {
    return counts.getOrDefault(fault, 0L);
  }

  public long all() {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  public Map<Fault, Long> counts() {
    return Map.copyOf(counts);
  }
}
