// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Logins".
package io.hongbao.http;

import io.hongbao.engine.Command;
import io.hongbao.engine.Refusal;
import io.hongbao.engine.ReplyPort;
import io.hongbao.http.PeopleMeters.Step;
import io.hongbao.model.RefusalCode;
import io.hongbao.person.HandleHash;
import io.hongbao.person.HandleKind;
import io.hongbao.person.PersonAnswer.AddressShown;
import io.hongbao.person.PersonAnswer.AttemptOpen;
import io.hongbao.person.PersonAnswer.HandleFound;
import io.hongbao.person.PersonAnswer.HandleKept;
import io.hongbao.person.PersonCommand.BeginAttempt;
import io.hongbao.person.PersonCommand.Claim;
import io.hongbao.person.PersonCommand.ClaimHandle;
import io.hongbao.person.PersonCommand.DropClaim;
import io.hongbao.person.PersonCommand.EndAttempt;
import io.hongbao.person.PersonCommand.FailAddress;
import io.hongbao.person.PersonCommand.FindHandle;
import io.hongbao.person.PersonCommand.ReadAddress;
import io.hongbao.session.LoginAnswer.Pair;
import io.hongbao.session.SessionCommand.OpenLogin;
import io.vertx.core.Future;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The steps of which logins, registrations and resets are made; each asks one partition or the
 * passwords' threads and goes on with the answer.
 *
 * <p><b>Durability:</b> a failure is told only when what counts it is durable.
 *
 * <p><b>Thread:</b> one event loop's.
 */
final class LoginSteps {

  /**
   * Failures are answered at whole multiples of this, so that the time says nothing about whether
   * the user exists: the ways differ by a flush or two, some milliseconds.
   */
  private static final long PACE_MS = 100;

  private static final long PASSWORD_RETRY_MS = 1_000;
  private static final long NANOS_PER_MS = 1_000_000;

  private final EdgeParts parts;
  private final PeopleParts people;
  private final SourceAddress sources;

  LoginSteps(EdgeParts parts) {
    this.parts = parts;
    this.people = parts.people();
    this.sources = new SourceAddress(parts.http().trustedProxies());
  }

  /** What comes next. */
  interface Next {
    void go() throws BadRequestException;
  }

  /** What comes next with what was found. */
  interface With<T extends @Nullable Object> {
    void go(T value) throws BadRequestException;
  }

  String address(Exchange exchange) {
    return sources.of(exchange.call());
  }

  private HandleHash addressHash(Exchange exchange) {
    return people.handles().address(address(exchange));
  }

  void count(Step step) {
    people.meters().count(step);
  }

  int partitionOf(HandleHash hash) {
    return hash.partition(parts.shape().partitionCount());
  }

  int partitionOf(long userId) {
    return parts.shape().partitionOf(userId);
  }

  /** Hands a command over whose answer nobody waits for. */
  void tell(int partition, Command command) {
    parts.door().submit(partition, command, ReplyPort.NOBODY);
  }

  /** The same from a thread that is not the loop's. */
  void tellFromAnywhere(Exchange exchange, long userId, Command command) {
    exchange.edge().onLoop(() -> tell(partitionOf(userId), command));
  }

  /** Refuses addresses that failed too often today. */
  void checkAddress(Exchange exchange, Next next) {
    HandleHash hash = addressHash(exchange);
    exchange.ask(
        partitionOf(hash),
        new ReadAddress(hash),
        AddressShown.class,
        (shown, position, repeated) -> {
          if (shown.isBlocked()) {
            count(Step.LOGIN_BLOCKED_ADDRESS);
            exchange.refuse(
                new Refusal(RefusalCode.LOGIN_BLOCKED, shown.dayEndsMs() - exchange.nowMs()),
                false);
          } else {
            next.go();
          }
        });
  }

  /** Finds the user who has a name or a phone. */
  void find(Exchange exchange, HandleHash hash, With<Long> next) {
    exchange.ask(
        partitionOf(hash),
        new FindHandle(hash),
        HandleFound.class,
        (found, position, repeated) ->
            next.go(found.userId() == 0 ? standIn(hash) : found.userId()));
  }

