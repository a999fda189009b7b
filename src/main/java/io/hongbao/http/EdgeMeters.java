// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The edge".
package io.hongbao.http;

import io.hongbao.model.LatencyHistogram;
import io.hongbao.model.RefusalCode;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * What one loop of the edge measures.
 *
 * <p><b>Thread:</b> written by the loop, read by any.
 */
public final class EdgeMeters {

  private static final int CLASSES = 6;

  private static final int NUMBERS = RefusalCode.NUMBER_MAX + 1;

  private final AtomicLongArray responses = new AtomicLongArray(CLASSES);
  private final AtomicLongArray refusals = new AtomicLongArray(NUMBERS);
  private final LatencyHistogram hotNanos = new LatencyHistogram();
  private final LatencyHistogram otherNanos = new LatencyHistogram();
  private final AtomicLong connectionsRefused = new AtomicLong();
  private final AtomicLong connectionsSwept = new AtomicLong();
  private final AtomicLong stalled = new AtomicLong();
  private final AtomicLong peersGone = new AtomicLong();
  private final AtomicLong direct = new AtomicLong();
  private final AtomicLong underWay = new AtomicLong();
  private final AtomicLong batchItemsUnderWay = new AtomicLong();
  private final AtomicLong batches = new AtomicLong();
  private final AtomicLong batchItems = new AtomicLong();

  /** Answers whose status begins with this digit. */
  public long responses(int statusClass) {
    return responses.get(statusClass);
  }

  public long refusals(RefusalCode code) {
    return refusals.get(code.number());
  }

  /** From the headers to the answer, hot routes. */
  public LatencyHistogram hotNanos() {
    return hotNanos;
  }

  /** From the headers to the answer, all other routes. */
  public LatencyHistogram otherNanos() {
    return otherNanos;
  }

  /** Connections closed because there were too many. */
  public long connectionsRefused() {
    return connectionsRefused.get();
  }

  /** Connections closed because no whole request came for too long. */
  public long connectionsSwept() {
    return connectionsSwept.get();
  }

  /** Exports and streams of events cut off because their reader took nothing for too long. */
  public long stalled() {
    return stalled.get();
  }

  /** Answers that nobody was there to read. */
  public long peersGone() {
    return peersGone.get();
  }

  /** Requests that were read and answered past Vert.x. */
  public long direct() {
    return direct.get();
  }

  /** Requests that have no answer yet. */
  public long underWay() {
    return underWay.get();
  }

  /** Opens of batches that have no answer yet. */
  public long batchItemsUnderWay() {
    return batchItemsUnderWay.get();
  }

  /** Calls that brought several opens. */
  public long batches() {
    return batches.get();
  }

  /** Opens that came in batches. */
  public long batchItems() {
    return batchItems.get();
  }

  void answered(int status, boolean isHot, long nanos) {
    int statusClass = status / 100;
    responses.lazySet(statusClass, responses.getPlain(statusClass) + 1);
    (isHot ? hotNanos : otherNanos).record(nanos);
  }

  void refused(RefusalCode code) {
    refusals.lazySet(code.number(), refusals.getPlain(code.number()) + 1);
  }

  void countConnectionRefused() {
    connectionsRefused.lazySet(connectionsRefused.getPlain() + 1);
  }

  void countConnectionSwept() {
    connectionsSwept.lazySet(connectionsSwept.getPlain() + 1);
  }

  void countStalled() {
    stalled.lazySet(stalled.getPlain() + 1);
  }

  void countPeerGone() {
    peersGone.lazySet(peersGone.getPlain() + 1);
  }

  void countDirect() {
    direct.lazySet(direct.getPlain() + 1);
  }

  void countBatch(int items) {
    batches.lazySet(batches.getPlain() + 1);
    batchItems.lazySet(batchItems.getPlain() + items);
  }

  void underWay(int count) {
    underWay.lazySet(count);
  }

  void batchItemsUnderWay(int count) {
    batchItemsUnderWay.lazySet(count);
  }
}
