// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The page".
package io.hongbao.play;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the server told the crowd is done: packets sent and shares opened. After a kill each of them
 * must be there.
 *
 * <p><b>Thread:</b> any.
 *
 * <p><b>Limit:</b> the newest {@link #PACKETS_MAX} packets.
 */
final class Acknowledged {

  static final int PACKETS_MAX = 400;

  /** One share: who has it and how much. */
  record Share(String userId, long amountMinor) {}

  /** One packet with what was acknowledged of it. */
  record Packet(String id, String viewer, Map<Integer, Share> shares) {}

  private final Map<String, Packet> packets = new LinkedHashMap<>();
  private final Deque<String> order = new ArrayDeque<>();

  /**
   * A packet is there.
   *
   * @param viewer token of somebody who may look at it
   */
  synchronized void sent(String packetId, String viewer) {
    if (packets.putIfAbsent(packetId, new Packet(packetId, viewer, new LinkedHashMap<>()))
        == null) {
      order.add(packetId);
      if (order.size() > PACKETS_MAX) {
        packets.remove(order.remove());
      }
    }
  }

  synchronized void opened(String packetId, String viewer, int place, Share share) {
    sent(packetId, viewer);
    Packet packet = packets.get(packetId);
    if (packet != null) {
      packet.shares().put(place, share);
    }
  }

  /** All of it as it stands now. */
  synchronized List<Packet> all() {
    List<Packet> copy = new ArrayList<>();
    packets
        .values()
        .forEach(one -> copy.add(new Packet(one.id(), one.viewer(), Map.copyOf(one.shares()))));
    return copy;
  }
}
