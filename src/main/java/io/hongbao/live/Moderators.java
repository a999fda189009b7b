// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Live rooms".
package io.hongbao.live;

import io.hongbao.live.Outcome.Done;
import io.hongbao.live.Outcome.No;
import io.hongbao.live.Outcome.Unkept;
import io.hongbao.live.RoomChange.FollowersChanged;
import io.hongbao.live.RoomChange.ModeratorsChanged;
import io.hongbao.live.RoomChange.Recalled;
import io.hongbao.live.RoomChange.RulesSet;
import io.hongbao.live.RoomChange.SanctionLifted;
import io.hongbao.live.RoomChange.Sanctioned;
import io.hongbao.live.RoomChange.WordsChanged;
import io.hongbao.live.RoomEntry.Chat;
import io.hongbao.live.RoomEntry.Notice;
import io.hongbao.live.RoomEntry.Recall;
import io.hongbao.live.filter.WordChanges;
import io.hongbao.live.filter.WordFilter;
import io.hongbao.model.RefusalCode;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What moderators and backends do in live rooms.
 *
 * <p>A decision holds at once and is answered when it is durable; one that could not be kept is
 * told as {@link Unkept}.
 *
 * <p><b>Thread:</b> any; outcomes are told on the room's owner loop or on the book's thread.
 */
public final class Moderators {

  /** Whoever acts with a key rather than as a user. */
  public static final long BACKEND = 0;

  private final LiveRooms rooms;
  private final WordChanges words;

  /**
   * Acts on these rooms.
   *
   * @param worker makes the word filter anew: one task at a time, on a thread that may take some
   *     100 ms
   */
  public Moderators(LiveRooms rooms, Executor worker) {
    this.rooms = rooms;
    this.words = new WordChanges(rooms.filter(), worker);
  }

  /** Changes the room's rules and tells the room. */
  public void rules(
      long roomId, long byUserId, RoomRules.Patch patch, Consumer<Outcome<RoomState>> told) {
    asModerator(
        roomId,
        byUserId,
        told,
        floor -> {
          RoomRules before = floor.moderation().rules();
          RoomRules after = before.with(patch);
          floor.moderation().set(after);
          floor.moderated(rooms.nowMs());
          tell(roomId, before, after);
          RoomState state = rooms.stateHere(roomId, byUserId);
          keep(new RulesSet(roomId, after), state, told);
        });
  }

  private void tell(long roomId, RoomRules before, RoomRules after) {
    notice(roomId, before.isClosed(), after.isClosed(), "closed", "Only moderators speak.");
    notice(
        roomId,
        before.isFollowersOnly(),
        after.isFollowersOnly(),
        "followers_only",
        "Only followers speak.");
    notice(roomId, before.isEmotesOnly(), after.isEmotesOnly(), "emotes_only", "Only emotes.");
  }

  private void notice(long roomId, boolean was, boolean is, String what, String text) {
    if (was != is) {
      rooms
          .logs()
          .append(
              roomId,
              new Notice(what + (is ? "_on" : "_off"), is ? text : "No more: " + text),
              AppendHandler.NOBODY);
    }
  }

  /** Mutes or bans somebody; no moderator of the room can be. */
  public void sanction(
      long roomId, long byUserId, Sanction sanction, Consumer<Outcome<Sanction>> told) {
    asModerator(
        roomId,
        byUserId,
        told,
        floor -> {
          Moderation moderation = floor.moderation();
          if (moderation.isModerator(sanction.userId())) {
            told.accept(new No<>(Refusals.of(RefusalCode.FORBIDDEN)));
          } else if (!moderation.put(sanction, rooms.nowMs())) {
            told.accept(new No<>(Refusals.of(RefusalCode.ROOM_LIST_FULL)));
          } else {
            rooms.rememberBan(roomId, sanction);
            floor.moderated(rooms.nowMs());
            if (sanction.kind() == Sanction.Kind.BAN) {
              rooms.listener().banned(roomId, sanction.userId(), sanction.untilMs());
            }
            keep(new Sanctioned(roomId, sanction), sanction, told);
          }
        });
  }

  /** Ends a mute or a ban. */
  public void lift(long roomId, long byUserId, long userId, Consumer<Outcome<Boolean>> told) {
    asModerator(
        roomId,
        byUserId,
        told,
        floor -> {
          boolean wasThere = floor.moderation().lift(userId);
          rooms.forgetBan(roomId, userId);
          keep(new SanctionLifted(roomId, userId), wasThere, told);
        });
  }

