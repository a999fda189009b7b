// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Limits".
package io.hongbao.redpacket;

import java.util.function.IntToLongFunction;

/**
 * Limits of red packets, by configuration.
 *
 * @param totalMinorMax largest total, by asset number
 * @param shareMinorMax largest mean share (total / count), by asset number
 * @param countMax most shares
 * @param greetingCharsMax longest greeting, in Unicode code points; the cover's name has the same
 * @param reserveMs how long a grab keeps a share
 * @param opensInFlightMax opens of one packet that may wait to become durable (H-40)
 * @param unpaidMs how long an order waits for its payment
 * @param queryAfterMs when a silent provider is asked first; doubled each time up to ten minutes
 * @param evictAfterMs closed packets and orders leave memory after this (H-29)
 */
public record PacketLimits(
    IntToLongFunction totalMinorMax,
    IntToLongFunction shareMinorMax,
    int countMax,
    int greetingCharsMax,
    long reserveMs,
    int opensInFlightMax,
    long unpaidMs,
    long queryAfterMs,
    long evictAfterMs) {

  /** What the documented configuration gives. */
  public static PacketLimits defaults() {
    return new PacketLimits(
        asset -> 20_000_000,
        asset -> 20_000_000,
        500,
        60,
        5_000,
        2_000,
        15 * 60_000L,
        30_000,
        72 * 3_600_000L);
  }
}
