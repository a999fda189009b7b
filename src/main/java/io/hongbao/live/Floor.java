// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Live rooms".
package io.hongbao.live;

import io.hongbao.live.RoomEntry.Chat;
import io.hongbao.live.RoomEntry.Notice;
import io.hongbao.live.SayOutcome.Refused;
import io.hongbao.live.SayOutcome.Said;
import io.hongbao.live.SayOutcome.Waits;
import io.hongbao.live.TicketView.State;
import io.hongbao.model.RefusalCode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Who has the floor in one room: budget, waiting line, and what moderators decided.
 *
 * <p>Refusals are tried in this order: banned · muted · closed · followers only · emotes only ·
 * waiting already · crowded. Moderators are never asked for more than not to be banned or muted.
 *
 * <p><b>Thread:</b> the owner loop's; time is an argument.
 */
final class Floor {

  /** What became of a ticket can be asked this long, of so many. */
  private static final long PAST_MS_MAX = 60_000;

  private static final int PAST_MAX = 1_000;

  /** Beyond the line's own bound, for a loop that is late. */
  private static final long SLACK_MS = 1_000;

  /** Between two notices that the room is full, or is not any more. */
  private static final long NOTICE_MS_MIN = 10_000;

  private static final long SECOND_MS = 1_000;

  private final long roomId;
  private final RoomLogs logs;
  private final ChatLimits limits;
  private final LiveMeters meters;
  private final RoomListener listener;
  private final Moderation moderation;
  private final SpokenCounts counts = new SpokenCounts();
  private final WaitingLine line = new WaitingLine(counts);
  private final Map<Long, Ticket> past = new LinkedHashMap<>();
  private Budget budget;
  private boolean isCalledFull;
  private long noticedMs = -NOTICE_MS_MIN;

  Floor(
      long roomId,
      Moderation moderation,
      RoomLogs logs,
      ChatLimits limits,
      LiveMeters meters,
      RoomListener listener,
      long nowMs) {
    this.roomId = roomId;
    this.moderation = moderation;
    this.logs = logs;
    this.limits = limits;
    this.meters = meters;
    this.listener = listener;
    this.budget = new Budget(perS(), nowMs);
  }

  Moderation moderation() {
    return moderation;
  }

  int waiting() {
    return line.size();
  }

  /** Whether it is to be pumped: somebody waits, or everybody was told so. */
  boolean isBusy() {
    return line.size() > 0 || isCalledFull;
  }

  int perS() {
    int own = moderation.rules().messagesPerS();
    return own == 0 ? limits.budgetPerS() : own;
  }

  /** Whether it knows nothing that would be missed if it were made anew. */
  boolean isIdle(long nowMs) {
    forgetPast(nowMs);
    return !isBusy()
        && past.isEmpty()
        && counts.isEmpty(nowMs)
        && budget.isFull(nowMs)
        && moderation.isBlank(nowMs);
  }

  /**
   * Says something, or lets it wait.
   *
   * @param kept told of the entry or the ticket before the caller is, for the key's sake
   */
  void say(Say say, long id, long nowMs, Consumer<SayOutcome> told, Kept kept) {
    Refused objection = objection(say, nowMs);
    if (objection != null) {
      meters.countRefused(objection.code());
      told.accept(objection);
      return;
    }
    if (moderation.isModerator(say.userId()) || (line.size() == 0 && budget.tryTake(nowMs))) {
      append(say.chat(id), told, kept);
      return;
    }
    Refused crowded = crowded();
    if (crowded != null) {
      meters.countRefused(crowded.code());
      told.accept(crowded);
      return;
    }
    Ticket ticket = new Ticket(say.chat(id), nowMs, nowMs + waitMsMax());
    line.add(ticket);
    meters.countQueued();
    kept.ticket(ticket);
    notice(true, nowMs);
    told.accept(new Waits(ticket.view(line.placeOf(ticket, nowMs)), false));
  }

  /** Hears what a message's key is to be remembered with. */
  interface Kept {
    void said(LogEntry entry);

    void ticket(Ticket ticket);
  }

  private void append(Chat chat, Consumer<SayOutcome> told, Kept kept) {
    boolean isTaken =
        logs.append(
            roomId,
            chat,
            entry -> {
              counts.add(chat.userId(), entry.atMs());
              meters.countSaid();
              kept.said(entry);
              told.accept(new Said(entry, false));
            });
    if (!isTaken) {
      told.accept(Refusals.overloaded());
    }
  }

