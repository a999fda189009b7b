// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Logins".
package io.hongbao.http;

import io.hongbao.apikey.Scope;
import io.hongbao.http.PeopleMeters.Step;
import io.hongbao.model.RefusalCode;
import io.hongbao.session.CloseCause;
import io.hongbao.session.LoginAnswer.AllShown;
import io.hongbao.session.LoginAnswer.Closed;
import io.hongbao.session.LoginAnswer.Pair;
import io.hongbao.session.LoginAnswer.Shown;
import io.hongbao.session.Session;
import io.hongbao.session.SessionAnswer;
import io.hongbao.session.SessionCommand;
import io.hongbao.session.SessionCommand.CloseLogin;
import io.hongbao.session.SessionCommand.ReadLogins;
import io.hongbao.session.SessionCommand.RefreshLogin;
import io.hongbao.session.SessionCommand.RevokeAll;
import io.hongbao.session.SessionCommand.RevokeToken;
import io.hongbao.session.TokenSmith.RefreshPlace;
import io.vertx.core.buffer.Buffer;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/**
 * What becomes of a login: the next pair of tokens, the list of devices, the end.
 *
 * <p><b>Thread:</b> one event loop's.
 */
final class SessionRoutes {

  private static final Logger LOG = System.getLogger(SessionRoutes.class.getName());
  private static final int TOKEN_CHARS_MAX = 256;
  private static final String SESSIONS = "/v1/users/me/sessions";

  private final EdgeParts parts;
  private final PeopleParts people;
  private final LoginSteps steps;

  SessionRoutes(EdgeParts parts) {
    this.parts = parts;
    this.people = parts.people();
    this.steps = new LoginSteps(parts);
  }

  void addTo(RouteTable routes) {
    routes.add(Route.post("/v1/auth/refresh", Access.PUBLIC, BodyRule.JSON, this::refresh));
    routes.add(Route.post("/v1/auth/logout", Access.USER, BodyRule.NONE, this::logout));
    routes.add(
        Route.post("/v1/auth/logout-everywhere", Access.USER, BodyRule.NONE, this::everywhere));
    routes.add(Route.get(SESSIONS, Access.USER, this::list));
    routes.add(Route.delete(SESSIONS + "/{session_id}", Access.USER, this::end));
    routes.add(
        Route.post(
            "/v1/operator/users/{user_id}/logout-everywhere",
            Access.SERVICE.needing(Scope.USERS_WRITE).audited(Access.Audit.ALL_KEYS),
            BodyRule.NONE,
            this::force));
  }

  /** The login whose token a request carries; 0 for a token that a key has minted. */
  static long sessionId(Exchange exchange, PeopleParts people) {
    Principal principal = exchange.principal();
    Session session =
        people.sessions().find(principal.hashHigh(), principal.hashLow(), exchange.nowMs());
    return session == null ? 0 : session.sessionId();
  }

  private void refresh(Exchange exchange, Buffer buffer) throws BadRequestException {
    JsonRequest body = JsonRequest.parse(buffer, parts.http().bodyBytesMax());
    String token = body.text("refresh_token", 1, TOKEN_CHARS_MAX);
    body.end();
    RefreshPlace place = people.smith().read(token);
    if (place == null) {
      steps.count(Step.REFRESH_REFUSED);
      throw new BadRequestException(
          RefusalCode.UNAUTHENTICATED, "The refresh token is none of this server's.");
    }
    int partition = steps.partitionOf(place.userId());
    exchange.ask(
        partition,
        new RefreshLogin(place),
        Pair.class,
        (pair, position, repeated) -> {
          steps.count(pair.isRepeat() ? Step.REFRESH_REPEATED : Step.REFRESHED);
          exchange.position(partition, position, false);
          PeopleJson.login(exchange, 200, pair);
        },
        (refusal, repeated) -> {
          if (refusal.code() == RefusalCode.REFRESH_REUSED) {
            steps.count(Step.REFRESH_REUSED);
            LOG.log(
                Level.WARNING,
                "an old refresh token came: session {0} of user {1} is closed",
                Long.toString(place.sessionId()),
                Long.toString(place.userId()));
          } else {
            steps.count(Step.REFRESH_REFUSED);
          }
          exchange.refuse(refusal, repeated);
        });
  }

  private void logout(Exchange exchange, Buffer body) {
    long userId = exchange.userId();
    long sessionId = sessionId(exchange, people);
    if (sessionId != 0) {
      close(exchange, new CloseLogin(userId, sessionId, CloseCause.LOGOUT));
      return;
    }
    Principal principal = exchange.principal();
    closeAll(exchange, userId, new RevokeToken(userId, principal.hashHigh(), principal.hashLow()));
  }

  private void everywhere(Exchange exchange, Buffer body) {
    closeAll(exchange, exchange.userId(), new RevokeAll(exchange.userId(), CloseCause.EVERYWHERE));
  }

  private void force(Exchange exchange, Buffer body) throws BadRequestException {
    long userId = Fields.pathId(exchange, "user_id");
    closeAll(exchange, userId, new RevokeAll(userId, CloseCause.OPERATOR));
  }

  private void closeAll(Exchange exchange, long userId, SessionCommand command) {
    int partition = steps.partitionOf(userId);
    exchange.ask(
        partition,
        command,
        SessionAnswer.class,
        (closed, position, repeated) -> {
          steps.count(Step.LOGGED_OUT);
          exchange.position(partition, position, false);
          PeopleJson.count(exchange, "sessions_closed", closed.count());
        });
  }

  private void close(Exchange exchange, CloseLogin command) {
    int partition = steps.partitionOf(command.userId());
    exchange.ask(
        partition,
        command,
        Closed.class,
        (closed, position, repeated) -> {
          if (closed.count() == 0 && command.cause() == CloseCause.REMOTE) {
            exchange.refuse(RefusalCode.NOT_FOUND, "You have no such session.");
            return;
          }
          steps.count(Step.LOGGED_OUT);
          exchange.position(partition, position, false);
          PeopleJson.count(exchange, "sessions_closed", closed.count());
        });
  }

  private void end(Exchange exchange, Buffer body) throws BadRequestException {
    long sessionId = Ids.parse(exchange.pathValue("session_id"), Long.MAX_VALUE);
    if (sessionId == Ids.NOT_AN_ID) {
      throw BadRequestException.malformed("session_id", "must be an id in decimal digits");
    }
    close(exchange, new CloseLogin(exchange.userId(), sessionId, CloseCause.REMOTE));
  }

  private void list(Exchange exchange, Buffer body) throws BadRequestException {
    QueryReader.of(exchange.request()).end();
    long current = sessionId(exchange, people);
    exchange.ask(
        steps.partitionOf(exchange.userId()),
        new ReadLogins(exchange.userId()),
        AllShown.class,
        (shown, position, repeated) -> {
          JsonWriter json = exchange.json().beginObject().name("items").beginArray();
          for (Shown login : shown.logins()) {
            json.beginObject().name("session_id").id(login.sessionId());
            if (!login.device().isEmpty()) {
              json.field("device", login.device());
            }
            json.field("current", login.sessionId() == current);
            json.name("created_at").time(login.createdAtMs());
            json.name("refreshed_at").time(login.refreshedAtMs());
            json.name("expires_at").time(login.expiresAtMs()).endObject();
          }
          json.endArray().endObject();
          exchange.reply(200, json);
        });
  }
}
