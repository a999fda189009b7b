// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The page".
package io.hongbao.http;

import io.hongbao.account.AccountAnswer.TransactionShown;
import io.hongbao.account.AccountCommand.TopUp;
import io.hongbao.engine.ClientKey;
import io.hongbao.model.RefusalCode;
import io.hongbao.person.PersonAnswer.PersonShown;
import io.hongbao.person.PersonCommand.ChangeProfile;
import io.hongbao.person.PersonCommand.Claim;
import io.hongbao.person.PersonCommand.ReadPerson;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The door of a sandbox's open room: guests with play money, and who is who.
 *
 * <p>On any other data directory these routes do not exist, and answer like every unknown path.
 *
 * <p><b>Thread:</b> one event loop's.
 */
final class PlayRoutes {

  static final String PLAY = "/v1/play";

  private static final int NICKNAME_CHARS_MAX = 16;
  private static final int NAMES_MAX = 50;
  private static final long TOKEN_LIFE_MS = 24L * 3_600_000;
  private static final String ASSET = "CNY";
  private static final long FUND_MINOR = 20_000;
  private static final String OPERATOR = "sandbox";

  /** Above the users that tools seed, below those that register: 2^40 ids, drawn by chance. */
  private static final long GUEST_FIRST = 1L << 41;

  private static final long GUEST_MASK = (1L << 40) - 1;

  private final EdgeParts parts;
  private final TokenMint mint;

  PlayRoutes(EdgeParts parts) {
    this.parts = parts;
    this.mint = new TokenMint(parts);
  }

  void addTo(RouteTable routes) {
    if (!parts.sandbox().isOn()) {
      return;
    }
    routes.add(Route.get(PLAY, Access.PUBLIC, this::play));
    routes.add(Route.post(PLAY + "/guests", Access.PUBLIC, BodyRule.JSON, this::guest));
    routes.add(Route.get(PLAY + "/names", Access.USER, this::names));
  }

  private void play(Exchange exchange, Buffer body) throws BadRequestException {
    QueryReader.of(exchange.request()).end();
    if (isOpen(exchange)) {
      JsonWriter json = exchange.json().beginObject();
      json.name("room_id").id(parts.play().door().roomId());
      json.name("fund").beginObject().field("asset", ASSET).field("amount", FUND_MINOR).endObject();
      json.field("supervised", parts.play().door().isSupervised()).endObject();
      exchange.reply(200, json);
    }
  }

  private boolean isOpen(Exchange exchange) {
    if (parts.play().door().roomId() > 0) {
      return true;
    }
    exchange.refuse(RefusalCode.NOT_FOUND, "This sandbox has no open room.");
    return false;
  }

  private void guest(Exchange exchange, Buffer buffer) throws BadRequestException {
    JsonRequest body = JsonRequest.parse(buffer, parts.http().bodyBytesMax());
    String nickname = Fields.line(body, "nickname", NICKNAME_CHARS_MAX).strip();
    if (nickname.isEmpty()) {
      throw body.wrong("nickname", "must have 1 to " + NICKNAME_CHARS_MAX + " characters");
    }
    body.end();
    if (!isOpen(exchange)) {
      return;
    }
    long userId = GUEST_FIRST + (parts.randomness().nextLong() & GUEST_MASK);
    int partition = parts.shape().partitionOf(userId);
    exchange.ask(
        partition,
        new ChangeProfile(userId, null, Claim.NONE, nickname, null, null),
        PersonShown.class,
        (person, position, repeated) -> fund(exchange, userId, nickname));
  }

  private void fund(Exchange exchange, long userId, String nickname) throws BadRequestException {
    IdempotencyKey key = IdempotencyKey.parse(ASSET, userId, "makeGuest");
    ClientKey clientKey = new ClientKey(key.hash().high(), key.hash().low(), 0, ClientKey.NO_TIME);
    exchange.ask(
        parts.shape().partitionOf(userId),
        new TopUp(clientKey, userId, parts.assets().number(ASSET), FUND_MINOR, "guest", OPERATOR),
        TransactionShown.class,
        (funded, position, repeated) ->
            mint.mint(
                exchange,
                new long[] {userId},
                TOKEN_LIFE_MS,
                (tokens, expiresAtMs) -> {
                  JsonWriter json = exchange.json().beginObject().name("user_id").id(userId);
                  json.field("nickname", nickname).field("token", tokens.getFirst().token());
                  json.name("expires_at").time(expiresAtMs);
                  json.name("room_id").id(parts.play().door().roomId()).endObject();
                  exchange.reply(201, json);
                }));
  }

  private void names(Exchange exchange, Buffer body) throws BadRequestException {
    QueryReader query = QueryReader.of(exchange.request());
    List<Long> userIds = userIds(query.text("ids"));
    query.end();
    List<Gather.Ask> asks = new ArrayList<>();
    for (long userId : userIds) {
      asks.add(new Gather.Ask(parts.shape().partitionOf(userId), new ReadPerson(userId)));
    }
    Gather.all(
        exchange,
        asks,
        PersonShown.class,
        people -> {
          JsonWriter json = exchange.json().beginObject().name("names").beginArray();
          for (int i = 0; i < people.size(); i++) {
            String nickname = people.get(i).profile().nickname();
            if (!nickname.isEmpty()) {
              json.beginObject().name("user_id").id(userIds.get(i));
              json.field("nickname", nickname).endObject();
            }
          }
          exchange.reply(200, json.endArray().endObject());
        });
  }

  private static List<Long> userIds(String text) throws BadRequestException {
    Set<Long> ids = new LinkedHashSet<>();
    for (String one : text.split(",", -1)) {
      long id = Ids.parse(one, Fields.ID_MAX);
      if (id == Ids.NOT_AN_ID || ids.size() >= NAMES_MAX) {
        throw QueryReader.wrong("ids", "must be 1 to " + NAMES_MAX + " user ids with commas");
      }
      ids.add(id);
    }
    return List.copyOf(ids);
  }
}
