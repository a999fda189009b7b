// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Live rooms".
package io.hongbao.live;

import io.hongbao.live.Outcome.Done;
import io.hongbao.live.Outcome.No;
import io.hongbao.live.RoomEntry.Gift;
import io.hongbao.live.SayOutcome.Said;
import io.hongbao.live.SayOutcome.Waits;
import io.hongbao.live.filter.WordFilter;
import io.hongbao.model.RefusalCode;
import io.hongbao.time.TimeSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * What people do in live rooms.
 *
 * <p><b>Thread:</b> any; outcomes are told on the room's owner loop, or at once when its queue is
 * full.
 */
public final class LiveRooms {

  /** So many ids a millisecond before two starts could meet; 53 bits last until the year 2039. */
  private static final int IDS_PER_MS = 4_096;

  private record Banned(long roomId, long userId) {}

  private final RoomLogs logs;
  private final RoomBook book;
  private final ChatLimits limits;
  private final LiveMeters meters;
  private final Tracker tracker;
  private final TimeSource time;
  private final WordFilter filter;
  private final LongToIntFunction ownerOf;
  private final List<FloorLoop> loops;
  private final AtomicLong ids;
  // Asked by gateways on every loop; the floors have it too.
  private final Map<Banned, Long> bans = new ConcurrentHashMap<>();
  private volatile RoomListener listener = new RoomListener() {};
  // Floors that were loaded know no other: whoever listens comes later.
  private final RoomListener relay =
      new RoomListener() {
        @Override
        public void ticket(long roomId, TicketView ticket) {
          listener.ticket(roomId, ticket);
        }
      };

  /**
   * Opens the rooms of a process.
   *
   * @param ownerOf which loop owns a room, the same as of the logs
   * @param epoch of this start; ids of messages begin there
   */
  public LiveRooms(
      RoomLogs logs,
      RoomBook book,
      ChatLimits limits,
      LiveMeters meters,
      Tracker tracker,
      TimeSource time,
      int loopCount,
      LongToIntFunction ownerOf,
      long epoch) {
    this.logs = logs;
    this.book = book;
    this.limits = limits;
    this.meters = meters;
    this.tracker = tracker;
    this.time = time;
    this.ownerOf = ownerOf;
    this.filter = new WordFilter();
    this.loops =
        java.util.stream.Stream.generate(() -> new FloorLoop(limits.keysMax()))
            .limit(loopCount)
            .toList();
    this.ids = new AtomicLong(epoch * IDS_PER_MS);
  }

  public RoomLogs logs() {
    return logs;
  }

  public LiveMeters meters() {
    return meters;
  }

  /** The words that are not to be said. */
  public WordFilter filter() {
    return filter;
  }

  /** Tells somebody of what concerns single users; once. */
  public void listen(RoomListener to) {
    listener = to;
  }

  /** Takes over what was kept of a room; before anything happens in it. */
  public void load(long roomId, Moderation moderation) {
    moderation.sanctions(time.nowMs()).forEach(sanction -> rememberBan(roomId, sanction));
    loopOf(roomId).floors.put(roomId, floor(roomId, moderation));
  }

  /** Whether the user may not even watch the room. */
  public boolean isBanned(long roomId, long userId) {
    return bannedForMs(roomId, userId) > 0;
  }

  /** For how long the user may not even watch the room; 0 when he may. */
  public long bannedForMs(long roomId, long userId) {
    if (bans.isEmpty()) {
      return 0;
    }
    Long untilMs = bans.get(new Banned(roomId, userId));
    return untilMs == null ? 0 : Math.max(0, untilMs - time.nowMs());
  }

  /** Says something, lets it wait, or says why not. */
  public void say(Say say, Consumer<SayOutcome> caller) {
    long startNanos = time.nanos();
    Consumer<SayOutcome> told =
        outcome -> {
          long tookNanos = time.nanos() - startNanos;
          meters.sayNanos().recordShared(tookNanos);
          tracker.said(say, outcome, tookNanos);
          caller.accept(outcome);
        };
    if (filter.matches(say.text())) {
      meters.countRefused(RefusalCode.TEXT_NOT_ALLOWED);
      told.accept(Refusals.of(RefusalCode.TEXT_NOT_ALLOWED));
    } else {
      inTime(
          say.roomId(),
          () -> sayHere(say, told),
          () -> {
            meters.countRefused(RefusalCode.OVERLOADED);
            told.accept(Refusals.overloaded());
          });
    }
  }

