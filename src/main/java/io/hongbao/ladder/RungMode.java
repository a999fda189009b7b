// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Degradation".
package io.hongbao.ladder;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What an operator said about one step. */
public enum RungMode {
  /** Nothing: load decides. */
  AUTO,
  /** Refuse it, whatever the load. */
  REFUSED,
  /** Serve it, whatever the load. */
  SERVED;

  private final String wireName = name().toLowerCase(Locale.ROOT);

  public String wireName() {
    return wireName;
  }

  /** The mode with that name, or null. */
  public static @Nullable RungMode named(String name) {
    for (RungMode mode : values()) {
      if (mode.wireName.equals(name)) {
        return mode;
      }
    }
    return null;
  }
}
