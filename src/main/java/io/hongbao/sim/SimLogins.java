// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The simulator".
package io.hongbao.sim;

import io.hongbao.apikey.ApiKey;
import io.hongbao.apikey.KeyAnswer.KeyShown;
import io.hongbao.apikey.KeyCommand;
import io.hongbao.apikey.KeyCommand.MakeKey;
import io.hongbao.apikey.KeyCommand.NoteKeyUse;
import io.hongbao.apikey.KeyCommand.ReadKeys;
import io.hongbao.apikey.KeyCommand.RevokeKey;
import io.hongbao.apikey.KeyCommand.RotateKey;
import io.hongbao.apikey.KeyRole;
import io.hongbao.engine.Answer;
import io.hongbao.engine.Command;
import io.hongbao.session.CloseCause;
import io.hongbao.session.LoginAnswer.Pair;
import io.hongbao.session.Role;
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
import io.hongbao.session.TokenSmith;
import io.hongbao.session.TokenSmith.RefreshPlace;
import io.hongbao.sim.SimClients.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Who logs in, refreshes with the newest token and with older ones, logs out; backends that mint
 * tokens; operators who make, rotate and revoke keys.
 */
final class SimLogins {

  private static final int DEVICES_MAX = 40;
  private static final int TOKENS_MAX = 60;
  private static final int KEYS_MAX = 12;

  private final SimOptions options;
  private final SplittableRandom chance;
  private final Marks marks;
  private final TokenSmith smith = SimFamilies.smith();
  // The refresh tokens of one login that somebody has been told, the newest last.
  private final List<List<RefreshPlace>> devices = new ArrayList<>();
  private final List<NewToken> tokens = new ArrayList<>();
  private final List<Long> keys = new ArrayList<>();
  private long secrets;

  SimLogins(SimOptions options, SplittableRandom chance, Marks marks) {
    this.options = options;
    this.chance = chance;
    this.marks = marks;
  }

  Request next(long nowMs) {
    int luck = chance.nextInt(40);
    if (luck < 6) {
      return key(nowMs);
    }
    SessionCommand command =
        switch (luck) {
          case 6, 7, 8, 9, 10, 11 -> new OpenLogin(user(), "phone" + chance.nextInt(3));
          case 12, 13, 14 -> mint(nowMs);
          case 15, 16 -> revokeToken();
          case 17, 18 -> closeLogin();
          case 19 -> everywhere();
          case 20, 21 -> new ReadLogins(user());
          default -> refresh();
        };
    return new Request(options.partitionOf(userOf(command)), command);
  }

  private static long userOf(SessionCommand command) {
    return switch (command) {
      case OpenLogin c -> c.userId();
      case RefreshLogin c -> c.place().userId();
      case CloseLogin c -> c.userId();
      case CloseOthers c -> c.userId();
      case RevokeAll c -> c.userId();
      case ReadLogins c -> c.userId();
      case RevokeToken c -> c.userId();
      case MintTokens c -> c.tokens().getFirst().userId();
    };
  }

  private long user() {
    return 1_001L + chance.nextInt(options.users());
  }

  private SessionCommand refresh() {
    if (devices.isEmpty()) {
      return new ReadLogins(user());
    }
    List<RefreshPlace> told = devices.get(chance.nextInt(devices.size()));
    int back =
        switch (chance.nextInt(20)) {
          case 0 -> chance.nextInt(told.size());
          case 1, 2, 3, 4 -> 1;
          default -> 0;
        };
    RefreshPlace place = told.get(Math.max(0, told.size() - 1 - back));
    if (back > 0) {
      marks.count(Fault.OLD_REFRESH_TOKEN);
    }
    if (chance.nextInt(60) == 0) {
      // From a server whose backup was restored since.
      marks.count(Fault.REFRESH_TOKEN_OF_ANOTHER_LIFE);
      place = new RefreshPlace(place.userId(), place.sessionId(), place.generation() + 3);
    }
    return new RefreshLogin(place);
  }

  private SessionCommand closeLogin() {
    if (devices.isEmpty()) {
      return new ReadLogins(user());
    }
    RefreshPlace place = devices.get(chance.nextInt(devices.size())).getLast();
    CloseCause cause = chance.nextBoolean() ? CloseCause.REMOTE : CloseCause.OPERATOR;
    return new CloseLogin(place.userId(), place.sessionId(), cause);
  }

