// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Live rooms".
package io.hongbao.live;

/**
 * The limits of what is said.
 *
 * @param textCharsMax longest text, in Unicode characters
 * @param budgetPerS messages a second of a room whose moderators set nothing else
 * @param waitingMax messages of one room that may wait for their turn
 * @param keysMax idempotency keys remembered by each owner loop
 */
public record ChatLimits(int textCharsMax, int budgetPerS, int waitingMax, int keysMax) {}
