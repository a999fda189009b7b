// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The simulator".
package io.hongbao.sim;

import io.hongbao.model.RefusalCode;
import io.hongbao.session.CloseCause;
import io.hongbao.session.Login.Access;
import io.hongbao.session.SessionAnswer;
import io.hongbao.session.SessionCommand;
import io.hongbao.session.SessionCommand.CloseLogin;
import io.hongbao.session.SessionCommand.CloseOthers;
import io.hongbao.session.SessionCommand.MintTokens;
import io.hongbao.session.SessionCommand.NewToken;
import io.hongbao.session.SessionCommand.OpenLogin;
import io.hongbao.session.SessionCommand.ReadLogins;
import io.hongbao.session.SessionCommand.RefreshLogin;
import io.hongbao.session.SessionCommand.RevokeAll;
import io.hongbao.session.SessionCommand.RevokeToken;
import io.hongbao.session.SessionEvent;
import io.hongbao.session.SessionEvent.LoginClosed;
import io.hongbao.session.SessionEvent.LoginOpened;
import io.hongbao.session.SessionEvent.LoginRefreshed;
import io.hongbao.session.SessionEvent.TokenExpired;
import io.hongbao.session.SessionEvent.TokenMinted;
import io.hongbao.session.SessionEvent.TokenRevoked;
import io.hongbao.session.TokenSmith.RefreshPlace;
import io.hongbao.sim.AuditedAnswers.Told;
import io.hongbao.sim.AuditedLogins.Device;
import io.hongbao.sim.AuditedLogins.Door;
import io.hongbao.sim.AuditedLogins.Hash;
import io.hongbao.sim.AuditedLogins.Minted;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Follows logins and minted tokens: which pair comes next, what ends a login, who is let in. */
final class AuditedSessions {

  Foretold foretell(AuditedPartition book, SessionCommand command, long nowMs) {
    AuditedLogins logins = book.logins;
    return switch (command) {
      case OpenLogin c -> Foretold.change(0);
      case RefreshLogin c -> refresh(logins, c.place(), nowMs);
      case CloseLogin c -> {
        int count = logins.device(c.userId(), c.sessionId()) == null ? 0 : 1;
        yield count(count, logins.endedAt.getOrDefault(c.sessionId(), 0L));
      }
      case RevokeAll c -> all(logins, c.userId(), 0);
      case CloseOthers c -> all(logins, c.userId(), c.keptSessionId());
      case ReadLogins c -> Foretold.read(0, logins.changedAt(c.userId()));
      case MintTokens c -> mint(c, nowMs);
      case RevokeToken c -> {
        boolean isThere =
            logins.mintedOf(c.userId()).containsKey(new Hash(c.hashHigh(), c.hashLow()));
        yield count(isThere ? 1 : 0, logins.changedAt(c.userId()));
      }
    };
  }

  private static Foretold count(int count, long restsOn) {
    return Foretold.changeIf(count > 0, count, restsOn);
  }

  private static Foretold all(AuditedLogins logins, long userId, long keptId) {
    int kept = logins.devicesOf(userId).containsKey(keptId) ? 1 : 0;
    int count = logins.devicesOf(userId).size() - kept + logins.mintedOf(userId).size();
    return count(count, logins.changedAt(userId));
  }

  // The table of the documents: newest, the one before within ten seconds, older, gone.
  private static Foretold refresh(AuditedLogins logins, RefreshPlace place, long nowMs) {
    Device device = logins.device(place.userId(), place.sessionId());
    if (device == null) {
      return Foretold.refusal(
          RefusalCode.UNAUTHENTICATED, logins.endedAt.getOrDefault(place.sessionId(), 0L));
    }
    int behind = device.generation() - place.generation();
    if (nowMs >= device.endsAtMs() || behind < 0) {
      return Foretold.refusal(RefusalCode.UNAUTHENTICATED, device.at());
    }
    if (behind == 0) {
      return Foretold.change(0);
    }
    boolean isForgiven = behind == 1 && nowMs <= device.refreshedAtMs() + 10_000;
    return isForgiven
        ? Foretold.read(1, device.at())
        : new Foretold(RefusalCode.REFRESH_REUSED, true, 0, 0);
  }

  private static Foretold mint(MintTokens c, long nowMs) {
    for (NewToken token : c.tokens()) {
      long lifeMs = token.expiresAtMs() - nowMs;
      if (lifeMs <= 0 || lifeMs > SimOptions.TOKEN_LIFE_MS_MAX) {
        return Foretold.refusal(RefusalCode.MALFORMED_REQUEST, 0);
      }
    }
    return c.tokens().isEmpty()
        ? Foretold.refusal(RefusalCode.MALFORMED_REQUEST, 0)
        : Foretold.change(c.tokens().size());
  }

