// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "People".
package io.hongbao.http;

import io.hongbao.apikey.Scope;
import io.hongbao.http.PeopleMeters.Step;
import io.hongbao.model.RefusalCode;
import io.hongbao.person.HandleHash;
import io.hongbao.person.HandleKind;
import io.hongbao.person.PersonAnswer.LoginTold;
import io.hongbao.person.PersonAnswer.PersonShown;
import io.hongbao.person.PersonCommand.Claim;
import io.hongbao.person.PersonCommand.GiveLogin;
import io.hongbao.person.PersonCommand.ReadLogin;
import io.hongbao.person.PersonCommand.ReadPerson;
import io.hongbao.session.CloseCause;
import io.hongbao.session.SessionAnswer;
import io.hongbao.session.SessionCommand.RevokeAll;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;

/**
 * Gives users a name and a password to log in by: for teams whose people come from another system,
 * or lost their phone.
 *
 * <p>In these steps: see what he has; keep the name; hash the password; write both down, with the
 * line for the audit; end all his sessions; answer. What he has already is not written again, so a
 * repeat changes nothing, but ends his sessions like the first time: the first may have died before
 * that.
 *
 * <p><b>Failure:</b> as in {@link RegisterRoutes}, a claim that was not used ends by itself.
 *
 * <p><b>Thread:</b> one event loop's.
 */
final class UserLoginRoutes {

  private final EdgeParts parts;
  private final PeopleParts people;
  private final LoginSteps steps;

  UserLoginRoutes(EdgeParts parts) {
    this.parts = parts;
    this.people = parts.people();
    this.steps = new LoginSteps(parts);
  }

  void addTo(RouteTable routes) {
    routes.add(
        new Route(
            HttpMethod.PUT,
            "/v1/operator/users/{user_id}/login",
            Access.ADMIN.needing(Scope.USERS_WRITE),
            BodyRule.JSON,
            this::give));
  }

  /** What is to be his; the text of it is nobody's business. */
  private record Wish(long userId, String userName, HandleHash name, String password) {

    @Override
    public String toString() {
      return "Wish[" + userId + "]";
    }
  }

  private void give(Exchange exchange, Buffer buffer) throws BadRequestException {
    QueryReader.of(exchange.request()).end();
    long userId = Fields.pathId(exchange, "user_id");
    JsonRequest body = JsonRequest.parse(buffer, parts.http().bodyBytesMax());
    String userName = PeopleFields.userName(body);
    Wish wish =
        new Wish(
            userId,
            userName,
            people.handles().name(userName),
            PeopleFields.newPassword(body, "password"));
    body.end();
    exchange.caller().needCause("");
    PeopleFields.checkPassword(wish.password(), userName);
    exchange.ask(
        steps.partitionOf(userId),
        new ReadLogin(userId),
        LoginTold.class,
        (told, position, repeated) -> compare(exchange, wish, told));
  }

  private void compare(Exchange exchange, Wish wish, LoginTold told) throws BadRequestException {
    if (!told.isKnown() && wish.userId() >= RegisterRoutes.OWN_IDS_MIN) {
      // An id of ours that nobody has must stay free for somebody who registers.
      exchange.refuse(RefusalCode.NOT_FOUND, "There is no such user.");
    } else if (told.userName().equals(wish.userName())) {
      steps.work(
          exchange,
          () -> people.passwords().check(wish.password(), told.passwordHash()),
          () -> {},
          checked -> {
            if (checked.fits()) {
              repeat(exchange, wish.userId());
            } else {
              claim(exchange, wish);
            }
          });
    } else {
      claim(exchange, wish);
    }
  }

  private void claim(Exchange exchange, Wish wish) {
    steps.claim(
        exchange,
        HandleKind.NAME,
        wish.name(),
        wish.userId(),
        () -> {},
        claim ->
            steps.work(
                exchange,
                () -> people.passwords().hash(wish.password()),
                () -> steps.drop(wish.userId(), claim),
                hash -> write(exchange, wish, claim, hash)));
  }

  private void write(Exchange exchange, Wish wish, Claim claim, String passwordHash) {
    long userId = wish.userId();
    exchange.ask(
        steps.partitionOf(userId),
        new GiveLogin(userId, wish.userName(), claim, passwordHash),
        PersonShown.class,
        (person, position, repeated) -> {
          steps.count(Step.LOGIN_GIVEN);
          exchange.askUnaudited(
              steps.partitionOf(userId),
              new RevokeAll(userId, CloseCause.PASSWORD),
              SessionAnswer.class,
              // Where no session ended, the last change is the login.
              (closed, at, again) -> reply(exchange, person, closed, Math.max(position, at)),
              exchange::refuse);
        },
        (refusal, repeated) -> {
          // A bug's outcome is not known: then the claim is asked after when it ends.
          if (refusal.code() != RefusalCode.INTERNAL_ERROR) {
            steps.drop(userId, claim);
          }
          exchange.refuse(refusal, repeated);
        });
  }

  // Sessions that end now have no line yet.
  private void repeat(Exchange exchange, long userId) {
    int partition = steps.partitionOf(userId);
    exchange.ask(
        partition,
        new RevokeAll(userId, CloseCause.PASSWORD),
        SessionAnswer.class,
        (closed, at, again) ->
            exchange.ask(
                partition,
                new ReadPerson(userId),
                PersonShown.class,
                (person, position, repeated) -> reply(exchange, person, closed, at)));
  }

  private void reply(Exchange exchange, PersonShown person, SessionAnswer closed, long at) {
    exchange.position(steps.partitionOf(person.userId()), at, false);
    JsonWriter json = exchange.json().beginObject();
    PeopleJson.user(json, person);
    json.field("sessions_closed", closed.count()).endObject();
    exchange.reply(200, json);
  }
}
