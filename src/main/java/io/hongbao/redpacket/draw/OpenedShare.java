// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Red packets".
package io.hongbao.redpacket.draw;

/**
 * One share as a proof states it; nothing is promised of the numbers until they are verified.
 *
 * @param place ordinal of the open, from 1
 */
public record OpenedShare(long place, long amountMinor) {}
