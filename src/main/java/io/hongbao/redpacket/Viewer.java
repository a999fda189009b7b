// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Red packets".
package io.hongbao.redpacket;

/**
 * Who asks about a packet, and the claim code he shows.
 *
 * @param claimHigh first half of the code; both halves 0 when none is shown
 */
public record Viewer(long userId, long claimHigh, long claimLow) {

  boolean knowsCodeOf(PacketSpec spec) {
    return (claimHigh != 0 || claimLow != 0)
        && claimHigh == spec.claimHigh()
        && claimLow == spec.claimLow();
  }
}
