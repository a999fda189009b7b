// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Live rooms".
package io.hongbao.live;

import io.hongbao.live.RoomEntry.Chat;
import io.hongbao.live.TicketView.State;
import io.hongbao.model.RefusalCode;
import org.jspecify.annotations.Nullable;

/**
 * One message that waits, or waited.
 *
 * <p><b>Thread:</b> the owner loop's.
 */
final class Ticket {

  final Chat chat;
  final long arrivedMs;
  final long expiresAtMs;
  private State state = State.WAITING;
  private @Nullable LogEntry entry;
  private @Nullable RefusalCode refusedBy;
  private long endedMs;

  Ticket(Chat chat, long arrivedMs, long expiresAtMs) {
    this.chat = chat;
    this.arrivedMs = arrivedMs;
    this.expiresAtMs = expiresAtMs;
  }

  State state() {
    return state;
  }

  long endedMs() {
    return endedMs;
  }

  void said(LogEntry where) {
    state = State.SAID;
    entry = where;
    endedMs = where.atMs();
  }

  void refused(RefusalCode why, long nowMs) {
    refusedBy = why;
    end(State.REFUSED, nowMs);
  }

  void end(State how, long nowMs) {
    state = how;
    endedMs = nowMs;
  }

  /** As it is shown to its author. */
  TicketView view(int place) {
    return new TicketView(
        chat.id(),
        chat.userId(),
        state,
        state == State.WAITING ? place : 0,
        expiresAtMs,
        entry,
        refusedBy);
  }
}
