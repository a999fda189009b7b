// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Logins".
package io.hongbao.http;

import io.hongbao.engine.Refusal;
import io.hongbao.http.PeopleMeters.Step;
import io.hongbao.model.RefusalCode;
import io.hongbao.password.PasswordHasher;
import io.hongbao.person.HandleHash;
import io.hongbao.person.PasswordCause;
import io.hongbao.person.PersonAnswer.AttemptOpen;
import io.hongbao.person.PersonAnswer.Done;
import io.hongbao.person.PersonAnswer.PasswordTold;
import io.hongbao.person.PersonCommand.AskPassword;
import io.hongbao.person.PersonCommand.ChangePassword;
import io.hongbao.provider.sms.CodePurpose;
import io.hongbao.session.CloseCause;
import io.hongbao.session.LoginAnswer.Pair;
import io.hongbao.session.SessionAnswer;
import io.hongbao.session.SessionCommand.CloseLogin;
import io.hongbao.session.SessionCommand.CloseOthers;
import io.hongbao.session.SessionCommand.RevokeAll;
import io.vertx.core.buffer.Buffer;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Ways in: by password, by code; and what changes a password.
 *
 * <p>A wrong name and a wrong password look the same and take the same time: both are hashed, both
 * are answered at the same pace. So does a user who is blocked; only who holds the right code hears
 * that he is.
 *
 * <p><b>Thread:</b> one event loop's.
 */
final class LoginRoutes {

  private static final String AUTH = "/v1/auth";

  /** Fits no password. */
  private static final String NO_HASH = "";

  private final EdgeParts parts;
  private final PeopleParts people;
  private final LoginSteps steps;

  LoginRoutes(EdgeParts parts) {
    this.parts = parts;
    this.people = parts.people();
    this.steps = new LoginSteps(parts);
  }

  void addTo(RouteTable routes) {
    routes.add(Route.post(AUTH + "/login", Access.PUBLIC, BodyRule.JSON, this::byPassword));
    routes.add(Route.post(AUTH + "/login-by-code", Access.PUBLIC, BodyRule.JSON, this::byCode));
    routes.add(Route.post(AUTH + "/password-reset", Access.PUBLIC, BodyRule.JSON, this::reset));
    routes.add(
        Route.post("/v1/users/me/password", Access.USER, BodyRule.JSON, this::changePassword));
  }

  private void byPassword(Exchange exchange, Buffer buffer) throws BadRequestException {
    JsonRequest body = JsonRequest.parse(buffer, parts.http().bodyBytesMax());
    HandleHash name = people.handles().name(PeopleFields.userName(body));
    String password = PeopleFields.oldPassword(body, "password");
    String device = PeopleFields.device(body);
    body.end();
    steps.checkAddress(
        exchange,
        () ->
            steps.find(
                exchange,
                name,
                userId ->
                    steps.begin(
                        exchange,
                        userId,
                        name,
                        blocked -> {},
                        open -> check(exchange, userId, password, device, open))));
  }

  private void check(
      Exchange exchange, long userId, String password, String device, @Nullable AttemptOpen open)
      throws BadRequestException {
    String kept = open == null ? NO_HASH : open.passwordHash();
    steps.work(
        exchange,
        () -> people.passwords().check(password, kept),
        () -> forgive(userId, open),
        checked -> {
          if (!checked.fits()) {
            steps.count(Step.LOGIN_FAILED);
            steps.fail(exchange, RefusalCode.LOGIN_FAILED);
            return;
          }
          steps.end(userId);
          steps.open(
              exchange,
              userId,
              device,
              (pair, at) ->
                  stillRight(
                      exchange,
                      pair,
                      at,
                      kept,
                      () ->
                          steps.begin(
                              exchange,
                              userId,
                              HandleHash.NONE,
                              blocked -> {},
                              again -> check(exchange, userId, password, device, again))));
          if (checked.isWeak()) {
            rehash(exchange, userId, password, kept);
          }
        });
  }

  // Hashing takes its time. Was the password changed meanwhile, then all other logins were ended,
  // perhaps before this one was there to be ended with them.
  private void stillRight(
      Exchange exchange, Pair pair, long at, String kept, LoginSteps.Next otherwise) {
    exchange.ask(
        steps.partitionOf(pair.userId()),
        new AskPassword(pair.userId(), kept),
        PasswordTold.class,
        (told, position, repeated) -> {
          if (told.isSame()) {
            passed(exchange, pair, at);
            return;
          }
          steps.tell(
              steps.partitionOf(pair.userId()),
              new CloseLogin(pair.userId(), pair.sessionId(), CloseCause.PASSWORD));
          // It may only have been hashed anew: another look tells.
          otherwise.go();
        });
  }

  private void passed(Exchange exchange, Pair pair, long at) {
    steps.count(Step.LOGIN_PASSED);
    exchange.position(steps.partitionOf(pair.userId()), at, false);
    PeopleJson.login(exchange, 200, pair);
  }

  // What was never checked is no failure.
  private void forgive(long userId, @Nullable AttemptOpen open) {
    if (open != null) {
      steps.end(userId);
    }
  }

  // Beside the login, not before it; when it does not work out, the next login tries again.
  private void rehash(Exchange exchange, long userId, String password, String kept) {
    CompletionStage<String> stage = people.passwords().hash(password);
    if (stage != null) {
      stage.thenAccept(
          hash -> {
            steps.count(Step.PASSWORD_REHASHED);
            steps.tellFromAnywhere(
                exchange, userId, new ChangePassword(userId, PasswordCause.REHASHED, kept, hash));
          });
    }
  }

