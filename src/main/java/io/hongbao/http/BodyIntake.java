// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The edge".
package io.hongbao.http;

import io.hongbao.model.RefusalCode;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/**
 * Reads the body of one request, never more of it than its route takes.
 *
 * <p>A body that says beforehand that it is too large is refused before a byte is read; one that
 * does not say so, when it passes the limit. What comes after the refusal is thrown away for a
 * while, since closing at once would make the peer lose the answer.
 *
 * <p><b>Thread:</b> the loop of the connection.
 *
 * <p><b>Limit:</b> the route's size; {@link #DISCARD_BYTES_MAX} after the answer; the time is
 * watched by the edge.
 */
final class BodyIntake {

  /** A client that goes on sending after its answer is cut off here. */
  static final long DISCARD_BYTES_MAX = 8L * 1024 * 1024;

  private static final String JSON_TYPE = "application/json";

  private final Exchange exchange;
  private final Action next;
  private final int bytesMax;
  private @Nullable Buffer body;
  // Whether the buffer is a copy that may grow; the first piece belongs to the network.
  private boolean isOurs;

  private BodyIntake(Exchange exchange, int bytesMax, Action next) {
    this.exchange = exchange;
    this.bytesMax = bytesMax;
    this.next = next;
  }

  /** Reads the body and runs the action with it. */
  static void read(Exchange exchange, BodyRule rule, int bytesMax, Action next)
      throws BadRequestException {
    Buffer whole = exchange.call().wholeBody();
    if (whole != null) {
      take(exchange, rule, bytesMax, next, whole);
      return;
    }
    HttpServerRequest request = exchange.request();
    long announcedBytes = announcedBytes(request);
    boolean isChunked = request.headers().contains(HttpHeaders.TRANSFER_ENCODING);
    boolean mayBeAbsent = rule == BodyRule.JSON_OR_EMPTY && announcedBytes <= 0 && !isChunked;
    if (rule != BodyRule.NOTICE && !mayBeAbsent) {
      checkType(exchange.call());
    }
    if (announcedBytes > bytesMax) {
      throw tooLarge(bytesMax);
    }
    if ((announcedBytes > 0 || isChunked)
        && "100-continue".equalsIgnoreCase(request.getHeader("Expect"))) {
      request.response().writeContinue();
    }
    var intake = new BodyIntake(exchange, bytesMax, next);
    request.handler(intake::take);
    request.endHandler(ignored -> intake.end());
    request.exceptionHandler(gone -> exchange.abandon());
  }

  // It came with the head.
  private static void take(
      Exchange exchange, BodyRule rule, int bytesMax, Action next, Buffer whole)
      throws BadRequestException {
    exchange.bodyDone();
    if (whole.length() > 0 || rule != BodyRule.JSON_OR_EMPTY) {
      checkType(exchange.call());
    }
    if (whole.length() > bytesMax) {
      throw tooLarge(bytesMax);
    }
    exchange.edge().work(exchange, next, whole);
  }

  private void take(Buffer chunk) {
    if (exchange.isDone()) {
      return;
    }
    Buffer before = body;
    int beforeBytes = before == null ? 0 : before.length();
    if (beforeBytes + chunk.length() > bytesMax) {
      body = null;
      exchange.guard(
          () -> {
            throw tooLarge(bytesMax);
          });
      return;
    }
    if (before == null) {
      // Most bodies come in one piece and need no copy.
      body = chunk;
    } else if (isOurs) {
      before.appendBuffer(chunk);
    } else {
      isOurs = true;
      body =
          Buffer.buffer(before.length() + chunk.length()).appendBuffer(before).appendBuffer(chunk);
    }
  }

  private void end() {
    exchange.bodyDone();
    if (!exchange.isDone()) {
      Buffer whole = body == null ? RouteTable.EMPTY : body;
      body = null;
      exchange.edge().work(exchange, next, whole);
    }
  }

  /** After an answer that came before the end of its request: reads on, but not for ever. */
  static void discardRest(Exchange exchange) {
    if (exchange.call().wholeBody() != null) {
      return;
    }
    HttpServerRequest request = exchange.request();
    if (exchange.isBodyDone() || !hasBody(request) || request.isEnded()) {
      return;
    }
    var discarded = new long[1];
    request.handler(
        chunk -> {
          discarded[0] += chunk.length();
          if (discarded[0] > DISCARD_BYTES_MAX) {
            Connections.cut(request.connection());
          }
        });
  }

  private static boolean hasBody(HttpServerRequest request) {
    return announcedBytes(request) > 0 || request.headers().contains(HttpHeaders.TRANSFER_ENCODING);
  }

  // The decoder has refused anything that is no number, or two that differ.
  private static long announcedBytes(HttpServerRequest request) {
    String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    if (length == null) {
      return 0;
    }
    long parsed = Ids.parse(length.strip(), Long.MAX_VALUE);
    return parsed == Ids.NOT_AN_ID ? (isZero(length) ? 0 : Long.MAX_VALUE) : parsed;
  }

  private static boolean isZero(String length) {
    for (int i = 0; i < length.length(); i++) {
      if (length.charAt(i) != '0' && length.charAt(i) != ' ') {
        return false;
      }
    }
    return true;
  }

  // "application/json", with or without the only encoding that JSON has.
  private static void checkType(Call call) throws BadRequestException {
    String type = call.header(HttpHeaders.CONTENT_TYPE);
    if (type == null || !isJson(type)) {
      throw new BadRequestException(
          RefusalCode.UNSUPPORTED_MEDIA_TYPE, RefusalCode.UNSUPPORTED_MEDIA_TYPE.sentence());
    }
    String encoding = call.header(HttpHeaders.CONTENT_ENCODING);
    if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
      throw new BadRequestException(
          RefusalCode.UNSUPPORTED_MEDIA_TYPE, "The body must not be compressed.");
    }
  }

  private static boolean isJson(String type) {
    if (!type.regionMatches(true, 0, JSON_TYPE, 0, JSON_TYPE.length())) {
      return false;
    }
    String rest = type.substring(JSON_TYPE.length()).replace(" ", "").replace("\"", "");
    return rest.isEmpty() || rest.equals(";") || rest.equalsIgnoreCase(";charset=utf-8");
  }

  private static BadRequestException tooLarge(int bytesMax) {
    return new BadRequestException(
        RefusalCode.BODY_TOO_LARGE, "The body may have " + bytesMax + " bytes here.");
  }
}
