// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "People".
package io.hongbao.http;

import io.hongbao.engine.Refusal;
import io.hongbao.http.PeopleMeters.Step;
import io.hongbao.model.RefusalCode;
import io.hongbao.person.HandleHash;
import io.hongbao.person.HandleKind;
import io.hongbao.person.PersonAnswer.PersonShown;
import io.hongbao.person.PersonCommand.Claim;
import io.hongbao.person.PersonCommand.RegisterPerson;
import io.hongbao.provider.sms.CodePurpose;
import io.vertx.core.buffer.Buffer;

/**
 * Registers people, in these steps: check what was sent; check the code, which is gone then; see
 * that name and phone are new, and keep them; hash the password; write the person down; answer.
 *
 * <p><b>Failure:</b> whatever happens between two steps, a claim that was not used ends by itself;
 * it is dropped at once where this side knows that it will never use it.
 *
 * <p><b>Thread:</b> one event loop's.
 */
final class RegisterRoutes {

  /** Ids from here on are made by the server; a backend takes its own from below. */
  static final long OWN_IDS_MIN = 1L << 52;

  private final EdgeParts parts;
  private final PeopleParts people;
  private final LoginSteps steps;

  RegisterRoutes(EdgeParts parts) {
    this.parts = parts;
    this.people = parts.people();
    this.steps = new LoginSteps(parts);
  }

  void addTo(RouteTable routes) {
    routes.add(Route.post("/v1/users", Access.PUBLIC, BodyRule.JSON, this::register));
  }

  private record Wish(
      long userId,
      String userName,
      HandleHash name,
      String phone,
      HandleHash phoneHash,
      String password,
      String nickname,
      String device) {}

  private void register(Exchange exchange, Buffer buffer) throws BadRequestException {
    JsonRequest body = JsonRequest.parse(buffer, parts.http().bodyBytesMax());
    String userName = PeopleFields.userName(body);
    String phone = PeopleFields.phone(body);
    String code = PeopleFields.code(body);
    Wish wish =
        new Wish(
            newId(),
            userName,
            people.handles().name(userName),
            phone,
            people.handles().phone(phone),
            PeopleFields.newPassword(body, "password"),
            Fields.line(body, "nickname", PeopleFields.NICKNAME_CHARS_MAX),
            PeopleFields.device(body));
    body.end();
    PeopleFields.checkPassword(wish.password(), userName);
    if (!people.passwords().hasRoom()) {
      // Before the code is used up.
      exchange.refuse(new Refusal(RefusalCode.OVERLOADED, 0), false);
      return;
    }
    steps.checkAddress(
        exchange,
        () -> {
          if (people.codes().redeem(phone, CodePurpose.REGISTER, code, exchange.nowMs())) {
            claimName(exchange, wish);
          } else {
            steps.count(Step.CODE_WRONG);
            steps.fail(exchange, RefusalCode.CODE_WRONG);
          }
        });
  }

  private long newId() {
    return OWN_IDS_MIN + (parts.randomness().nextLong() & (OWN_IDS_MIN - 1));
  }

  private void claimName(Exchange exchange, Wish wish) {
    steps.claim(
        exchange,
        HandleKind.NAME,
        wish.name(),
        wish.userId(),
        () -> {},
        name ->
            steps.claim(
                exchange,
                HandleKind.PHONE,
                wish.phoneHash(),
                wish.userId(),
                () -> steps.drop(wish.userId(), name),
                phone -> hash(exchange, wish, name, phone)));
  }

  private void hash(Exchange exchange, Wish wish, Claim name, Claim phone)
      throws BadRequestException {
    Runnable dropBoth =
        () -> {
          steps.drop(wish.userId(), name);
          steps.drop(wish.userId(), phone);
        };
    steps.work(
        exchange,
        () -> people.passwords().hash(wish.password()),
        dropBoth::run,
        hash -> insert(exchange, wish, name, phone, hash, dropBoth));
  }

  private void insert(
      Exchange exchange,
      Wish wish,
      Claim name,
      Claim phone,
      String passwordHash,
      Runnable dropBoth) {
    exchange.ask(
        steps.partitionOf(wish.userId()),
        new RegisterPerson(
            wish.userId(),
            wish.userName(),
            name,
            PeopleFields.masked(wish.phone()),
            phone,
            passwordHash,
            wish.nickname()),
        PersonShown.class,
        (person, position, repeated) -> answer(exchange, wish, person),
        (refusal, repeated) -> {
          // A bug's outcome is not known: then the claims are asked after when they end.
          if (refusal.code() != RefusalCode.INTERNAL_ERROR) {
            dropBoth.run();
          }
          exchange.refuse(refusal, repeated);
        });
  }

  private void answer(Exchange exchange, Wish wish, PersonShown person) {
    steps.count(Step.REGISTERED);
    steps.open(
        exchange,
        wish.userId(),
        wish.device(),
        (pair, at) -> {
          exchange.position(steps.partitionOf(wish.userId()), at, false);
          JsonWriter json = exchange.json().beginObject();
          PeopleJson.user(json, person);
          json.name("session").beginObject();
          PeopleJson.pair(json, pair);
          json.endObject().endObject();
          exchange.reply(201, json);
        });
  }
}
