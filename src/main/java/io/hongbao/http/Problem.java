// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The edge".
package io.hongbao.http;

import io.hongbao.engine.Refusal;
import io.hongbao.model.Check;
import io.hongbao.model.RefusalCode;
import io.hongbao.model.RefusalCode.Retry;
import io.vertx.core.buffer.Buffer;
import java.util.Locale;

/**
 * A refusal as clients see it: a problem document of RFC 9457.
 *
 * @param detail this case in one sentence
 * @param retryAfterMs how long to wait; 0 unless the code says to try again after a time
 */
public record Problem(RefusalCode code, String detail, long retryAfterMs, String requestId) {

  public static final String CONTENT_TYPE = "application/problem+json";

  /** Where a code is explained; the page is made by {@link ErrorReference}. */
  public static final String TYPE_PREFIX = "/docs/errors#";

  /** For those who know no better time: long enough to let a batch or a queue pass. */
  public static final long RETRY_AFTER_MS_DEFAULT = 200;

  public Problem {
    Check.that(
        code.retry() == Retry.AFTER ? retryAfterMs > 0 : retryAfterMs == 0,
        "retry time of a problem");
  }

  /** With the code's own sentence as detail. */
  public static Problem of(RefusalCode code, String requestId) {
    return of(code, code.sentence(), requestId);
  }

  public static Problem of(RefusalCode code, String detail, String requestId) {
    long retryAfterMs = code.retry() == Retry.AFTER ? RETRY_AFTER_MS_DEFAULT : 0;
    return new Problem(code, detail, retryAfterMs, requestId);
  }

  public static Problem of(BadRequestException bad, String requestId) {
    return of(bad.code(), bad.detail(), requestId);
  }

  /** What the engine refused, with the time that it named. */
  public static Problem of(Refusal refusal, String requestId) {
    RefusalCode code = refusal.code();
    long afterMs = refusal.retryAfterMs() > 0 ? refusal.retryAfterMs() : RETRY_AFTER_MS_DEFAULT;
    return new Problem(code, code.sentence(), code.retry() == Retry.AFTER ? afterMs : 0, requestId);
  }

  public int httpStatus() {
    return code.httpStatus();
  }

  /** Value of the header Retry-After, whole seconds rounded up; 0 when there is none to send. */
  public long retryAfterSeconds() {
    return Math.ceilDiv(retryAfterMs, 1000L);
  }

  /** Writes the document into the given writer, which is reset first. */
  public Buffer toBuffer(JsonWriter json) {
    json.reset();
    write(json);
    return json.toBuffer();
  }

  /** Writes the document where the writer stands. */
  public void write(JsonWriter json) {
    json.beginObject()
        .field("type", TYPE_PREFIX + code.wireName())
        .field("title", code.sentence())
        .field("status", code.httpStatus())
        .field("code", code.wireName())
        .field("retry", wireName(code.retry()));
    if (retryAfterMs > 0) {
      json.field("retry_after_ms", retryAfterMs);
    }
    json.field("request_id", requestId).field("detail", detail).endObject();
  }

  static String wireName(Retry retry) {
    return retry.name().toLowerCase(Locale.ROOT);
  }
}
