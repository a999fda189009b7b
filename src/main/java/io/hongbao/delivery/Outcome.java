// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Webhooks".
package io.hongbao.delivery;

/**
 * What became of a request.
 *
 * @param status 0 when there was no answer
 * @param failure one sentence; empty when the status is all there is to say
 */
public record Outcome(int status, String failure) {

  static Outcome failed(String why) {
    return new Outcome(0, why);
  }

  boolean isAccepted() {
    return status / 100 == 2 && failure.isEmpty();
  }

  /** Why it does not count; empty when it does. */
  String reason() {
    if (isAccepted() || !failure.isEmpty()) {
      return failure;
    }
    return status / 100 == 3
        ? "answered " + status + "; redirects are not followed"
        : "answered " + status;
  }
}