  void applied(AuditedPartition book, SessionEvent event, AuditContext context, long at) {
    switch (event) {
      case LoginOpened e -> opened(book, e, context, at);
      case LoginRefreshed e -> refreshed(book, e, context, at);
      case LoginClosed e -> closed(book, e, context, at);
      case TokenMinted e -> minted(book, e, context, at);
      case TokenRevoked e -> revoked(book, e, context, at);
      case TokenExpired e -> {
        Minted gone = known(book, e);
        SimFailure.require(context.command == null, "a token expires by its timer");
        SimFailure.require(context.nowMs >= gone.endsAtMs(), "a token expires too early");
        forget(book, gone, at);
      }
    }
    book.put(book.logins.changedAt, event.userId(), at, at);
  }

  private static void opened(AuditedPartition book, LoginOpened e, AuditContext context, long at) {
    Map<Long, Device> devices = book.logins.devicesOf(e.userId());
    SimFailure.require(
        context.command instanceof OpenLogin c
            && c.userId() == e.userId()
            && c.device().equals(e.device()),
        "a login that nobody asked for");
    SimFailure.require(
        e.sessionId() > 0 && !devices.containsKey(e.sessionId()), "a session's id is new");
    SimFailure.require(devices.size() < SimOptions.LOGINS_MAX, "one device too many");
    ends(context, e.access(), e.expiresAtMs());
    Hash access = hash(e.access());
    Device device =
        new Device(
            e.userId(),
            e.sessionId(),
            1,
            access,
            e.access().expiresAtMs(),
            null,
            context.nowMs,
            context.nowMs,
            e.expiresAtMs(),
            e.device(),
            at);
    book.put(devices, e.sessionId(), device, at);
    open(book, device, at);
    context.madeId = e.sessionId();
  }

  private static void ends(AuditContext context, Access access, long refreshEndsAtMs) {
    SimFailure.same(
        context.nowMs + SimOptions.ACCESS_MS, access.expiresAtMs(), "end of an access token");
    SimFailure.same(context.nowMs + SimOptions.REFRESH_MS, refreshEndsAtMs, "end of a refresh");
  }

  private static Hash hash(Access access) {
    return new Hash(access.hashHigh(), access.hashLow());
  }

  private static void open(AuditedPartition book, Device device, long at) {
    Map<Hash, Door> doors = book.logins.doorsOf(device.userId());
    SimFailure.require(!doors.containsKey(device.access()), "an access token is new");
    book.put(
        doors,
        device.access(),
        new Door(device.userId(), device.sessionId(), device.accessEndsAtMs(), at, Door.OPEN),
        at);
  }

  private static void close(AuditedPartition book, long userId, @Nullable Hash hash, long at) {
    if (hash != null) {
      Map<Hash, Door> doors = book.logins.doorsOf(userId);
      Door door = doors.get(hash);
      if (door == null || !door.isOpen()) {
        throw new SimFailure("a token is taken back that opened nothing");
      }
      book.put(doors, hash, door.closed(at), at);
    }
  }

  private static void refreshed(
      AuditedPartition book, LoginRefreshed e, AuditContext context, long at) {
    Device before = book.logins.device(e.userId(), e.sessionId());
    if (before == null
        || !(context.command instanceof RefreshLogin c)
        || c.place().userId() != e.userId()
        || c.place().sessionId() != e.sessionId()) {
      throw new SimFailure("a pair that nobody asked for");
    }
    SimFailure.same(before.generation() + 1, e.generation(), "generation of a pair");
    ends(context, e.access(), e.expiresAtMs());
    Device device =
        new Device(
            e.userId(),
            e.sessionId(),
            e.generation(),
            hash(e.access()),
            e.access().expiresAtMs(),
            before.access(),
            before.createdAtMs(),
            context.nowMs,
            e.expiresAtMs(),
            before.name(),
            at);
    // The access token before lives on, the one before that does not.
    close(book, e.userId(), before.accessBefore(), at);
    book.put(book.logins.devicesOf(e.userId()), e.sessionId(), device, at);
    open(book, device, at);
  }

