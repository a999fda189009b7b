// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Events".
package io.hongbao.feed;

/**
 * How much one page may hold.
 *
 * @param bytesMax of envelopes; one event more may pass it
 */
public record PageSize(int eventsMax, int bytesMax) {

  boolean isFull(int events, long bytes) {
    return events >= eventsMax || bytes >= bytesMax;
  }
}
