// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Red packets".
package io.hongbao.redpacket;

import io.hongbao.engine.PartitionParts;
import java.util.function.Consumer;
import org.agrona.collections.Long2ObjectHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What one partition knows about red packets: packets of its own, orders of its senders.
 *
 * <p><b>Thread:</b> the partition's. Changed by the applier and by loading only.
 */
public final class RedPackets {

  final PartitionParts parts;
  final Long2ObjectHashMap<RedPacket> packets = new Long2ObjectHashMap<>();
  final Long2ObjectHashMap<PacketOrder> orders = new Long2ObjectHashMap<>();
  final Long2ObjectHashMap<StrayPayment> strays = new Long2ObjectHashMap<>();

  RedPackets(PartitionParts parts) {
    this.parts = parts;
  }

  public @Nullable RedPacket packet(long packetId) {
    return packets.get(packetId);
  }

  public @Nullable PacketOrder order(long packetId) {
    return orders.get(packetId);
  }

  public int packetCount() {
    return packets.size();
  }

  public void forEachPacket(Consumer<RedPacket> visitor) {
    packets.values().forEach(visitor);
  }

  public void forEachOrder(Consumer<PacketOrder> visitor) {
    orders.values().forEach(visitor);
  }

  public void forEachStray(Consumer<StrayPayment> visitor) {
    strays.values().forEach(visitor);
  }

  @Nullable StrayPayment stray(long packetId, String paymentId) {
    for (StrayPayment stray : strays.values()) {
      if (stray.packetId() == packetId && stray.paymentId().equals(paymentId)) {
        return stray;
      }
    }
    return null;
  }

  int partitionOf(long key) {
    return io.hongbao.model.Slot.partition(key, parts.partitionCount());
  }

  void put(PacketOrder order) {
    PacketOrder old = orders.put(order.packetId(), order);
    if (old != null) {
      parts.stateHash().remove(old.digest());
    }
    parts.stateHash().add(order.digest());
  }
}
