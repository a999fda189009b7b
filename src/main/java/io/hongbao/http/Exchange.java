// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The edge".
package io.hongbao.http;

import io.hongbao.engine.Answer;
import io.hongbao.engine.ClientKey;
import io.hongbao.engine.Command;
import io.hongbao.engine.Refusal;
import io.hongbao.export.sql.ReadModelBehindException;
import io.hongbao.export.sql.ReadModelUnavailableException;
import io.hongbao.model.RefusalCode;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One request and its one answer.
 *
 * <p><b>Thread:</b> the loop of its connection.
 *
 * <p><b>Invariant:</b> the first answer is sent and every later one is dropped, so that a deadline
 * and a late answer of the engine cannot meet on the wire.
 *
 * <p><b>Failure:</b> whatever a step throws ends here: bad input as its refusal, anything else as
 * {@code internal_error} with a line in the log under the request's id.
 */
final class Exchange {

  private static final Logger LOG = System.getLogger(Exchange.class.getName());

  private static final CharSequence JSON = HttpHeaders.createOptimized("application/json");
  private static final CharSequence PROBLEM_JSON =
      HttpHeaders.createOptimized(Problem.CONTENT_TYPE);
  private static final CharSequence REQUEST_ID = HttpHeaders.createOptimized(RequestIds.HEADER);
  private static final CharSequence POSITION = HttpHeaders.createOptimized("Hongbao-Position");
  private static final CharSequence REPLAYED = HttpHeaders.createOptimized("Idempotent-Replayed");
  private static final CharSequence TRUE = HttpHeaders.createOptimized("true");
  private static final CharSequence NO_STORE = HttpHeaders.createOptimized("no-store");
  private static final CharSequence WWW_AUTHENTICATE =
      HttpHeaders.createOptimized("WWW-Authenticate");
  private static final CharSequence BEARER = HttpHeaders.createOptimized("Bearer");

  private final Edge edge;
  private final Call call;
  private final String requestId;
  private final Map<String, String> pathValues;
  private final boolean isHot;
  private final long startNanos;
  private Caller caller = Caller.nobody();
  private boolean isDone;
  private boolean isBodyDone;

  /** For the list of requests that come in, and then for that of those being worked on. */
  final Deadlines.Entry<Exchange> deadline = new Deadlines.Entry<>(this);

  /**
   * Takes up a request.
   *
   * @param pathValues what stands in the places that the route's path leaves open
   */
  Exchange(Edge edge, Call call, Map<String, String> pathValues, boolean isHot) {
    this.edge = edge;
    this.call = call;
    this.pathValues = pathValues;
    this.isHot = isHot;
    this.requestId = edge.requestIds().idOf(call.header(REQUEST_ID));
    this.startNanos = edge.parts().time().nanos();
  }

  EdgeParts parts() {
    return edge.parts();
  }

  Edge edge() {
    return edge;
  }

  Call call() {
    return call;
  }

  /** Vert.x' request; only of routes that are not served directly. */
  HttpServerRequest request() {
    return call.request();
  }

  String requestId() {
    return requestId;
  }

  /** Whose request it is, and why. */
  Caller caller() {
    return caller;
  }

  void admit(Caller whose) {
    caller = whose;
  }

  Principal principal() {
    return caller.principal();
  }

  /** The user for whom the request acts; 0 on routes for keys alone and for everybody. */
  long userId() {
    return caller.principal().userId();
  }

  /** When the request was taken up, on the clock of intervals. */
  long startNanos() {
    return startNanos;
  }

  boolean isDone() {
    return isDone;
  }

  /** Whether nothing more of the request is waited for. */
  boolean isBodyDone() {
    return isBodyDone;
  }

  void bodyDone() {
    isBodyDone = true;
  }

  /** The server's time of day. */
  long nowMs() {
    return edge.parts().time().nowMs();
  }

  String pathValue(String name) {
    return pathValues.getOrDefault(name, "");
  }