  private SessionCommand everywhere() {
    if (devices.isEmpty() || chance.nextBoolean()) {
      return new RevokeAll(user());
    }
    RefreshPlace place = devices.get(chance.nextInt(devices.size())).getLast();
    return new CloseOthers(place.userId(), place.sessionId(), CloseCause.PASSWORD);
  }

  private SessionCommand mint(long nowMs) {
    if (!tokens.isEmpty() && chance.nextInt(4) == 0) {
      NewToken known = tokens.get(chance.nextInt(tokens.size()));
      return new MintTokens(
          List.of(new NewToken(known.userId(), known.hashHigh(), known.hashLow(), ends(nowMs))));
    }
    long user = user();
    List<NewToken> made = new ArrayList<>();
    for (int i = 1 + chance.nextInt(2); i > 0; i--) {
      made.add(new NewToken(user, secret(), secrets, Role.USER, ends(nowMs)));
    }
    for (NewToken token : made) {
      if (tokens.size() < TOKENS_MAX) {
        tokens.add(token);
      } else {
        tokens.set(chance.nextInt(TOKENS_MAX), token);
      }
    }
    return new MintTokens(made);
  }

  private long ends(long nowMs) {
    return switch (chance.nextInt(12)) {
      case 0 -> nowMs - chance.nextInt(1_000);
      case 1 -> nowMs + SimOptions.TOKEN_LIFE_MS_MAX + 600_000;
      case 2, 3, 4 -> nowMs + 1 + chance.nextInt(30_000);
      default -> nowMs + 1 + chance.nextLong(SimOptions.TOKEN_LIFE_MS_MAX - 600_000);
    };
  }

  private long secret() {
    secrets++;
    return secrets * 0xD1B54A32D192ED03L;
  }

  private SessionCommand revokeToken() {
    if (tokens.isEmpty()) {
      return new ReadLogins(user());
    }
    NewToken token = tokens.get(chance.nextInt(tokens.size()));
    return new RevokeToken(token.userId(), token.hashHigh(), token.hashLow());
  }

  private Request key(long nowMs) {
    long keyId = keys.isEmpty() ? 1 : keys.get(chance.nextInt(keys.size()));
    KeyCommand command =
        switch (chance.nextInt(12)) {
          case 0, 1, 2, 3 ->
              new MakeKey(
                  chance.nextInt(20) == 0 ? " " : "backend",
                  KeyRole.ofNumber(1 + chance.nextInt(5)),
                  chance.nextInt(20) == 0 ? 0 : 1 + chance.nextInt(7),
                  secret(),
                  secrets,
                  chance.nextBoolean() ? ApiKey.NEVER : ends(nowMs));
          case 4, 5, 6, 7 ->
              new RotateKey(
                  keyId,
                  secret(),
                  secrets,
                  chance.nextInt(3) == 0 ? 0 : chance.nextInt(7_200_000),
                  chance.nextInt(6) == 0 ? 1 : -1);
          case 8, 9 -> new RevokeKey(keyId);
          case 10 -> new NoteKeyUse(keyId, nowMs - chance.nextInt(10_000));
          default -> new ReadKeys();
        };
    return new Request(ApiKey.PARTITION, command);
  }

  void heard(Command command, Answer answer) {
    switch (answer) {
      case Pair pair -> {
        RefreshPlace place = smith.read(pair.refreshToken());
        if (place == null) {
          throw new SimFailure("a refresh token that the server itself does not know");
        }
        remember(place);
      }
      case KeyShown shown when command instanceof MakeKey -> {
        if (keys.size() < KEYS_MAX) {
          keys.add(shown.key().keyId());
        } else {
          keys.set(chance.nextInt(KEYS_MAX), shown.key().keyId());
        }
      }
      default -> {}
    }
  }

  private void remember(RefreshPlace place) {
    for (List<RefreshPlace> told : devices) {
      if (told.getLast().sessionId() == place.sessionId()) {
        told.add(place);
        return;
      }
    }
    List<RefreshPlace> told = new ArrayList<>(List.of(place));
    if (devices.size() < DEVICES_MAX) {
      devices.add(told);
    } else {
      devices.set(chance.nextInt(DEVICES_MAX), told);
    }
  }
}