  // Who asks for nobody takes the same way: a partition is asked for a user whom it does not have.
  private static long standIn(HandleHash hash) {
    return 1 + (hash.low() >>> 1) % Fields.ID_MAX;
  }

  /**
   * Keeps a handle for a user while he is changed. The audit hears of the change, not of this.
   *
   * @param otherwise what happens before it is refused
   */
  void claim(
      Exchange exchange,
      HandleKind kind,
      HandleHash hash,
      long userId,
      Runnable otherwise,
      With<Claim> next) {
    exchange.askUnaudited(
        partitionOf(hash),
        new ClaimHandle(kind, hash, userId),
        HandleKept.class,
        (kept, position, repeated) -> next.go(new Claim(hash, kept.untilMs())),
        (refusal, repeated) -> {
          otherwise.run();
          if (refusal.code().retry() == RefusalCode.Retry.NEVER) {
            count(Step.HANDLE_TAKEN);
          }
          exchange.refuse(refusal, repeated);
        });
  }

  /** Lets go of a claim that will never be used; without this it ends by itself. */
  void drop(long userId, Claim claim) {
    tell(partitionOf(claim.hash()), new DropClaim(claim.hash(), userId, claim.untilMs()));
  }

  /**
   * Begins an attempt, which counts as a failure until it is ended.
   *
   * @param next hears null when there is no such user, or when he is blocked
   * @param blocked hears of that, before
   */
  void begin(
      Exchange exchange,
      long userId,
      HandleHash by,
      With<Refusal> blocked,
      With<@Nullable AttemptOpen> next) {
    exchange.ask(
        partitionOf(userId),
        new BeginAttempt(userId, by),
        AttemptOpen.class,
        (open, position, repeated) -> next.go(open),
        (refusal, repeated) -> {
          switch (refusal.code()) {
            case NOT_FOUND -> next.go(null);
            case LOGIN_BLOCKED -> {
              count(Step.LOGIN_BLOCKED_USER);
              blocked.go(refusal);
              next.go(null);
            }
            default -> exchange.refuse(refusal, repeated);
          }
        });
  }

  /** Takes the failure off that the attempt was counted as. */
  void end(long userId) {
    tell(partitionOf(userId), new EndAttempt(userId));
  }

  /** Waits for the passwords' threads, or says that there are too many who wait. */
  <T> void work(
      Exchange exchange, Supplier<@Nullable CompletionStage<T>> begin, Next full, With<T> next)
      throws BadRequestException {
    CompletionStage<T> stage = begin.get();
    if (stage == null) {
      full.go();
      exchange.refuse(new Refusal(RefusalCode.OVERLOADED, PASSWORD_RETRY_MS), false);
      return;
    }
    exchange.await(Future.fromCompletionStage(stage), next::go);
  }

  /** Counts the failure for the address and refuses, not earlier than others are refused. */
  void fail(Exchange exchange, RefusalCode code) {
    HandleHash hash = addressHash(exchange);
    exchange.ask(
        partitionOf(hash),
        new FailAddress(hash),
        AddressShown.class,
        (shown, position, repeated) ->
            paced(exchange, () -> exchange.refuse(code, code.sentence())));
  }

  private void paced(Exchange exchange, Exchange.Step step) {
    long tookMs = (parts.time().nanos() - exchange.startNanos()) / NANOS_PER_MS;
    long waitMs = Math.max(1, PACE_MS - tookMs % PACE_MS);
    exchange.later(waitMs, step);
  }

  /** Logs a user in who has proved who he is. */
  void open(Exchange exchange, long userId, String device, Opened next) {
    exchange.ask(
        partitionOf(userId),
        new OpenLogin(userId, device),
        Pair.class,
        (pair, position, repeated) -> next.go(pair, position));
  }

  /** What happens with a login that is open; whoever lets him in tells its place. */
  interface Opened {
    void go(Pair pair, long position);
  }
}