  // By then the line's own bound has passed, even if the budget never lets two through at once.
  private long waitMsMax() {
    return Math.ceilDiv(WaitingLine.turnsMax(line.size()) * SECOND_MS, budget.perS()) + SLACK_MS;
  }

  private @Nullable Refused objection(Say say, long nowMs) {
    Refused objection = moderation.objection(say.userId(), say.text(), nowMs);
    if (objection != null) {
      return objection;
    }
    Ticket own = line.ofUser(say.userId());
    return own == null
        ? null
        : Refusals.after(RefusalCode.ALREADY_WAITING, own.expiresAtMs - nowMs);
  }

  private @Nullable Refused crowded() {
    return line.size() < limits.waitingMax()
        ? null
        : Refusals.after(
            RefusalCode.ROOM_CROWDED, Math.ceilDiv((long) line.size() * SECOND_MS, budget.perS()));
  }

  /** Lets say what the budget allows, and ends what waited too long. */
  void pump(long nowMs) {
    while (line.size() > 0 && budget.tryTake(nowMs)) {
      Ticket next = line.next(nowMs);
      if (next != null) {
        sayNow(next, nowMs);
      }
    }
    for (Ticket late : line.takeExpired(nowMs)) {
      late.end(State.EXPIRED, nowMs);
      meters.countExpired();
      remember(late, nowMs);
    }
    if (line.size() == 0) {
      notice(false, nowMs);
    }
  }

  private void sayNow(Ticket ticket, long nowMs) {
    boolean isTaken =
        logs.append(
            roomId,
            ticket.chat,
            entry -> {
              counts.add(ticket.chat.userId(), entry.atMs());
              meters.countSaid();
              meters.countSaidAfter(entry.atMs() - ticket.arrivedMs);
              ticket.said(entry);
              remember(ticket, nowMs);
            });
    if (!isTaken) {
      // Its turn is not lost: it is the oldest again, or nearly so.
      line.add(ticket);
    }
  }

  @Nullable TicketView ticket(long ticketId, long userId, long nowMs) {
    Ticket waiting = line.find(ticketId);
    if (waiting != null) {
      return waiting.chat.userId() == userId ? waiting.view(line.placeOf(waiting, nowMs)) : null;
    }
    Ticket over = past.get(ticketId);
    return over == null || over.chat.userId() != userId ? null : over.view(0);
  }

  TicketView view(Ticket ticket, long nowMs) {
    return ticket.view(ticket.state() == State.WAITING ? line.placeOf(ticket, nowMs) : 0);
  }

  /** Takes back what waits; what does not wait any more is shown as it is. */
  @Nullable TicketView cancel(long ticketId, long userId, long nowMs) {
    Ticket waiting = line.find(ticketId);
    if (waiting != null && waiting.chat.userId() == userId) {
      line.remove(waiting);
      waiting.end(State.CANCELLED, nowMs);
      meters.countCancelled();
      remember(waiting, nowMs);
    }
    return ticket(ticketId, userId, nowMs);
  }

  /** Takes out of the line whoever may not speak any more, after moderators decided something. */
  void moderated(long nowMs) {
    if (budget.perS() != perS()) {
      budget = new Budget(perS(), nowMs);
    }
    for (Ticket ticket : line.takeAll()) {
      Refused objection = moderation.objection(ticket.chat.userId(), ticket.chat.text(), nowMs);
      if (objection == null) {
        line.add(ticket);
      } else {
        ticket.refused(objection.code(), nowMs);
        meters.countCancelled();
        remember(ticket, nowMs);
      }
    }
  }

  private void remember(Ticket ticket, long nowMs) {
    past.put(ticket.chat.id(), ticket);
    forgetPast(nowMs);
    listener.ticket(roomId, ticket.view(0));
  }

  private void forgetPast(long nowMs) {
    var each = past.values().iterator();
    int tooMany = past.size() - PAST_MAX;
    while (each.hasNext()) {
      Ticket oldest = each.next();
      if (tooMany <= 0 && nowMs - oldest.endedMs() < PAST_MS_MAX) {
        return;
      }
      each.remove();
      tooMany--;
    }
  }

  // Once for everybody, and not at every swing of a room that is just about full.
  private void notice(boolean isFull, long nowMs) {
    if (isFull == isCalledFull || nowMs - noticedMs < NOTICE_MS_MIN) {
      return;
    }
    isCalledFull = isFull;
    noticedMs = nowMs;
    logs.append(
        roomId,
        isFull
            ? new Notice("slow_mode_on", "The room is full: messages wait for their turn.")
            : new Notice("slow_mode_off", "Messages appear at once again."),
        AppendHandler.NOBODY);
  }
}