  // On the owner loop, when no more of what was said is on its way to the disk than a crash may
  // lose: until then it waits its turn here, and after a while it is refused.
  private void inTime(long roomId, Runnable what, Runnable refuse) {
    Runnable here =
        () -> {
          FloorLoop loop = loopOf(roomId);
          if (!loop.isHolding() && book.isInTime()) {
            what.run();
          } else if (loop.hold(what, refuse)) {
            meters.countHeld();
          } else {
            refuse.run();
          }
        };
    if (!book.hasRoom() || !logs.submit(roomId, here)) {
      refuse.run();
    }
  }

  private void sayHere(Say say, Consumer<SayOutcome> told) {
    long nowMs = time.nowMs();
    FloorLoop loop = loopOf(say.roomId());
    SayKey key = say.key();
    KeyMemory.Kept known = key == null ? null : loop.keys.find(key, nowMs);
    if (known != null && key != null) {
      told.accept(repeated(say, key, known, nowMs));
      return;
    }
    Floor floor = floorOf(say.roomId());
    floor.say(say, ids.incrementAndGet(), nowMs, told, new Keeper(loop.keys, key, nowMs));
    if (floor.isBusy()) {
      loop.full.add(floor);
    }
  }

  private SayOutcome repeated(Say say, SayKey key, KeyMemory.Kept known, long nowMs) {
    if (known.bodyHash() != key.bodyHash()) {
      meters.countRefused(RefusalCode.KEY_REUSED);
      return Refusals.of(RefusalCode.KEY_REUSED);
    }
    meters.countRepeated();
    LogEntry entry = known.entry();
    Ticket ticket = known.ticket();
    if (entry != null || ticket == null) {
      return entry == null ? Refusals.overloaded() : new Said(entry, true);
    }
    TicketView view = floorOf(say.roomId()).view(ticket, nowMs);
    LogEntry said = view.entry();
    return said == null ? new Waits(view, true) : new Said(said, true);
  }

  private record Keeper(KeyMemory keys, @Nullable SayKey key, long nowMs) implements Floor.Kept {

    @Override
    public void said(LogEntry entry) {
      if (key != null) {
        keys.keep(key, new KeyMemory.Kept(key.bodyHash(), nowMs, entry, null));
      }
    }

    @Override
    public void ticket(Ticket ticket) {
      if (key != null) {
        keys.keep(key, new KeyMemory.Kept(key.bodyHash(), nowMs, null, ticket));
      }
    }
  }

  /** Shows somebody's message that waits, or what became of it; null when there is none. */
  public void ticket(long roomId, long ticketId, long userId, Consumer<Outcome<TicketView>> told) {
    run(roomId, told, () -> shown(ticketHere(roomId, ticketId, userId), told));
  }

  /** Takes back somebody's message that waits. */
  public void cancel(long roomId, long ticketId, long userId, Consumer<Outcome<TicketView>> told) {
    run(
        roomId,
        told,
        () -> {
          Floor floor = loopOf(roomId).floors.get(roomId);
          shown(floor == null ? null : floor.cancel(ticketId, userId, time.nowMs()), told);
        });
  }

  // No floor is made for a look: who asks may have made the room up.
  private @Nullable TicketView ticketHere(long roomId, long ticketId, long userId) {
    Floor floor = loopOf(roomId).floors.get(roomId);
    return floor == null ? null : floor.ticket(ticketId, userId, time.nowMs());
  }

  private static void shown(@Nullable TicketView view, Consumer<Outcome<TicketView>> told) {
    told.accept(view == null ? new No<>(Refusals.of(RefusalCode.NOT_FOUND)) : new Done<>(view));
  }

  /**
   * Shows somebody's gift to the room.
   *
   * @param key what repeats are told by; null when the caller gave none
   */
  public void give(
      long roomId, GiftShown gift, @Nullable SayKey key, Consumer<Outcome<GiftPlace>> told) {
    inTime(
        roomId,
        () -> giveHere(roomId, gift, key, told),
        () -> told.accept(new No<>(Refusals.overloaded())));
  }

