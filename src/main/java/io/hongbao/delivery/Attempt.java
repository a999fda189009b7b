// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Webhooks".
package io.hongbao.delivery;

/**
 * One attempt to deliver, as it is shown.
 *
 * @param subjectKind empty for a ping
 * @param number of the attempts of this event since the server began with it, from 1
 * @param status what the receiver answered; 0 when it did not
 * @param failure why there is no status, or why it does not count; empty when it was accepted
 * @param nextMs when it is tried again; 0 when it is not
 */
public record Attempt(
    String eventId,
    String type,
    String subjectKind,
    long subjectId,
    int number,
    long atMs,
    long tookMs,
    int status,
    String failure,
    long nextMs) {

  public boolean isAccepted() {
    return failure.isEmpty();
  }
}
