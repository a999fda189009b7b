// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The edge".
package io.hongbao.http;

import io.hongbao.apikey.Scope;
import io.vertx.core.buffer.Buffer;

/**
 * Tokens for users, minted by operators.
 *
 * <p><b>Thread:</b> one event loop's.
 */
final class TokenRoutes {

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
    routes.add(
        Route.post(
            "/v1/operator/tokens",
            Access.SERVICE.needing(Scope.TOKENS_WRITE),
            BodyRule.BULK_JSON,
            this::mint));
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
