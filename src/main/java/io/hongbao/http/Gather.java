// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The edge".
package io.hongbao.http;

import io.hongbao.engine.Answer;
import io.hongbao.engine.Command;
import io.hongbao.engine.Refusal;
import java.util.ArrayList;
import java.util.List;

/**
 * Asks many partitions for one request and goes on when all have answered.
 *
 * <p>The first refusal becomes the answer of the request; what was decided before stays decided, so
 * only commands that can be repeated belong here.
 *
 * <p><b>Thread:</b> one event loop's.
 *
 * <p><b>Limit:</b> {@link #UNDER_WAY_MAX} questions at a time, so that one bulk call cannot fill
 * the mailboxes.
 */
final class Gather<T extends Answer> {

  private static final int UNDER_WAY_MAX = 128;

  /** One question. */
  record Ask(int partition, Command command) {}

  /** What to do with all answers, in the order of their questions. */
  interface Done<T> {
    void all(List<T> answers) throws BadRequestException;
  }

  private final Exchange exchange;
  private final List<Ask> asks;
  private final Class<T> type;
  private final Done<T> done;
  private final List<T> answers = new ArrayList<>();
  private final Object[] inOrder;
  private int next;
  private int answered;
  private boolean isAsking;

  private Gather(Exchange exchange, List<Ask> asks, Class<T> type, Done<T> done) {
    this.exchange = exchange;
    this.asks = asks;
    this.type = type;
    this.done = done;
    this.inOrder = new Object[asks.size()];
  }

  /** Asks all. */
  static <T extends Answer> void all(Exchange exchange, List<Ask> asks, Class<T> type, Done<T> done)
      throws BadRequestException {
    if (asks.isEmpty()) {
      done.all(List.of());
    } else {
      new Gather<>(exchange, asks, type, done).more();
    }
  }

  // An answer may come before the question's call returns; then the loop here asks on, not a
  // deeper one.
  private void more() {
    if (isAsking) {
      return;
    }
    isAsking = true;
    while (next < asks.size() && mayAsk() && !exchange.isDone()) {
      int index = next++;
      Ask ask = asks.get(index);
      exchange.ask(
          ask.partition(),
          ask.command(),
          Answer.class,
          (answer, position, repeated) -> take(index, answer),
          (refusal, repeated) -> refused(refusal));
    }
    isAsking = false;
  }

  // Two questions to one partition go out together, so that both hear of the same moment.
  private boolean mayAsk() {
    return next - answered < UNDER_WAY_MAX
        || (next % 2 == 1 && asks.get(next).partition() == asks.get(next - 1).partition());
  }

  private void take(int index, Answer answer) throws BadRequestException {
    inOrder[index] = answer;
    answered++;
    if (answered < asks.size()) {
      more();
      return;
    }
    for (Object one : inOrder) {
      answers.add(type.cast(one));
    }
    done.all(answers);
  }

  private void refused(Refusal refusal) {
    exchange.refuse(refusal, false);
  }
}