  /** Goes on when the code was right and the user may come in. */
  private void redeem(
      Exchange exchange,
      String phone,
      CodePurpose purpose,
      String code,
      LoginSteps.With<Long> next) {
    HandleHash hash = people.handles().phone(phone);
    @Nullable Refusal[] block = new Refusal[1];
    steps.checkAddress(
        exchange,
        () ->
            steps.find(
                exchange,
                hash,
                userId ->
                    steps.begin(
                        exchange,
                        userId,
                        hash,
                        blocked -> block[0] = blocked,
                        open -> {
                          // Also for a phone that nobody has: no code was ever sent to it.
                          boolean isRight =
                              people.codes().redeem(phone, purpose, code, exchange.nowMs());
                          Refusal blocked = block[0];
                          if (isRight && blocked != null) {
                            exchange.refuse(blocked, false);
                          } else if (!isRight || open == null) {
                            steps.count(Step.CODE_WRONG);
                            steps.fail(exchange, RefusalCode.CODE_WRONG);
                          } else {
                            next.go(userId);
                          }
                        })));
  }

  private void byCode(Exchange exchange, Buffer buffer) throws BadRequestException {
    JsonRequest body = JsonRequest.parse(buffer, parts.http().bodyBytesMax());
    String phone = PeopleFields.phone(body);
    String code = PeopleFields.code(body);
    String device = PeopleFields.device(body);
    body.end();
    redeem(
        exchange,
        phone,
        CodePurpose.LOGIN,
        code,
        userId -> {
          steps.end(userId);
          steps.open(exchange, userId, device, (pair, at) -> passed(exchange, pair, at));
        });
  }

  private void reset(Exchange exchange, Buffer buffer) throws BadRequestException {
    JsonRequest body = JsonRequest.parse(buffer, parts.http().bodyBytesMax());
    String phone = PeopleFields.phone(body);
    String code = PeopleFields.code(body);
    String password = PeopleFields.newPassword(body, "new_password");
    body.end();
    PeopleFields.checkPassword(password, "");
    if (!people.passwords().hasRoom()) {
      // Before the code is used up.
      exchange.refuse(new Refusal(RefusalCode.OVERLOADED, 0), false);
      return;
    }
    redeem(
        exchange,
        phone,
        CodePurpose.RESET,
        code,
        userId -> {
          steps.end(userId);
          replace(
              exchange,
              new NewPassword(userId, PasswordCause.RESET, "", password, 0),
              Step.PASSWORD_RESET);
        });
  }

  private void changePassword(Exchange exchange, Buffer buffer) throws BadRequestException {
    JsonRequest body = JsonRequest.parse(buffer, parts.http().bodyBytesMax());
    String old = PeopleFields.oldPassword(body, "old_password");
    String password = PeopleFields.newPassword(body, "new_password");
    body.end();
    PeopleFields.checkPassword(password, "");
    long userId = exchange.userId();
    long sessionId = SessionRoutes.sessionId(exchange, people);
    steps.begin(
        exchange,
        userId,
        HandleHash.NONE,
        blocked -> exchange.refuse(blocked, false),
        open -> {
          String kept = open == null ? NO_HASH : open.passwordHash();
          if (exchange.isDone()) {
            return;
          }
          steps.work(
              exchange,
              () -> people.passwords().check(old, kept),
              () -> forgive(userId, open),
              checked -> changed(exchange, checked, kept, password, sessionId));
        });
  }

  private void changed(
      Exchange exchange,
      PasswordHasher.Checked checked,
      String kept,
      String password,
      long sessionId)
      throws BadRequestException {
    long userId = exchange.userId();
    if (!checked.fits()) {
      steps.count(Step.LOGIN_FAILED);
      steps.fail(exchange, RefusalCode.LOGIN_FAILED);
      return;
    }
    steps.end(userId);
    replace(
        exchange,
        new NewPassword(userId, PasswordCause.CHANGED, kept, password, sessionId),
        Step.PASSWORD_CHANGED);
  }

  private record NewPassword(
      long userId, PasswordCause cause, String expected, String password, long keptSessionId) {}

  // Whoever knew the old password is out when the new one is told: all other sessions end.
  private void replace(Exchange exchange, NewPassword wanted, Step step)
      throws BadRequestException {
    int partition = steps.partitionOf(wanted.userId());
    steps.work(
        exchange,
        () -> people.passwords().hash(wanted.password()),
        () -> {},
        hash ->
            exchange.ask(
                partition,
                new ChangePassword(wanted.userId(), wanted.cause(), wanted.expected(), hash),
                Done.class,
                (done, position, repeated) -> {
                  if (!done.isChanged()) {
                    // Somebody else was quicker: the old password is not the old one any more.
                    steps.fail(exchange, RefusalCode.LOGIN_FAILED);
                    return;
                  }
                  exchange.ask(
                      partition,
                      wanted.keptSessionId() == 0
                          ? new RevokeAll(wanted.userId(), CloseCause.PASSWORD)
                          : new CloseOthers(
                              wanted.userId(), wanted.keptSessionId(), CloseCause.PASSWORD),
                      SessionAnswer.class,
                      (closed, closedAt, again) -> {
                        steps.count(step);
                        // Where no session ended, the last change is the password.
                        exchange.position(partition, Math.max(position, closedAt), false);
                        PeopleJson.count(exchange, "sessions_closed", closed.count());
                      });
                }));
  }
}
