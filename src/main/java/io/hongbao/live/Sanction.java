// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Live rooms".
package io.hongbao.live;

import java.util.Locale;

/**
 * What somebody may not do in a room until a time.
 *
 * @param byUserId moderator who said so
 * @param reason for other moderators; may be empty
 */
public record Sanction(long userId, Kind kind, long untilMs, long byUserId, String reason) {

  /** What is forbidden. */
  public enum Kind {
    /** To speak. */
    MUTE,
    /** To speak and to watch. */
    BAN;

    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
