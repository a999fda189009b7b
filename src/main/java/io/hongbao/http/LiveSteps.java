// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Live rooms".
package io.hongbao.http;

import io.hongbao.http.rate.RateClass;
import io.hongbao.live.HistoryUnavailableException;
import io.hongbao.live.Outcome;
import io.hongbao.live.Outcome.Done;
import io.hongbao.live.Outcome.No;
import io.hongbao.live.Outcome.Unkept;
import io.hongbao.live.SayKey;
import io.hongbao.live.SayOutcome.Refused;
import io.hongbao.model.RefusalCode;
import io.hongbao.person.PersonAnswer.PersonShown;
import io.hongbao.person.PersonCommand.ReadPerson;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What the routes of live rooms have in common.
 *
 * <p><b>Thread:</b> one event loop's.
 */
final class LiveSteps {

  /** Names of those who spoke last; some 100 bytes each. */
  private static final int NICKNAMES_MAX = 10_000;

  /** A new name is seen after this, or at once by whoever asks another loop. */
  private static final long NICKNAME_MS = 60_000;

  private record Known(String nickname, long atMs) {}

  private final EdgeParts parts;
  private final RateDesk rates;
  private final Authenticator authenticator;
  private final Map<Long, Known> nicknames =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Known> eldest) {
          return size() > NICKNAMES_MAX;
        }
      };

  LiveSteps(Edge edge, EdgeParts parts) {
    this.parts = parts;
    this.rates = new RateDesk(parts);
    this.authenticator =
        new Authenticator(parts.sessions(), parts.operatorKey(), parts.keys(), edge.keyWatch());
  }

  /** Whether the user may say one thing more at the moment; if not, the exchange is answered. */
  boolean mayChat(Exchange exchange, long userId) {
    return rates.takeByUser(exchange, RateClass.CHAT, userId);
  }

  /** Whose token this is; {@link Sessions#NOBODY} when it is nobody's. */
  long userOfToken(String token) {
    return authenticator.userOfToken(token, parts.time().nowMs());
  }

  EdgeParts parts() {
    return parts;
  }

  LiveParts live() {
    return parts.live();
  }

  /** Whether the user may see the room; if not, the exchange is answered. */
  boolean mayEnter(Exchange exchange, long roomId) {
    return mayEnter(exchange, roomId, exchange.userId());
  }

  boolean mayEnter(Exchange exchange, long roomId, long userId) {
    if (!parts.rooms().isInRoom(roomId, userId)) {
      exchange.refuse(RefusalCode.ROOM_NOT_FOUND, RefusalCode.ROOM_NOT_FOUND.sentence());
      return false;
    }
    long bannedForMs = live().rooms().bannedForMs(roomId, userId);
    if (bannedForMs > 0) {
      RefusalCode banned = RefusalCode.BANNED;
      refuse(exchange, new Refused(banned, banned.sentence(), bannedForMs));
      return false;
    }
    return true;
  }

  /** What to do with a name. */
  interface Named {
    void named(String nickname) throws BadRequestException;
  }

  /**
   * The key of something to be shown in a room, by which repeats are told; null when there is none.
   */
  static @Nullable SayKey key(Exchange exchange, long userId, String operation, JsonRequest body)
      throws BadRequestException {
    String header = exchange.request().getHeader(IdempotencyKey.HEADER);
    if (header == null) {
      return null;
    }
    Hash128 hash = IdempotencyKey.parse(header, userId, operation).hash();
    return new SayKey(hash.high(), hash.low(), BodyHash.of(body, exchange.pathValue("room_id")));
  }

  /**
   * Finds out what a user is called in rooms, and goes on. A name that holds a word of the filter
   * is shown as that of somebody without a name: the list changes after names were chosen.
   */
  void nickname(Exchange exchange, long userId, Named next) throws BadRequestException {
    long nowMs = exchange.nowMs();
    Known known = nicknames.get(userId);
    if (known != null && nowMs - known.atMs() < NICKNAME_MS) {
      next.named(shown(known.nickname(), userId));
      return;
    }
    exchange.ask(
        parts.shape().partitionOf(userId),
        new ReadPerson(userId),
        PersonShown.class,
        (person, position, repeated) -> {
          String nickname = nicknameOf(person, userId);
          // Behind all others, so that the one that was asked longest ago goes first.
          nicknames.remove(userId);
          nicknames.put(userId, new Known(nickname, nowMs));
          next.named(shown(nickname, userId));
        });
  }

  private String shown(String nickname, long userId) {
    return live().rooms().filter().matches(nickname) ? withoutName(userId) : nickname;
  }

  private static String withoutName(long userId) {
    return "#" + userId;
  }

  // Who never gave a name is still somebody.
  private static String nicknameOf(PersonShown person, long userId) {
    if (!person.isKnown()) {
      return withoutName(userId);
    }
    String nickname = person.profile().nickname();
    if (!nickname.isEmpty()) {
      return nickname;
    }
    return person.userName().isEmpty() ? withoutName(userId) : person.userName();
  }

  /** What to do with what was done. */
  interface Shown<T> {
    void show(T value) throws BadRequestException;
  }

  /** Takes an outcome that comes on any thread. */
  <T> Consumer<Outcome<T>> told(Exchange exchange, Shown<T> next) {
    return outcome ->
        exchange.onLoop(
            () -> {
              switch (outcome) {
                case Done<T> done -> next.show(done.value());
                case No<T> no -> refuse(exchange, no.why());
                case Unkept<T> unkept ->
                    exchange.refuse(
                        RefusalCode.READ_MODEL_UNAVAILABLE,
                        "It holds now, but could not be kept: a restart would forget it.");
              }
            });
  }

  void refuse(Exchange exchange, Refused refused) {
    RefusalCode code = refused.code();
    exchange.refuse(
        new Problem(
            code,
            refused.detail(),
            code.retry() == RefusalCode.Retry.AFTER ? Math.max(1, refused.retryAfterMs()) : 0,
            exchange.requestId()),
        false);
  }

  /** Goes on with what history says. */
  <T> void await(Exchange exchange, CompletableFuture<T> history, Shown<T> next) {
    var unused =
        history.whenComplete(
            (found, failure) ->
                exchange.onLoop(
                    () -> {
                      if (failure == null) {
                        next.show(found);
                      } else if (failure instanceof HistoryUnavailableException) {
                        exchange.refuse(
                            RefusalCode.READ_MODEL_UNAVAILABLE,
                            RefusalCode.READ_MODEL_UNAVAILABLE.sentence());
                      } else {
                        exchange.failed(failure);
                      }
                    }));
  }
}