  private static void closed(AuditedPartition book, LoginClosed e, AuditContext context, long at) {
    Map<Long, Device> devices = book.logins.devicesOf(e.userId());
    Device device = devices.get(e.sessionId());
    if (device == null) {
      throw new SimFailure("a login ends that is not there");
    }
    CloseCause cause =
        switch (context.command) {
          case null -> {
            SimFailure.require(context.nowMs >= device.endsAtMs(), "a login ends too early");
            yield CloseCause.EXPIRED;
          }
          case OpenLogin c -> {
            SimFailure.same(SimOptions.LOGINS_MAX, devices.size(), "devices when one must go");
            long first = devices.values().stream().mapToLong(Device::refreshedAtMs).min().orElse(0);
            SimFailure.same(first, device.refreshedAtMs(), "the one that was silent longest");
            yield CloseCause.CROWDED;
          }
          case RefreshLogin c -> {
            SimFailure.require(
                context.verdict == RefusalCode.REFRESH_REUSED, "a family ends without reuse");
            SimFailure.same(c.place().sessionId(), e.sessionId(), "which family ends");
            yield CloseCause.REUSE;
          }
          case CloseLogin c -> {
            SimFailure.same(c.sessionId(), e.sessionId(), "which login ends");
            yield c.cause();
          }
          case RevokeAll c -> c.cause();
          case CloseOthers c -> {
            SimFailure.require(c.keptSessionId() != e.sessionId(), "one login was to stay");
            yield c.cause();
          }
          default -> throw new SimFailure("a login ends by " + context.command);
        };
    SimFailure.same(cause, e.cause(), "why a login ends");
    close(book, e.userId(), device.access(), at);
    close(book, e.userId(), device.accessBefore(), at);
    book.remove(devices, e.sessionId(), at);
    book.put(book.logins.endedAt, e.sessionId(), at, at);
  }

  private static Minted known(AuditedPartition book, SessionEvent.OfToken e) {
    Minted token = book.logins.mintedOf(e.userId()).get(new Hash(e.hashHigh(), e.hashLow()));
    if (token == null) {
      throw new SimFailure("a token is forgotten that is not there");
    }
    return token;
  }

  private static void forget(AuditedPartition book, Minted token, long at) {
    close(book, token.userId(), token.hash(), at);
    book.remove(book.logins.mintedOf(token.userId()), token.hash(), at);
  }

  private static void minted(AuditedPartition book, TokenMinted e, AuditContext context, long at) {
    Map<Hash, Minted> tokens = book.logins.mintedOf(e.userId());
    Hash hash = new Hash(e.hashHigh(), e.hashLow());
    SimFailure.require(
        context.command instanceof MintTokens c
            && c.tokens()
                .contains(
                    new NewToken(e.userId(), hash.high(), hash.low(), e.role(), e.expiresAtMs())),
        "a token that nobody minted");
    book.put(tokens, hash, new Minted(e.userId(), hash, e.expiresAtMs(), at), at);
    SimFailure.require(tokens.size() <= SimOptions.TOKENS_MAX, "one token too many");
    book.put(
        book.logins.doorsOf(e.userId()),
        hash,
        new Door(e.userId(), 0, e.expiresAtMs(), at, Door.OPEN),
        at);
  }

  private static void revoked(
      AuditedPartition book, TokenRevoked e, AuditContext context, long at) {
    Minted token = known(book, e);
    Map<Hash, Minted> tokens = book.logins.mintedOf(e.userId());
    switch (context.command) {
      case MintTokens c -> {
        SimFailure.same(SimOptions.TOKENS_MAX, tokens.size(), "tokens when one must go");
        long first = tokens.values().stream().mapToLong(Minted::endsAtMs).min().orElse(0);
        SimFailure.same(first, token.endsAtMs(), "the one that would end first");
      }
      case RevokeToken c ->
          SimFailure.same(new Hash(c.hashHigh(), c.hashLow()), token.hash(), "which token goes");
      case RevokeAll c -> SimFailure.same(c.userId(), e.userId(), "whose tokens go");
      case CloseOthers c -> SimFailure.same(c.userId(), e.userId(), "whose tokens go");
      case null, default -> throw new SimFailure("a token is taken back by nobody");
    }
    forget(book, token, at);
  }

  Told told(AuditedPartition book, SessionCommand command, AuditContext context, Foretold due) {
    AuditedLogins logins = book.logins;
    return switch (command) {
      case OpenLogin c -> AuditedPairs.pair(logins, c.userId(), context.madeId, false);
      case RefreshLogin c ->
          AuditedPairs.pair(logins, c.place().userId(), c.place().sessionId(), context.events == 0);
      case ReadLogins c -> AuditedPairs.list(logins, c.userId());
      case CloseLogin c -> AuditedPairs.closed(due.shown());
      case RevokeAll c -> {
        nothingIsLeft(logins, c.userId(), 0);
        yield ended(due);
      }
      case CloseOthers c -> {
        nothingIsLeft(logins, c.userId(), c.keptSessionId());
        yield ended(due);
      }
      case MintTokens c -> ended(due);
      case RevokeToken c -> ended(due);
    };
  }

  private static void nothingIsLeft(AuditedLogins logins, long userId, long keptId) {
    SimFailure.require(
        logins.mintedOf(userId).isEmpty()
            && logins.devicesOf(userId).keySet().stream().allMatch(id -> id == keptId),
        "somebody is still logged in");
  }

  private static Told ended(Foretold due) {
    return new Told(
        answer -> SimFailure.same(due.shown(), (long) ((SessionAnswer) answer).count(), "tokens"),
        due.restsOn());
  }
}
