// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Live rooms".
package io.hongbao.live;

import io.hongbao.redpacket.RedPacketEvent;

/**
 * Writes what a room is shown of a red packet's event.
 *
 * <p><b>Thread:</b> one follower's; it may have state.
 */
@FunctionalInterface
public interface MoneyJson {

  /** The fields of the entry as a JSON object; nobody changes the array afterwards. */
  byte[] write(RedPacketEvent event);
}
