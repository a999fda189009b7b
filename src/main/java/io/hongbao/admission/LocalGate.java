// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Admission".
package io.hongbao.admission;

import io.hongbao.model.Check;
import io.hongbao.time.TimeSource;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Counts the opens of this process alone.
 *
 * <p><b>Thread:</b> any; one packet at a time, and never a visitor under a lock.
 *
 * <p><b>Limit:</b> a packet is in memory only while one of its places is taken, so the whole is
 * bounded by the requests under way.
 */
public final class LocalGate implements AdmissionGate {

  private final int placesMax;
  private final long leaseNanos;
  private final TimeSource time;
  private final ConcurrentHashMap<Long, Leases> packets = new ConcurrentHashMap<>();

  /** Creates a gate with that many places for each packet. */
  public LocalGate(int placesMax, long leaseMs, TimeSource time) {
    Check.atLeast(placesMax, 1, "places of a packet");
    this.placesMax = placesMax;
    this.leaseNanos = TimeUnit.MILLISECONDS.toNanos(leaseMs);
    this.time = time;
  }

  @Override
  public void enter(long packetId, Visitor visitor) {
    Attempt attempt = new Attempt(packetId, time.nanos());
    packets.compute(packetId, (id, leases) -> attempt.at(leases == null ? new Leases() : leases));
    if (attempt.isAdmitted) {
      visitor.admitted(attempt);
    } else {
      visitor.full(attempt.retryMs);
    }
  }

  /** Packets of which a place is taken. */
  public int packetCount() {
    return packets.size();
  }

  private static @Nullable Leases without(Leases leases, Attempt left) {
    leases.taken.remove(left);
    return leases.taken.isEmpty() ? null : leases;
  }

  /** The places taken of one packet; all leases are of one length, so the first one ends first. */
  private static final class Leases {
    private final Set<Attempt> taken = new LinkedHashSet<>();
  }

  /** One attempt, and the place when it gets one. Two are never equal. */
  private final class Attempt implements Place {

    private final long packetId;
    private final long nowNanos;
    private boolean isAdmitted;
    private long retryMs;

    Attempt(long packetId, long nowNanos) {
      this.packetId = packetId;
      this.nowNanos = nowNanos;
    }

    private Leases at(Leases leases) {
      Iterator<Attempt> oldest = leases.taken.iterator();
      long firstLeftNanos = leaseNanos;
      while (oldest.hasNext()) {
        firstLeftNanos = leaseNanos - (nowNanos - oldest.next().nowNanos);
        if (firstLeftNanos > 0) {
          break;
        }
        oldest.remove();
      }
      isAdmitted = leases.taken.size() < placesMax;
      if (isAdmitted) {
        leases.taken.add(this);
      } else {
        // Rounded up: who comes back at this time must not come too early.
        retryMs = TimeUnit.NANOSECONDS.toMillis(firstLeftNanos - 1) + 1;
      }
      return leases;
    }

    @Override
    public void leave() {
      packets.computeIfPresent(packetId, (id, leases) -> without(leases, this));
    }
  }
}
