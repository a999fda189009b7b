// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "API keys".
package io.hongbao.http;

import io.hongbao.apikey.ApiKey;
import io.hongbao.apikey.KeyAnswer;
import io.hongbao.apikey.KeyAnswer.KeyShown;
import io.hongbao.apikey.KeyAnswer.KeysShown;
import io.hongbao.apikey.KeyCommand;
import io.hongbao.apikey.KeyCommand.MakeKey;
import io.hongbao.apikey.KeyCommand.ReadKeys;
import io.hongbao.apikey.KeyCommand.RevokeKey;
import io.hongbao.apikey.KeyCommand.RotateKey;
import io.hongbao.apikey.KeyRole;
import io.hongbao.apikey.LiveKey;
import io.hongbao.apikey.Scope;
import io.hongbao.model.RefusalCode;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Keys of backends and operators.
 *
 * <p><b>Invariant:</b> nobody hands out more than they may do themselves.
 *
 * <p><b>Thread:</b> one event loop's.
 */
final class KeyRoutes {

  private static final String KEYS = "/v1/operator/keys";
  private static final String KEY = KEYS + "/{key_id}";
  private static final int NAME_CHARS_MAX = 64;
  private static final int SCOPES_MAX = 64;
  private static final int SCOPE_CHARS_MAX = 32;
  private static final long GRACE_S_MAX = RotateKey.GRACE_MS_MAX / 1000;

  /** A day: long enough to roll a secret out without haste. */
  private static final long GRACE_S_DEFAULT = 86_400;

  private static final Map<String, KeyRole> ROLES = JsonRequest.wireNames(KeyRole.class);

  private final EdgeParts parts;

  KeyRoutes(EdgeParts parts) {
    this.parts = parts;
  }

  void addTo(RouteTable routes) {
    Access reading = Access.SUPPORT.needing(Scope.KEYS_READ);
    Access writing = Access.ADMIN.needing(Scope.KEYS_WRITE);
    routes.add(Route.get(KEYS, reading, this::list));
    routes.add(Route.post(KEYS, writing, BodyRule.JSON, this::make));
    routes.add(Route.post(KEY + "/rotate", writing, BodyRule.JSON_OR_EMPTY, this::rotate));
    routes.add(Route.delete(KEY, writing, this::revoke));
  }

  private void make(Exchange exchange, Buffer buffer) throws BadRequestException {
    JsonRequest body = JsonRequest.parse(buffer, parts.http().bodyBytesMax());
    String name = Fields.line(body, "name", NAME_CHARS_MAX);
    if (name.isBlank()) {
      throw body.wrong("name", "must have 1 to " + NAME_CHARS_MAX + " characters");
    }
    KeyRole role = body.choice("role", ROLES);
    long scopes = scopes(body, role);
    long expiresAtMs = body.has("expires_at") ? body.timeMs("expires_at") : ApiKey.NEVER;
    body.end();
    if (expiresAtMs <= exchange.nowMs()) {
      throw body.wrong("expires_at", "must lie in the future");
    }
    if ((scopes & ~exchange.principal().scopes()) != 0) {
      throw new BadRequestException(
          RefusalCode.FORBIDDEN, "A key cannot give scopes that it does not have.");
    }
    BearerSecret secret = BearerSecret.make(BearerSecret.KEY_PREFIX, parts.randomness());
    ask(
        exchange,
        new MakeKey(name, role, scopes, secret.hashHigh(), secret.hashLow(), expiresAtMs),
        KeyShown.class,
        (shown, position, repeated) -> shown(exchange, shown, position, 201, secret));
  }

  private static long scopes(JsonRequest body, KeyRole role) throws BadRequestException {
    if (!body.has("scopes")) {
      if (role.isOperator()) {
        return Scope.ALL;
      }
      throw body.wrong("scopes", "is missing: a key of this role names what it may do");
    }
    long scopes = 0;
    for (String name : body.texts("scopes", SCOPES_MAX, SCOPE_CHARS_MAX)) {
      Scope scope = Scope.ofName(name);
      if (scope != null) {
        scopes = scope.and(scopes);
      } else if (name.equals(Scope.ALL_NAME)) {
        scopes = Scope.ALL;
      } else {
        throw body.wrong("scopes", "has a name that is no scope");
      }
    }
    if (scopes == 0) {
      throw body.wrong("scopes", "must not be empty");
    }
    return scopes;
  }

