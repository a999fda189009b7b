// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The edge".
package io.hongbao.http;

import io.hongbao.account.AccountAnswer.TransactionShown;
import io.hongbao.account.AccountCommand.TopUp;
import io.hongbao.apikey.Scope;
import io.hongbao.engine.ClientKey;
import io.hongbao.model.RefusalCode;
import io.hongbao.provider.MalformedFieldsException;
import io.hongbao.provider.sim.PayScript;
import io.hongbao.sandbox.AdvanceClock;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What only a sandbox has: a clock that can be moved, users from nothing, faults of providers.
 *
 * <p>On any other data directory these routes do not exist, and answer like every unknown path.
 *
 * <p><b>Thread:</b> one event loop's.
 */
final class SandboxRoutes {

  private static final long STEP_MS_MAX = 366L * 24 * 3_600_000;
  private static final int USERS_MAX = 10_000;
  private static final long FIRST_USER_DEFAULT = 10_001;

  /** Long, so that users survive the clock's jumps; a day less than what sessions allow. */
  private static final long TOKEN_LIFE_MS = 365L * 24 * 3_600_000;

  /** Stands in the transactions of users that were made with money. */
  private static final String OPERATOR = "sandbox";

  private final EdgeParts parts;
  private final TokenMint mint;

  SandboxRoutes(EdgeParts parts) {
    this.parts = parts;
    this.mint = new TokenMint(parts);
  }

  void addTo(RouteTable routes) {
    if (!parts.sandbox().isOn()) {
      return;
    }
    routes.add(
        Route.post(
            "/v1/sandbox/clock/advance",
            Access.ADMIN.needing(Scope.SANDBOX_WRITE).audited(Access.Audit.NOBODY),
            BodyRule.JSON,
            this::advance));
    routes.add(
        Route.post(
            "/v1/sandbox/users",
            Access.ADMIN.needing(Scope.SANDBOX_WRITE).audited(Access.Audit.NOBODY),
            BodyRule.JSON,
            this::seed));
    routes.add(
        new Route(
            HttpMethod.PUT,
            "/v1/sandbox/providers/{provider}/script",
            Access.ADMIN.needing(Scope.SANDBOX_WRITE).audited(Access.Audit.NOBODY),
            BodyRule.JSON,
            this::script));
  }

  private void advance(Exchange exchange, Buffer buffer) throws BadRequestException {
    JsonRequest body = JsonRequest.parse(buffer, parts.http().bodyBytesMax());
    long byMs = body.integer("by_ms", -JsonRequest.INTEGER_MAX, STEP_MS_MAX);
    body.end();
    exchange.ask(
        AdvanceClock.PARTITION,
        new AdvanceClock(byMs),
        AdvanceClock.Advanced.class,
        (advanced, position, repeated) -> {
          parts.sandbox().clockMoved();
          exchange.reply(
              200, exchange.json().beginObject().name("now").time(exchange.nowMs()).endObject());
        });
  }

  private void seed(Exchange exchange, Buffer buffer) throws BadRequestException {
    JsonRequest body = JsonRequest.parse(buffer, parts.http().bodyBytesMax());
    int count = (int) body.integer("count", 1, USERS_MAX);
    long first = body.idOr("first_user_id", Fields.ID_MAX, FIRST_USER_DEFAULT);
    Fields.@Nullable Amount fund = body.has("fund") ? Fields.amount(body, "fund") : null;
    body.end();
    long[] users = Fields.consecutive(body, first, count);
    List<Gather.Ask> asks = new ArrayList<>();
    if (fund != null) {
      int asset = parts.assets().number(fund.asset());
      for (long userId : users) {
        asks.add(fund(userId, asset, fund));
      }
    }
    Gather.all(exchange, asks, TransactionShown.class, funded -> tokens(exchange, users));
  }

  // Under one key for ever, whatever the amount: a user who is seeded again gets nothing again.
  private Gather.Ask fund(long userId, int asset, Fields.Amount fund) throws BadRequestException {
    IdempotencyKey key = IdempotencyKey.parse(fund.asset(), userId, "seedSandboxUsers");
    ClientKey clientKey = new ClientKey(key.hash().high(), key.hash().low(), 0, ClientKey.NO_TIME);
    return new Gather.Ask(
        parts.shape().partitionOf(userId),
        new TopUp(clientKey, userId, asset, fund.amountMinor(), "sandbox", OPERATOR));
  }

  private void tokens(Exchange exchange, long[] users) throws BadRequestException {
    mint.mint(
        exchange,
        users,
        TOKEN_LIFE_MS,
        (tokens, expiresAtMs) -> {
          JsonWriter json = exchange.json();
          TokenMint.write(json, tokens, expiresAtMs);
          exchange.reply(201, json);
        });
  }

  private void script(Exchange exchange, Buffer buffer) throws BadRequestException {
    // Parsed twice: once for the general rules of bodies, once by its owner.
    JsonRequest.parse(buffer, parts.http().bodyBytesMax());
    PayScript script;
    try {
      script = PayScript.parse(new JsonObject(buffer));
    } catch (MalformedFieldsException malformed) {
      throw new BadRequestException(RefusalCode.MALFORMED_REQUEST, malformed.getMessage() + ".");
    }
    exchange.await(
        parts.sandbox().script(exchange.pathValue("provider"), script),
        isKnown -> {
          if (isKnown) {
            exchange.reply(200, script.toJson().toBuffer());
          } else {
            exchange.refuse(RefusalCode.NOT_FOUND, "There is no such simulated provider.");
          }
        });
  }
}
