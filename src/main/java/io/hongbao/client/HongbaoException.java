// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Clients".
package io.hongbao.client;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The server's refusal: a problem document. Decide by {@link #code}, never by the texts. */
public final class HongbaoException extends Exception {

  private static final long serialVersionUID = 1;

  private final int status;
  private final String code;
  private final String retry;
  private final String requestId;
  private final long retryAfterMs;

  HongbaoException(int status, Map<String, @Nullable Object> problem) {
    super(
        status
            + " "
            + text(problem, "code", "unknown")
            + ": "
            + text(problem, "detail", text(problem, "title", "no reason given")));
    this.status = status;
    this.code = text(problem, "code", "unknown");
    this.retry = text(problem, "retry", status >= 500 ? "same_key" : "never");
    this.requestId = text(problem, "request_id", "");
    this.retryAfterMs = problem.get("retry_after_ms") instanceof Long ms ? ms : 0;
  }

  private static String text(Map<String, @Nullable Object> problem, String name, String otherwise) {
    return problem.get(name) instanceof String text ? text : otherwise;
  }

  /** HTTP status. */
  public int status() {
    return status;
  }

  /** Name of the refusal, such as {@code insufficient_funds}; all stand in /docs/errors. */
  public String code() {
    return code;
  }

  /** Id under which the server's log has the call. */
  public String requestId() {
    return requestId;
  }

  /** Whether waiting helps, and {@link #retryAfterMs} says how long. */
  public boolean isTemporary() {
    return retry.equals("after");
  }

  /** Whether nobody can say what became of the call; a repeat with the same key can. */
  public boolean isUnknown() {
    return retry.equals("same_key");
  }

  public long retryAfterMs() {
    return retryAfterMs;
  }
}