  /** A writer for the answer; shared by all exchanges of the loop, so write and send in one go. */
  JsonWriter json() {
    return edge.json().reset();
  }

  /**
   * Reads the header Idempotency-Key.
   *
   * @param owner whose key it is: the user whose account changes
   */
  ClientKey key(long owner, String operation, long bodyHash) throws BadRequestException {
    return IdempotencyKey.parse(call.header(IdempotencyKey.HEADER), owner, operation)
        .forBody(bodyHash);
  }

  /** Takes an answer that is no refusal. */
  interface Taker<T extends Answer> {
    void take(T answer, long position, boolean repeated) throws BadRequestException;
  }

  /** Asks a partition; a refusal becomes the exchange's answer, anything else goes to the taker. */
  <T extends Answer> void ask(int partition, Command command, Class<T> type, Taker<T> taker) {
    ask(partition, command, type, taker, this::refuse);
  }

  /** What to do with a refusal. */
  interface Refused {
    void refused(Refusal refusal, boolean repeated) throws BadRequestException;
  }

  <T extends Answer> void ask(
      int partition, Command command, Class<T> type, Taker<T> taker, Refused refused) {
    askUnaudited(partition, caller.audited(command), type, taker, refused);
  }

  /** Asks for a step of a change that another step tells the audit: one change has one line. */
  <T extends Answer> void askUnaudited(
      int partition, Command command, Class<T> type, Taker<T> taker, Refused refused) {
    edge.parts()
        .door()
        .submit(
            partition,
            command,
            (answer, position, repeated) ->
                // A failure must not reach the partition, which would take it for its own.
                guard(
                    () -> {
                      if (answer instanceof Refusal refusal) {
                        refused.refused(refusal, repeated);
                      } else {
                        taker.take(type.cast(answer), position, repeated);
                      }
                    }));
  }

  /** What to do with what was waited for. */
  interface Arrived<T> {
    void arrived(T value) throws BadRequestException;
  }

  /** Goes on, on the exchange's own loop, when something outside the engine has answered. */
  <T> void await(Future<T> future, Arrived<T> next) {
    future.onComplete(
        done ->
            onLoop(
                () -> {
                  if (done.succeeded()) {
                    next.arrived(done.result());
                  } else {
                    failedOutside(done.cause());
                  }
                }));
  }

  private void failedOutside(Throwable cause) {
    switch (cause) {
      case ReadModelBehindException behind ->
          refuse(Refusal.of(RefusalCode.READ_MODEL_BEHIND), false);
      case ReadModelUnavailableException down ->
          refuse(Refusal.of(RefusalCode.READ_MODEL_UNAVAILABLE), false);
      default -> failed(cause);
    }
  }

  interface Step {
    void run() throws BadRequestException;
  }

  /** Runs a step; what it throws becomes the answer. */
  void guard(Step step) {
    if (isDone) {
      return;
    }
    try {
      step.run();
    } catch (BadRequestException bad) {
      refuse(Problem.of(bad, requestId), false);
    } catch (RuntimeException bug) {
      failed(bug);
    }
  }

  /** Runs a step on the exchange's own loop, where everything about it has to happen. */
  void onLoop(Step step) {
    edge.onLoop(() -> guard(step));
  }

  void later(long afterMs, Step step) {
    edge.later(afterMs, () -> guard(step));
  }

  /** Answers that the server failed, and logs why. */
  void failed(Throwable cause) {
    LOG.log(Level.ERROR, () -> "request " + requestId + " failed: " + call.target(), cause);
    refuse(Problem.of(RefusalCode.INTERNAL_ERROR, requestId), false);
  }

  void refuse(RefusalCode code, String detail) {
    refuse(Problem.of(code, detail, requestId), false);
  }

  void refuse(Refusal refusal, boolean repeated) {
    refuse(Problem.of(refusal, requestId), repeated);
  }

