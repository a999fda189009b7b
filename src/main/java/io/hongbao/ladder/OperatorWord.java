// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Degradation".
package io.hongbao.ladder;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * All that an operator has said about the ladder; the newest word replaces the one before.
 *
 * @param modes steps that are not in it are {@link RungMode#AUTO}
 * @param cause why, in the operator's words; empty before the first word
 * @param atMs when, epoch milliseconds; 0 before the first word
 */
public record OperatorWord(Map<Rung, RungMode> modes, String cause, long atMs) {

  /** Characters of a cause. */
  public static final int CAUSE_CHARS_MAX = 200;

  /** Before anybody said anything. */
  public static final OperatorWord NONE = new OperatorWord(Map.of(), "", 0);

  public OperatorWord {
    Map<Rung, RungMode> spoken = new EnumMap<>(Rung.class);
    modes.forEach(
        (rung, mode) -> {
          if (mode != RungMode.AUTO) {
            spoken.put(rung, mode);
          }
        });
    modes = Collections.unmodifiableMap(spoken);
  }

  public RungMode mode(Rung rung) {
    return modes.getOrDefault(rung, RungMode.AUTO);
  }
}
