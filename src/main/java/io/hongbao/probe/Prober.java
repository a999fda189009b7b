// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Prober".
package io.hongbao.probe;

import io.hongbao.time.TimeSource;
import java.util.ArrayList;
import java.util.List;

/**
 * Sends one probe to every partition per round and counts how many were answered in time.
 *
 * <p>In time is: before the next round. Each partition gets exactly one verdict per round, good or
 * bad; while one does not answer it gets no further probes, and each round is another bad verdict.
 * So {@code good / total} is the availability as a client with that patience sees it.
 *
 * <p>Now and then one partition, in turn, also journals the hash of its state before it is asked,
 * so that the answer waits for a write and a force: an idle server whose disk hangs would look well
 * otherwise. The hash is checked by every later replay.
 *
 * <p><b>Thread:</b> {@link #round} by one; answers come on any.
 */
public final class Prober {

  private final Target target;
  private final TimeSource time;
  private final ProbeListener listener;
  private final long writeEveryNanos;
  private final Slot[] slots;
  private int nextWrite;
  private long wroteNanos;
  private long slowestNanos;

  /** What is probed. */
  public interface Target {

    /**
     * Asks a partition.
     *
     * @param isWrite whether to journal something before
     * @param heard called at most once, on any thread: whether the partition answered well
     */
    void ask(int partition, boolean isWrite, Heard heard);
  }

  /** Takes one answer. */
  @FunctionalInterface
  public interface Heard {
    void answered(boolean isGood);
  }

  private static final class Slot {
    private boolean isAsked;
    private boolean isCounted;
    private long askedNanos;
    private long badRounds;
  }

  /**
   * @param writeEveryMs distance of probes that write; 0 for never
   */
  public Prober(
      int partitions, long writeEveryMs, Target target, TimeSource time, ProbeListener listener) {
    this.target = target;
    this.time = time;
    this.listener = listener;
    this.writeEveryNanos = writeEveryMs * 1_000_000;
    this.slots = new Slot[partitions];
    for (int i = 0; i < partitions; i++) {
      slots[i] = new Slot();
    }
    this.wroteNanos = time.nanos();
  }

  /** Judges who has not answered, and asks all who have. */
  public void round() {
    int writer = writer();
    List<Integer> ready = new ArrayList<>();
    synchronized (this) {
      slowestNanos = 0;
      for (int partition = 0; partition < slots.length; partition++) {
        Slot slot = slots[partition];
        if (slot.isAsked) {
          slowestNanos = Math.max(slowestNanos, time.nanos() - slot.askedNanos);
          slot.isCounted = true;
          verdict(slot, false);
        } else {
          slot.isAsked = true;
          slot.isCounted = false;
          slot.askedNanos = time.nanos();
          ready.add(partition);
        }
      }
    }
    for (int partition : ready) {
      boolean isWrite = partition == writer;
      target.ask(partition, isWrite, isGood -> heard(partition, isWrite, isGood));
    }
  }

  private int writer() {
    long nowNanos = time.nanos();
    if (writeEveryNanos == 0 || nowNanos - wroteNanos < writeEveryNanos) {
      return -1;
    }
    wroteNanos = nowNanos;
    nextWrite = (nextWrite + 1) % slots.length;
    return nextWrite;
  }

  private synchronized void heard(int partition, boolean isWrite, boolean isGood) {
    Slot slot = slots[partition];
    long nanos = time.nanos() - slot.askedNanos;
    slot.isAsked = false;
    slowestNanos = Math.max(slowestNanos, nanos);
    listener.answered(isWrite, nanos);
    if (!slot.isCounted) {
      verdict(slot, isGood);
    }
  }

  private void verdict(Slot slot, boolean isGood) {
    slot.badRounds = isGood ? 0 : slot.badRounds + 1;
    listener.verdict(isGood);
  }

  /** Partitions whose newest verdict is bad, with the number of rounds since the last good one. */
  public synchronized List<Failing> failing() {
    List<Failing> failing = new ArrayList<>();
    for (int partition = 0; partition < slots.length; partition++) {
      if (slots[partition].badRounds > 0) {
        failing.add(new Failing(partition, slots[partition].badRounds));
      }
    }
    return failing;
  }

  /** One partition that does not answer in time. */
  public record Failing(int partition, long rounds) {}

  /** The slowest answer since the last round began, or the age of a question without one. */
  public synchronized long slowestNanos() {
    return slowestNanos;
  }
}