  /** Shows who is muted or banned. */
  public void sanctions(long roomId, long byUserId, Consumer<Outcome<List<Sanction>>> told) {
    asModerator(
        roomId,
        byUserId,
        told,
        floor -> told.accept(new Done<>(floor.moderation().sanctions(rooms.nowMs()))));
  }

  /** Makes users moderators of a room, or ends it; for backends. */
  public void moderators(
      long roomId, List<Long> added, List<Long> removed, Consumer<Outcome<RoomState>> told) {
    rooms.run(
        roomId,
        told,
        () -> {
          Moderation moderation = rooms.floorOf(roomId).moderation();
          if (moderation.moderatorCount() + added.size() > Moderation.MODERATORS_MAX) {
            told.accept(new No<>(Refusals.of(RefusalCode.ROOM_LIST_FULL)));
            return;
          }
          moderation.changeModerators(added, removed);
          keep(
              new ModeratorsChanged(roomId, added, removed),
              rooms.stateHere(roomId, BACKEND),
              told);
        });
  }

  /** Says who follows a room, or does not any more; for backends. */
  public void followers(
      long roomId, List<Long> added, List<Long> removed, Consumer<Outcome<RoomState>> told) {
    rooms.run(
        roomId,
        told,
        () -> {
          Moderation moderation = rooms.floorOf(roomId).moderation();
          if (moderation.followerCount() + added.size() > Moderation.FOLLOWERS_MAX) {
            told.accept(new No<>(Refusals.of(RefusalCode.ROOM_LIST_FULL)));
            return;
          }
          moderation.changeFollowers(added, removed);
          keep(
              new FollowersChanged(roomId, added, removed), rooms.stateHere(roomId, BACKEND), told);
        });
  }

  /**
   * Changes the words that are not to be said, everywhere and at once; for backends.
   *
   * @param added folded by {@link WordFilter#folded}, as are those removed
   */
  public void words(List<String> added, List<String> removed, Consumer<Outcome<Integer>> told) {
    if (words.sizeMax() + added.size() > WordFilter.WORDS_MAX) {
      told.accept(new No<>(Refusals.of(RefusalCode.ROOM_LIST_FULL)));
      return;
    }
    var unused =
        rooms
            .book()
            .save(new WordsChanged(added, removed))
            .whenComplete((done, failure) -> make(added, removed, failure, told));
  }

  // They hold in any case. Not on the book's thread: what is said waits for that.
  private void make(
      List<String> added,
      List<String> removed,
      @Nullable Throwable unkept,
      Consumer<Outcome<Integer>> told) {
    var unused =
        words
            .make(added, removed)
            .whenComplete(
                (size, bug) -> {
                  Throwable failure = unkept == null ? bug : unkept;
                  told.accept(failure == null ? new Done<>(size) : new Unkept<>(failure));
                });
  }

  /**
   * Takes back a message: its text leaves the log, and every screen is told.
   *
   * @param found the message as the log or the read model has it
   */
  public void recall(long roomId, long byUserId, LogEntry found, Consumer<Outcome<LogEntry>> told) {
    rooms.run(
        roomId,
        told,
        () -> {
          boolean isAuthor = found.entry() instanceof Chat chat && chat.userId() == byUserId;
          boolean isModerator =
              byUserId == BACKEND || rooms.floorOf(roomId).moderation().isModerator(byUserId);
          if (!(found.entry() instanceof Chat) || (!isAuthor && !isModerator)) {
            told.accept(new No<>(Refusals.of(RefusalCode.FORBIDDEN)));
            return;
          }
          Recall recall =
              new Recall(
                  found.epoch(),
                  found.sequence(),
                  isAuthor ? Recall.By.AUTHOR : Recall.By.MODERATOR);
          // Told of when the text has left the disk too: a crash must not bring it back.
          Recalled change = new Recalled(roomId, recall.ofEpoch(), recall.sequence());
          rooms.logs().append(roomId, recall, entry -> keep(change, entry, told));
          rooms.meters().countRecalled();
        });
  }

  private interface Step {
    void run(Floor floor);
  }

  private <T> void asModerator(long roomId, long userId, Consumer<Outcome<T>> told, Step step) {
    rooms.run(
        roomId,
        told,
        () -> {
          Floor floor = rooms.floorOf(roomId);
          if (userId != BACKEND && !floor.moderation().isModerator(userId)) {
            told.accept(new No<>(Refusals.of(RefusalCode.FORBIDDEN)));
          } else {
            step.run(floor);
          }
        });
  }

  private <T> void keep(RoomChange change, T value, Consumer<Outcome<T>> told) {
    var unused =
        rooms
            .book()
            .save(change)
            .whenComplete(
                (done, failure) ->
                    told.accept(failure == null ? new Done<>(value) : new Unkept<>(failure)));
  }
}
