// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The demo".
package io.hongbao.demo;

import org.jspecify.annotations.Nullable;

/**
 * What the server answered: a value, or a refusal with its code.
 *
 * @param call the request
 * @param value null when refused
 * @param code why, for programs; empty when not refused
 * @param detail why, for people; empty when not refused
 * @param retryAfterMs how long to wait when a repeat makes sense; negative otherwise
 * @param replayed whether this is the kept answer to an earlier request with the same key
 */
record Reply<T>(
    Call call,
    int status,
    @Nullable T value,
    String code,
    String detail,
    long retryAfterMs,
    boolean replayed) {

  boolean isOk() {
    return value != null;
  }

  /** The value of a request that cannot be refused when all is well. */
  T get() throws UnexpectedAnswerException {
    if (value == null) {
      throw new UnexpectedAnswerException(call + " was answered " + refusal());
    }
    return value;
  }

  /** "409 empty (All 10 shares have been opened.)". */
  String refusal() {
    return status + " " + code + " (" + detail + ")";
  }

  /** The same reply with its value read as something else. */
  <R> Reply<R> read(Reading<T, R> reading) throws UnexpectedAnswerException {
    R read = value == null ? null : reading.read(value);
    return new Reply<>(call, status, read, code, detail, retryAfterMs, replayed);
  }

  /** Makes one thing of another, or says that it is not what the contract promises. */
  @FunctionalInterface
  interface Reading<T, R> {
    R read(T value) throws UnexpectedAnswerException;
  }
}
