// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Live rooms".
package io.hongbao.live;

import io.hongbao.model.RefusalCode;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A message that waits for its turn, or what became of it.
 *
 * @param id of the message and of its ticket
 * @param place 1 is said next; 0 unless it waits
 * @param expiresAtMs by then it was said, or is dropped
 * @param entry where it stands; only of what was said
 * @param refusedBy why it was not said; only of what was refused while it waited
 */
public record TicketView(
    long id,
    long userId,
    State state,
    int place,
    long expiresAtMs,
    @Nullable LogEntry entry,
    @Nullable RefusalCode refusedBy) {

  /** What became of it. */
  public enum State {
    /** It waits for its turn. */
    WAITING,
    /** It stands in the log. */
    SAID,
    /** Its author took it back before its turn came. */
    CANCELLED,
    /** Its turn did not come in time; happens only when the room's budget was lowered. */
    EXPIRED,
    /** Its author was muted, or the room closed, while it waited. */
    REFUSED;

    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
