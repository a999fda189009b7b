// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Admission".
package io.hongbao.redis;

import io.hongbao.admission.AdmissionGate;
import io.hongbao.model.Check;

/**
 * Counts the opens of all nodes, in a Redis that they share.
 *
 * <p>Leases are measured by the server's clock alone. A server that was emptied or replaced counts
 * anew: for one lease there may be as many opens more as were under way.
 *
 * <p><b>Thread:</b> the link's loop.
 */
public final class RedisGate implements AdmissionGate {

  private static final String KEY_PREFIX = "hongbao:admission:";

  private static final RedisLink.Caller NOBODY =
      new RedisLink.Caller() {
        @Override
        public void answered(long[] tuple) {}

        @Override
        public void unavailable(RedisUnavailableException cause) {
          // The lease brings the place back.
        }
      };

  private final RedisLink link;
  private final String owner;
  private final int placesMax;
  private final long leaseMs;
  private long entryNumber;

  /**
   * Creates a gate.
   *
   * @param owner sets this gate's entries apart from all others', also from those of an earlier
   *     start
   */
  public RedisGate(RedisLink link, String owner, int placesMax, long leaseMs) {
    Check.atLeast(placesMax, 1, "places of a packet");
    this.link = link;
    this.owner = owner;
    this.placesMax = placesMax;
    this.leaseMs = leaseMs;
  }

  @Override
  public void enter(long packetId, Visitor visitor) {
    String key = KEY_PREFIX + packetId;
    String entry = owner + ":" + ++entryNumber;
    link.run(
        RedisScript.ADMISSION_ENTER,
        key,
        new Object[] {entry, placesMax, leaseMs},
        new RedisLink.Caller() {
          @Override
          public void answered(long[] tuple) {
            if (tuple[0] == 1) {
              visitor.admitted(place(key, entry));
            } else {
              visitor.full(tuple[2]);
            }
          }

          @Override
          public void unavailable(RedisUnavailableException cause) {
            visitor.unavailable(cause);
          }
        });
  }

  private Place place(String key, String entry) {
    return () -> link.run(RedisScript.ADMISSION_LEAVE, key, new Object[] {entry}, NOBODY);
  }
}
