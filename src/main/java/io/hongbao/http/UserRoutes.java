// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "People".
package io.hongbao.http;

import io.hongbao.apikey.Scope;
import io.hongbao.http.PeopleMeters.Step;
import io.hongbao.model.RefusalCode;
import io.hongbao.person.HandleHash;
import io.hongbao.person.HandleKind;
import io.hongbao.person.PersonAnswer.Done;
import io.hongbao.person.PersonAnswer.HandleFound;
import io.hongbao.person.PersonAnswer.PersonShown;
import io.hongbao.person.PersonCommand.ChangeProfile;
import io.hongbao.person.PersonCommand.Claim;
import io.hongbao.person.PersonCommand.FindHandle;
import io.hongbao.person.PersonCommand.ForgiveAttempts;
import io.hongbao.person.PersonCommand.ReadPerson;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import org.jspecify.annotations.Nullable;

/**
 * Who a user is: his own view and changes, and those of a backend.
 *
 * <p><b>Thread:</b> one event loop's.
 */
final class UserRoutes {

  private static final String ME = "/v1/users/me";
  private static final String USERS = "/v1/users";
  private static final String USER = USERS + "/{user_id}";

  private final EdgeParts parts;
  private final PeopleParts people;
  private final LoginSteps steps;

  UserRoutes(EdgeParts parts) {
    this.parts = parts;
    this.people = parts.people();
    this.steps = new LoginSteps(parts);
  }

  void addTo(RouteTable routes) {
    // Before the others: to the router "me" could be an id.
    routes.add(Route.get(ME, Access.USER, this::me));
    routes.add(new Route(HttpMethod.PATCH, ME, Access.USER, BodyRule.JSON, this::changeMe));
    Access reading = Access.SERVICE_OR_SUPPORT.needing(Scope.USERS_READ);
    Access writing = Access.SERVICE.needing(Scope.USERS_WRITE);
    routes.add(Route.get(USERS, reading, this::find));
    routes.add(Route.get(USER, reading, this::read));
    routes.add(new Route(HttpMethod.PUT, USER, writing, BodyRule.JSON, this::put));
    routes.add(
        Route.post("/v1/operator/users/{user_id}/unblock", writing, BodyRule.NONE, this::unblock));
  }

  private void me(Exchange exchange, Buffer body) throws BadRequestException {
    QueryReader.of(exchange.request()).end();
    show(exchange, exchange.userId(), person -> true);
  }

  private void read(Exchange exchange, Buffer body) throws BadRequestException {
    QueryReader.of(exchange.request()).end();
    show(exchange, Fields.pathId(exchange, "user_id"), PersonShown::isKnown);
  }

  private interface Rule {
    boolean allows(PersonShown person);
  }

  private void show(Exchange exchange, long userId, Rule rule) {
    exchange.ask(
        steps.partitionOf(userId),
        new ReadPerson(userId),
        PersonShown.class,
        (person, position, repeated) -> {
          if (rule.allows(person)) {
            reply(exchange, person);
          } else {
            exchange.refuse(RefusalCode.NOT_FOUND, "There is no such user.");
          }
        });
  }

  private static void reply(Exchange exchange, PersonShown person) {
    JsonWriter json = exchange.json().beginObject();
    PeopleJson.user(json, person);
    json.endObject();
    exchange.reply(200, json);
  }

  private void find(Exchange exchange, Buffer body) throws BadRequestException {
    QueryReader query = QueryReader.of(exchange.request());
    String externalId = query.text("external_id");
    query.end();
    HandleHash hash = people.handles().externalId(externalId);
    if (hash.isNone()) {
      throw QueryReader.wrong("external_id", "must not be empty");
    }
    exchange.ask(
        steps.partitionOf(hash),
        new FindHandle(hash),
        HandleFound.class,
        (found, position, repeated) ->
            // His partition has the last word: a claim may not have been used.
            show(
                exchange,
                Math.max(1, found.userId()),
                person -> found.userId() != 0 && person.profile().externalId().equals(externalId)));
  }

  private record Change(
      @Nullable String externalId,
      @Nullable String nickname,
      @Nullable String avatarUrl,
      @Nullable String city) {}

  private Change change(JsonRequest body, boolean isBackend) throws BadRequestException {
    Change change =
        new Change(
            isBackend && body.has("external_id") ? PeopleFields.externalId(body) : null,
            body.has("nickname")
                ? Fields.line(body, "nickname", PeopleFields.NICKNAME_CHARS_MAX)
                : null,
            body.has("avatar_url") ? PeopleFields.avatarUrl(body) : null,
            body.has("city") ? Fields.line(body, "city", PeopleFields.CITY_CHARS_MAX) : null);
    body.end();
    return change;
  }

  private void changeMe(Exchange exchange, Buffer buffer) throws BadRequestException {
    JsonRequest body = JsonRequest.parse(buffer, parts.http().bodyBytesMax());
    write(exchange, exchange.userId(), change(body, false), Claim.NONE);
  }

  private void put(Exchange exchange, Buffer buffer) throws BadRequestException {
    long userId = Fields.pathId(exchange, "user_id");
    JsonRequest body = JsonRequest.parse(buffer, parts.http().bodyBytesMax());
    Change change = change(body, true);
    if (userId < RegisterRoutes.OWN_IDS_MIN) {
      claim(exchange, userId, change);
      return;
    }
    // An id of ours that nobody has must stay free for somebody who registers.
    exchange.ask(
        steps.partitionOf(userId),
        new ReadPerson(userId),
        PersonShown.class,
        (person, position, repeated) -> {
          if (person.isKnown()) {
            claim(exchange, userId, change);
          } else {
            exchange.refuse(RefusalCode.NOT_FOUND, "There is no such user.");
          }
        });
  }

  private void claim(Exchange exchange, long userId, Change change) {
    String externalId = change.externalId();
    HandleHash hash =
        externalId == null ? HandleHash.NONE : people.handles().externalId(externalId);
    if (hash.isNone()) {
      write(exchange, userId, change, Claim.NONE);
      return;
    }
    steps.claim(
        exchange,
        HandleKind.EXTERNAL_ID,
        hash,
        userId,
        () -> {},
        claim -> write(exchange, userId, change, claim));
  }

  private void write(Exchange exchange, long userId, Change change, Claim claim) {
    int partition = steps.partitionOf(userId);
    exchange.ask(
        partition,
        new ChangeProfile(
            userId,
            change.externalId(),
            claim,
            change.nickname(),
            change.avatarUrl(),
            change.city()),
        PersonShown.class,
        (person, position, repeated) -> {
          steps.count(Step.PROFILE_CHANGED);
          exchange.position(partition, position, false);
          reply(exchange, person);
        },
        (refusal, repeated) -> {
          // There is one claim of a handle at a time, so this one is nobody else's.
          if (!claim.hash().isNone() && refusal.code() != RefusalCode.INTERNAL_ERROR) {
            steps.drop(userId, claim);
          }
          exchange.refuse(refusal, repeated);
        });
  }

  private void unblock(Exchange exchange, Buffer body) throws BadRequestException {
    long userId = Fields.pathId(exchange, "user_id");
    int partition = steps.partitionOf(userId);
    exchange.ask(
        partition,
        new ForgiveAttempts(userId, exchange.principal().keyName()),
        Done.class,
        (done, position, repeated) ->
            exchange
                .position(partition, position, false)
                .reply(
                    200,
                    exchange
                        .json()
                        .beginObject()
                        .field("was_counted", done.isChanged())
                        .endObject()));
  }
}
