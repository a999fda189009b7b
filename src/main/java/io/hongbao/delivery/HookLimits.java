// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Webhooks".
package io.hongbao.delivery;

/**
 * How hard receivers are tried.
 *
 * @param inFlightMax deliveries under way to one webhook
 * @param windowEventsMax events of one webhook read and not yet accepted; then it reads no more
 * @param windowBytesMax their envelopes
 * @param retryFirstMs wait before the second attempt, doubled before each further one
 * @param retryMaxMs longest wait between two attempts
 * @param retryForMs then the webhook is paused
 * @param checkpointMs how often progress is journaled
 */
public record HookLimits(
    int inFlightMax,
    int windowEventsMax,
    long windowBytesMax,
    long retryFirstMs,
    long retryMaxMs,
    long retryForMs,
    long checkpointMs) {

  public static final HookLimits DEFAULT =
      new HookLimits(16, 1_024, 2L << 20, 1_000, 3_600_000, 3L * 86_400_000, 2_000);

  public HookLimits withInFlightMax(int inFlight) {
    return new HookLimits(
        inFlight,
        windowEventsMax,
        windowBytesMax,
        retryFirstMs,
        retryMaxMs,
        retryForMs,
        checkpointMs);
  }

  public HookLimits withRetry(long firstMs, long maxMs, long forMs) {
    return new HookLimits(
        inFlightMax, windowEventsMax, windowBytesMax, firstMs, maxMs, forMs, checkpointMs);
  }
}
