// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The gateway".
package io.hongbao.gateway;

import io.hongbao.model.LatencyHistogram;

/**
 * What one loop's gateway counts.
 *
 * <p><b>Thread:</b> the loop writes, any reads and may see a number a little old.
 */
public final class GatewayMeters {

  private static final long NANOS_PER_MS = 1_000_000;

  private final LatencyHistogram passes = new LatencyHistogram();
  private long opened;
  private long closed;
  private long delivered;
  private long deliveredBytes;
  private long flushes;
  private long shed;
  private long cutSlow;
  private long cutSilent;
  private long refused;
  private long messages;
  private long violations;
  private long revoked;

  /** Time from an entry's appending until all readers of the loop had it in their sockets. */
  public LatencyHistogram passes() {
    return passes;
  }

  public long opened() {
    return opened;
  }

  public long closed() {
    return closed;
  }

  /** Entries written, once for each reader. */
  public long delivered() {
    return delivered;
  }

  public long deliveredBytes() {
    return deliveredBytes;
  }

  public long flushes() {
    return flushes;
  }

  /** Entries that slow readers were told they lost. */
  public long shed() {
    return shed;
  }

  /** Connections cut because even money had no room. */
  public long cutSlow() {
    return cutSlow;
  }

  public long cutSilent() {
    return cutSilent;
  }

  /** Connections that a limit or a rule did not let in. */
  public long refused() {
    return refused;
  }

  /** Messages of clients. */
  public long messages() {
    return messages;
  }

  /** Connections closed because the peer broke the protocol. */
  public long violations() {
    return violations;
  }

  /** Connections closed because a session ended. */
  public long revoked() {
    return revoked;
  }

  void countOpened() {
    opened++;
  }

  void countClosed() {
    closed++;
  }

  void delivered(int entries, int bytes) {
    delivered += entries;
    deliveredBytes += bytes;
  }

  void countFlush() {
    flushes++;
  }

  void countShed(long entries) {
    shed += entries;
  }

  void countCutSlow() {
    cutSlow++;
  }

  void countCutSilent() {
    cutSilent++;
  }

  void countRefused() {
    refused++;
  }

  void countMessage() {
    messages++;
  }

  void countViolation() {
    violations++;
  }

  void countRevoked() {
    revoked++;
  }

  void passed(long ms) {
    passes.record(Math.max(0, ms) * NANOS_PER_MS);
  }
}
