// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Journal".
package io.hongbao.engine.journal;

import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;

/**
 * What the journal did since it opened, for metrics.
 *
 * <p><b>Thread:</b> any may read; sums only grow.
 */
public final class JournalCounters {

  /** Why a flush began. */
  public enum Trigger {
    /** The first record had waited long enough. */
    AGE,
    /** Enough records waited. */
    SIZE,
    /** Nobody was about to add anything, or waiting would have been of no use. */
    IDLE,
    /** The journal was being closed. */
    CLOSE
  }

  /** Bucket n counts values from 2^(n-1) up to 2^n - 1; bucket 0 counts zeros. */
  private static final int BUCKETS = 48;

  private final LongAdder[] flushes = new LongAdder[Trigger.values().length];
  private final LongAdder records = new LongAdder();
  private final LongAdder bytes = new LongAdder();
  private final LongAdder marks = new LongAdder();
  private final LongAdder forceNs = new LongAdder();
  private final LongAdder rolls = new LongAdder();
  private final LongAdder segmentsMadeByWriter = new LongAdder();
  private final LongAdder segmentsArchived = new LongAdder();
  private final LongAdder backgroundFailures = new LongAdder();
  private final AtomicLongArray flushNsBuckets = new AtomicLongArray(BUCKETS);
  private final AtomicLongArray flushRecordsBuckets = new AtomicLongArray(BUCKETS);

  JournalCounters() {
    for (int i = 0; i < flushes.length; i++) {
      flushes[i] = new LongAdder();
    }
  }

  @SuppressWarnings("EnumOrdinal") // An index into memory; never written anywhere.
  void flushed(Trigger trigger, int recordCount, int frameBytes, long elapsedNs) {
    flushes[trigger.ordinal()].increment();
    records.add(recordCount);
    bytes.add(frameBytes);
    forceNs.add(elapsedNs);
    flushNsBuckets.incrementAndGet(bucketOf(elapsedNs));
    flushRecordsBuckets.incrementAndGet(bucketOf(recordCount));
  }

  void marked(int frameBytes, long elapsedNs) {
    marks.increment();
    bytes.add(frameBytes);
    forceNs.add(elapsedNs);
  }

  void rolled() {
    rolls.increment();
  }

  void segmentMadeByWriter() {
    segmentsMadeByWriter.increment();
  }

  void segmentArchived() {
    segmentsArchived.increment();
  }

  void backgroundFailed() {
    backgroundFailures.increment();
  }

  private static int bucketOf(long value) {
    return Math.min(BUCKETS - 1, Long.SIZE - Long.numberOfLeadingZeros(Math.max(0, value)));
  }

  @SuppressWarnings("EnumOrdinal") // An index into memory; never written anywhere.
  public long flushes(Trigger trigger) {
    return flushes[trigger.ordinal()].sum();
  }

  public long flushes() {
    long sum = 0;
    for (LongAdder each : flushes) {
      sum += each.sum();
    }
    return sum;
  }

  public long records() {
    return records.sum();
  }

  /** Bytes written, frame headers and padding included. */
  public long bytes() {
    return bytes.sum();
  }

  public long marks() {
    return marks.sum();
  }

  /** Nanoseconds spent in write and force, marks included. */
  public long forceNs() {
    return forceNs.sum();
  }

  public long rolls() {
    return rolls.sum();
  }

  /** How often a roll found no prepared segment and had to make one while clients waited. */
  public long segmentsMadeByWriter() {
    return segmentsMadeByWriter.sum();
  }

  public long segmentsArchived() {
    return segmentsArchived.sum();
  }

  /** Failed attempts to prepare or archive a segment; each is tried again. */
  public long backgroundFailures() {
    return backgroundFailures.sum();
  }

  /** Upper bound of the quantile (0 to 1) of the time of a flush; exact to a factor of two. */
  public long flushNsQuantile(double quantile) {
    return quantileOf(flushNsBuckets, quantile);
  }

  /** Upper bound of the quantile (0 to 1) of the records of a flush; exact to a factor of two. */
  public long flushRecordsQuantile(double quantile) {
    return quantileOf(flushRecordsBuckets, quantile);
  }

  private static long quantileOf(AtomicLongArray buckets, double quantile) {
    long total = 0;
    for (int i = 0; i < BUCKETS; i++) {
      total += buckets.get(i);
    }
    double wanted = quantile * total;
    long seen = 0;
    for (int i = 0; i < BUCKETS; i++) {
      seen += buckets.get(i);
      if (seen > 0 && seen >= wanted) {
        return (1L << i) - 1;
      }
    }
    return 0;
  }
}
