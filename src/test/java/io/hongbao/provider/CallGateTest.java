// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Providers".
package io.hongbao.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hongbao.model.RefusalCode;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class CallGateTest {

  private final FakeTime time = new FakeTime();
  private final CallGate gate = new CallGate("bank", 2, 1000, time);

  @Test
  void passesAnAnswerOn() {
    Future<Reply<String>> reply = gate.call(() -> Future.succeededFuture("yes"));

    assertEquals(new Reply.Answered<>("yes"), reply.result());
    assertEquals(0, gate.stats().inFlight());
    assertEquals(1, gate.stats().answered());
    assertEquals(0, time.pendingCount());
  }

  @Test
  void takesABrokenCallForUnknownNotForAFailure() {
    Future<Reply<String>> reply = gate.call(() -> Future.failedFuture("connection reset"));
    Future<Reply<String>> thrown =
        gate.call(
            () -> {
              throw new IllegalStateException("half way");
            });

    assertEquals(new Reply.Unknown<>("connection reset"), reply.result());
    assertEquals(new Reply.Unknown<>("half way"), thrown.result());
    assertEquals(2, gate.stats().failed());
  }

  @Test
  void givesUpAfterTheTimeOutAndDropsTheLateAnswer() {
    Promise<String> late = Promise.promise();
    Future<Reply<String>> reply = gate.call(late::future);

    time.advance(999);
    assertFalse(reply.isComplete());
    time.advance(1);

    assertInstanceOf(Reply.Unknown.class, reply.result());
    assertEquals(1, gate.stats().abandoned());
    late.complete("too late");
    assertInstanceOf(Reply.Unknown.class, reply.result());
    assertEquals(0, gate.stats().abandoned());
    assertEquals(0, gate.stats().inFlight());
  }

  @Test
  void sendsNothingBeyondItsLimit() {
    Promise<String> first = Promise.promise();
    gate.call(first::future);
    gate.call(Promise.<String>promise()::future);

    Future<Reply<String>> third =
        gate.call(
            () -> {
              throw new AssertionError("must not be called");
            });

    assertEquals(new Reply.NotSent<>(RefusalCode.OVERLOADED), third.result());
    assertEquals(2, gate.stats().inFlight());
    first.complete("room again");
    assertEquals(1, gate.stats().inFlight());
    assertTrue(gate.call(() -> Future.succeededFuture("yes")).succeeded());
  }

  @Test
  void leavesAServiceAloneThatSwallowsEveryCall() {
    for (int call = 0; call < 2 * CallGate.ABANDONED_PER_SLOT_MAX; call++) {
      gate.call(Promise.<String>promise()::future);
      time.advance(1000);
    }

    Future<Reply<String>> refused = gate.call(() -> Future.succeededFuture("yes"));

    assertEquals(new Reply.NotSent<>(RefusalCode.OVERLOADED), refused.result());
    assertEquals(8, gate.stats().abandoned());
    assertEquals(8, gate.stats().timedOut());
  }

  @Test
  void bringsTheReplyBackToTheContextThatAsked() throws Exception {
    Vertx vertx = Vertx.vertx();
    try {
      Context home = vertx.getOrCreateContext();
      Promise<String> answer = Promise.promise();
      var seen = new CompletableFuture<Context>();
      var asked = new CompletableFuture<Boolean>();
      home.runOnContext(
          ignored -> {
            gate.call(answer::future).onSuccess(reply -> seen.complete(Vertx.currentContext()));
            asked.complete(true);
          });
      asked.get(10, TimeUnit.SECONDS);

      answer.complete("from the test's thread");

      assertEquals(home, seen.get(10, TimeUnit.SECONDS));
    } finally {
      vertx.close().await(10, TimeUnit.SECONDS);
    }
  }
}