  void refuse(Problem problem, boolean repeated) {
    if (isDone) {
      return;
    }
    edge.meters().refused(problem.code());
    caller.refused(problem.code(), edge.keyWatch());
    if (problem.retryAfterMs() > 0) {
      call.put(HttpHeaders.RETRY_AFTER, Long.toString(problem.retryAfterSeconds()));
    }
    if (problem.httpStatus() == 401) {
      call.put(WWW_AUTHENTICATE, BEARER);
    }
    if (repeated) {
      call.put(REPLAYED, TRUE);
    }
    send(problem.httpStatus(), PROBLEM_JSON, problem.toBuffer(edge.json()));
  }

  /** Tells where the change stands in the journal; a read, which changed nothing, tells nothing. */
  Exchange position(int partition, long sequence, boolean repeated) {
    if (sequence > 0) {
      call.put(POSITION, partition + ":" + sequence);
    }
    if (repeated) {
      call.put(REPLAYED, TRUE);
    }
    return this;
  }

  void reply(int status, JsonWriter json) {
    send(status, JSON, json.toBuffer());
  }

  /** Sends a document that was written elsewhere. */
  void reply(int status, Buffer json) {
    send(status, JSON, json);
  }

  /** Sends an answer; the last step of every exchange. */
  void send(int status, CharSequence contentType, @Nullable Buffer body) {
    if (isDone) {
      return;
    }
    call.put(HttpHeaders.CONTENT_TYPE, contentType);
    call.put(HttpHeaders.CACHE_CONTROL, NO_STORE);
    end(status, body);
  }

  /** As {@link #send}, with the headers as they were set. */
  void end(int status, @Nullable Buffer body) {
    if (isDone) {
      return;
    }
    isDone = true;
    edge.answered(this, status, isHot, startNanos);
    if (call.isGone()) {
      edge.meters().countPeerGone();
      call.gone();
      return;
    }
    call.put(REQUEST_ID, requestId);
    Cors cors = edge.cors();
    if (cors != null) {
      cors.answer(call);
    }
    call.end(status, body);
    BodyIntake.discardRest(this);
  }

  /**
   * Begins an answer that is written piece by piece, by whoever calls this; its other headers were
   * set before. From here on nothing else is sent, and no deadline of ours runs.
   */
  void beginStream(CharSequence contentType) {
    isDone = true;
    edge.streams(this);
    open(contentType);
    Cors cors = edge.cors();
    if (cors != null) {
      cors.answer(call);
    }
  }

  /** Ends such an answer; one that is not whole is broken off, so that the peer notices. */
  void endStream(boolean isWhole) {
    edge.answered(this, 200, isHot, startNanos);
    if (call.isGone()) {
      edge.meters().countPeerGone();
    } else if (isWhole) {
      request().response().end();
    } else {
      Connections.cut(call.connection());
    }
  }

  /**
   * Begins an answer that goes on until somebody ends it. The exchange is over; whoever takes the
   * response tells the edge when the stream is.
   */
  HttpServerResponse stream(CharSequence contentType) {
    isDone = true;
    edge.answered(this, 200, isHot, startNanos);
    edge.streamBegins(call.connection());
    return open(contentType);
  }

  private HttpServerResponse open(CharSequence contentType) {
    HttpServerResponse response = request().response();
    response.putHeader(HttpHeaders.CONTENT_TYPE, contentType);
    response.putHeader(HttpHeaders.CACHE_CONTROL, NO_STORE);
    return response.setStatusCode(200).putHeader(REQUEST_ID, requestId).setChunked(true);
  }

  /** The answer is somebody else's, and so is the connection. */
  void cede() {
    isDone = true;
    edge.left(this);
    edge.cedes(call.connection());
  }

  /** The peer is gone before there was an answer. */
  void abandon() {
    if (!isDone) {
      isDone = true;
      edge.meters().countPeerGone();
      edge.left(this);
    }
  }
}