  private void giveHere(
      long roomId, GiftShown gift, @Nullable SayKey key, Consumer<Outcome<GiftPlace>> told) {
    KeyMemory keys = loopOf(roomId).keys;
    long nowMs = time.nowMs();
    KeyMemory.Kept known = key == null ? null : keys.find(key, nowMs);
    if (known != null && key != null) {
      LogEntry entry = known.entry();
      if (known.bodyHash() != key.bodyHash() || entry == null) {
        meters.countRefused(RefusalCode.KEY_REUSED);
        told.accept(new No<>(Refusals.of(RefusalCode.KEY_REUSED)));
      } else {
        meters.countRepeated();
        told.accept(new Done<>(new GiftPlace(entry, true)));
      }
      return;
    }
    Keeper keeper = new Keeper(keys, key, nowMs);
    boolean isTaken =
        logs.append(
            roomId,
            gift.entry(ids.incrementAndGet()),
            entry -> {
              meters.countGift();
              keeper.said(entry);
              told.accept(new Done<>(new GiftPlace(entry, false)));
            });
    if (!isTaken) {
      told.accept(new No<>(Refusals.overloaded()));
    }
  }

  /**
   * Where a gift stands.
   *
   * @param isRepeat whether an earlier call with the same key put it there
   */
  public record GiftPlace(LogEntry entry, boolean isRepeat) {}

  /** A gift as a backend tells of it. */
  public record GiftShown(
      long userId, String nickname, String giftId, String name, int count, long valueMinor) {

    private Gift entry(long id) {
      return new Gift(id, userId, nickname, giftId, name, count, valueMinor);
    }
  }

  /** Shows the room as it stands to somebody. */
  public void state(long roomId, long userId, Consumer<Outcome<RoomState>> told) {
    run(roomId, told, () -> told.accept(new Done<>(stateHere(roomId, userId))));
  }

  RoomState stateHere(long roomId, long userId) {
    Floor floor = floorOf(roomId);
    Moderation moderation = floor.moderation();
    return new RoomState(
        logs.tail(roomId),
        moderation.rules(),
        floor.perS(),
        floor.waiting(),
        moderation.followerCount(),
        java.util.Arrays.stream(moderation.moderators()).boxed().toList(),
        moderation.isModerator(userId));
  }

  /** Lets the next ones speak in full rooms; called on each loop every some milliseconds. */
  public void pump(int loop) {
    FloorLoop floors = loops.get(loop);
    if (book.isInTime()) {
      floors.release(book::isInTime);
      floors.pump(time.nowMs());
    } else if (!book.hasRoom()) {
      floors.refuseHeld();
    }
  }

  /** Forgets what is over; called on each loop every some seconds. */
  public void sweep(int loop) {
    long nowMs = time.nowMs();
    loops.get(loop).sweep(nowMs);
    bans.values().removeIf(untilMs -> nowMs >= untilMs);
  }

  /**
   * Whether the log of a room that rests may be forgotten: all that was said is durable, and nobody
   * waits for his turn there. On its owner loop.
   */
  public boolean mayForget(long roomId) {
    Floor floor = loopOf(roomId).floors.get(roomId);
    return book.isInTime() && (floor == null || !floor.isBusy());
  }

  /** Runs something on the owner loop; a full queue is told as overloaded. */
  <T> void run(long roomId, Consumer<Outcome<T>> told, Runnable task) {
    if (!logs.submit(roomId, task)) {
      told.accept(new No<>(Refusals.overloaded()));
    }
  }

  RoomBook book() {
    return book;
  }

  long nowMs() {
    return time.nowMs();
  }

  RoomListener listener() {
    return listener;
  }

  void rememberBan(long roomId, Sanction sanction) {
    if (sanction.kind() == Sanction.Kind.BAN) {
      bans.put(new Banned(roomId, sanction.userId()), sanction.untilMs());
    } else {
      forgetBan(roomId, sanction.userId());
    }
  }

  void forgetBan(long roomId, long userId) {
    bans.remove(new Banned(roomId, userId));
  }

  /** The floor of a room; on its owner loop. */
  Floor floorOf(long roomId) {
    FloorLoop loop = loopOf(roomId);
    Floor known = loop.floors.get(roomId);
    if (known == null) {
      known = floor(roomId, new Moderation());
      loop.floors.put(roomId, known);
    }
    return known;
  }

  private Floor floor(long roomId, Moderation moderation) {
    return new Floor(roomId, moderation, logs, limits, meters, relay, time.nowMs());
  }

  private FloorLoop loopOf(long roomId) {
    return loops.get(ownerOf.applyAsInt(roomId));
  }
}