  private void list(Exchange exchange, Buffer body) throws BadRequestException {
    QueryReader.of(exchange.request()).end();
    ask(
        exchange,
        new ReadKeys(),
        KeysShown.class,
        (shown, position, repeated) -> {
          JsonWriter json = exchange.json().beginObject().name("keys").beginArray();
          for (ApiKey key : shown.keys()) {
            write(json.beginObject(), key, exchange.nowMs());
            json.endObject();
          }
          json.endArray().name("position").position(ApiKey.PARTITION, shown.position());
          exchange.reply(200, json.endObject());
        });
  }

  private void rotate(Exchange exchange, Buffer buffer) throws BadRequestException {
    long graceS = GRACE_S_DEFAULT;
    if (buffer.length() > 0) {
      JsonRequest body = JsonRequest.parse(buffer, parts.http().bodyBytesMax());
      graceS = body.integerOr("grace_s", 0, GRACE_S_MAX, GRACE_S_DEFAULT);
      body.end();
    }
    BearerSecret secret = BearerSecret.make(BearerSecret.KEY_PREFIX, parts.randomness());
    ask(
        exchange,
        new RotateKey(
            keyId(exchange),
            secret.hashHigh(),
            secret.hashLow(),
            graceS * 1000,
            exchange.principal().scopes()),
        KeyShown.class,
        (shown, position, repeated) -> shown(exchange, shown, position, 200, secret));
  }

  private void revoke(Exchange exchange, Buffer body) throws BadRequestException {
    QueryReader.of(exchange.request()).end();
    ask(
        exchange,
        new RevokeKey(keyId(exchange)),
        KeyShown.class,
        (shown, position, repeated) -> shown(exchange, shown, position, 200, null));
  }

  private static long keyId(Exchange exchange) throws BadRequestException {
    long id = Ids.parse(exchange.pathValue("key_id"), Long.MAX_VALUE);
    if (id == Ids.NOT_AN_ID) {
      throw OldPackets.notFound();
    }
    return id;
  }

  private static <T extends KeyAnswer> void ask(
      Exchange exchange, KeyCommand command, Class<T> type, Exchange.Taker<T> taker) {
    exchange.ask(ApiKey.PARTITION, command, type, taker);
  }

  private void shown(
      Exchange exchange, KeyShown shown, long position, int status, @Nullable BearerSecret secret) {
    JsonWriter json = exchange.json().beginObject();
    write(json, shown.key(), exchange.nowMs());
    if (secret != null) {
      json.field("secret", secret.text());
    }
    json.name("position").position(ApiKey.PARTITION, position);
    exchange.position(ApiKey.PARTITION, position, false).reply(status, json.endObject());
  }

  private void write(JsonWriter json, ApiKey key, long nowMs) {
    json.name("id").id(key.keyId()).field("name", key.name());
    json.field("role", key.role().wireName()).name("scopes").beginArray();
    List<String> scopes = Scope.names(key.scopes());
    scopes.forEach(json::value);
    json.endArray().field("expired", key.isExpired(nowMs));
    json.name("created_at").time(key.madeAtMs());
    if (key.expiresAtMs() != ApiKey.NEVER) {
      json.name("expires_at").time(key.expiresAtMs());
    }
    if (key.rotatedAtMs() != 0) {
      json.name("rotated_at").time(key.rotatedAtMs());
    }
    if (key.before().endsAtMs() > nowMs) {
      json.name("previous_secret_ends_at").time(key.before().endsAtMs());
    }
    LiveKey live = parts.keys().find(key.keyId());
    long usedAtMs = live == null ? key.usedAtMs() : live.usedAtMs();
    if (usedAtMs != 0) {
      json.name("last_used_at").time(usedAtMs);
    }
  }
}
