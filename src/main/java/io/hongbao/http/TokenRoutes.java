// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The edge".
package io.hongbao.http;

import io.hongbao.apikey.Scope;
import io.hongbao.session.CloseCause;
import io.hongbao.session.LoginAnswer.Closed;
import io.hongbao.session.Session;
import io.hongbao.session.SessionAnswer;
import io.hongbao.session.SessionCommand;
import io.hongbao.session.SessionCommand.CloseLogin;
import io.hongbao.session.SessionCommand.RevokeAll;
import io.hongbao.session.SessionCommand.RevokeToken;
import io.hongbao.session.TokenSmith.RefreshPlace;
import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Tokens for users, minted and taken back by backends and operators.
 *
 * <p><b>Thread:</b> one event loop's.
 */
final class TokenRoutes {

  private static final String TOKENS = "/v1/operator/tokens";
  private static final int TOKEN_CHARS_MAX = 256;
  private static final int USERS_MAX = 1000;
  private static final long LIFE_S_DEFAULT = 86_400;
  private static final long LIFE_S_MAX = 365 * 86_400L;

  private final EdgeParts parts;
  private final TokenMint mint;

  TokenRoutes(EdgeParts parts) {
    this.parts = parts;
    this.mint = new TokenMint(parts);
  }

  void addTo(RouteTable routes) {
    Access access = Access.SERVICE.needing(Scope.TOKENS_WRITE).audited(Access.Audit.ALL_KEYS);
    routes.add(Route.post(TOKENS, access, BodyRule.BULK_JSON, this::mint));
    routes.add(Route.post(TOKENS + "/revoke", access, BodyRule.JSON, this::revoke));
  }

  private void mint(Exchange exchange, Buffer buffer) throws BadRequestException {
    JsonRequest body = JsonRequest.parse(buffer, parts.http().bulkBodyBytesMax());
    long lifeS = body.integerOr("ttl_s", 1, LIFE_S_MAX, LIFE_S_DEFAULT);
    long[] users = users(body);
    body.end();
    mint.mint(
        exchange,
        users,
        lifeS * 1000,
        (tokens, expiresAtMs) -> {
          JsonWriter json = exchange.json();
          TokenMint.write(json, tokens, expiresAtMs);
          exchange.reply(201, json);
        });
  }

  private void revoke(Exchange exchange, Buffer buffer) throws BadRequestException {
    JsonRequest body = JsonRequest.parse(buffer, parts.http().bodyBytesMax());
    if (body.has("token") == body.has("user_id")) {
      throw body.wrong("token", "must stand alone, or user_id instead");
    }
    if (body.has("user_id")) {
      long userId = body.id("user_id", Fields.ID_MAX);
      body.end();
      revoke(exchange, userId, new RevokeAll(userId, CloseCause.OPERATOR));
      return;
    }
    String token = body.text("token", 1, TOKEN_CHARS_MAX);
    body.end();
    revoke(exchange, token);
  }

  // A token of a login is worth what its login is worth: another pair would be had in no time.
  private void revoke(Exchange exchange, String token) {
    ByteBuffer hash =
        ByteBuffer.wrap(Hash128.sha256().digest(token.getBytes(StandardCharsets.UTF_8)));
    long high = hash.getLong();
    long low = hash.getLong();
    Session session = parts.people().sessions().find(high, low, exchange.nowMs());
    RefreshPlace place = parts.people().smith().read(token);
    if (place != null) {
      close(exchange, place.userId(), place.sessionId());
    } else if (session == null) {
      revoked(exchange, 0);
    } else if (session.sessionId() != 0) {
      close(exchange, session.userId(), session.sessionId());
    } else {
      revoke(exchange, session.userId(), new RevokeToken(session.userId(), high, low));
    }
  }

  private void close(Exchange exchange, long userId, long sessionId) {
    int partition = parts.shape().partitionOf(userId);
    exchange.ask(
        partition,
        new CloseLogin(userId, sessionId, CloseCause.OPERATOR),
        Closed.class,
        (closed, position, repeated) ->
            revoked(exchange.position(partition, position, false), closed.count()));
  }

  private void revoke(Exchange exchange, long userId, SessionCommand command) {
    int partition = parts.shape().partitionOf(userId);
    exchange.ask(
        partition,
        command,
        SessionAnswer.class,
        (answer, position, repeated) ->
            revoked(exchange.position(partition, position, false), answer.count()));
  }

  private static void revoked(Exchange exchange, int count) {
    exchange.reply(200, exchange.json().beginObject().field("revoked_count", count).endObject());
  }

  private static long[] users(JsonRequest body) throws BadRequestException {
    boolean isRange = body.has("first_user_id") || body.has("count");
    if (isRange == body.has("user_ids")) {
      throw body.wrong("user_ids", "must stand alone, or first_user_id and count instead");
    }
    if (isRange) {
      long first = body.id("first_user_id", Fields.ID_MAX);
      int count = (int) body.integer("count", 1, USERS_MAX);
      return Fields.consecutive(body, first, count);
    }
    long[] users = body.ids("user_ids", Fields.ID_MAX, USERS_MAX);
    if (users.length == 0) {
      throw body.wrong("user_ids", "must not be empty");
    }
    return users;
  }
}
