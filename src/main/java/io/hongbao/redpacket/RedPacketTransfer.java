// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Red packets".
package io.hongbao.redpacket;

import io.hongbao.engine.Transfer;
import io.hongbao.model.Digest;

/** What partitions owe one another about red packets. */
public sealed interface RedPacketTransfer extends Transfer {

  @Override
  default int schemaId() {
    return RedPacketCodec.SCHEMA_ID;
  }

  /** From the sender's partition: bring the packet to life. */
  record CreatePacket(PacketSpec spec) implements RedPacketTransfer {
    @Override
    public int asset() {
      return spec.terms().asset();
    }

    @Override
    public long amountMinor() {
      return spec.terms().totalMinor();
    }

    @Override
    public int recordBytesMax() {
      return spec.terms().recordBytesMax();
    }

    @Override
    public long digest() {
      return spec.digest(50);
    }

    @Override
    public long wakes() {
      return spec.packetId();
    }
  }

  /** From the packet's partition: put the share into the opener's wallet. */
  record CreditShare(long packetId, long userId, int asset, long amountMinor, int place)
      implements RedPacketTransfer {
    @Override
    public long digest() {
      long digest = Digest.mix(Digest.start(51), packetId);
      digest = Digest.mix(digest, userId);
      digest = Digest.mix(digest, place * 128L + asset);
      return Digest.mix(digest, amountMinor);
    }

    @Override
    public long wakes() {
      return 0;
    }
  }

  /** From the packet's partition: give the rest back to the sender. */
  record ReturnRest(long packetId, long senderId, int asset, long amountMinor)
      implements RedPacketTransfer {
    @Override
    public long digest() {
      long digest = Digest.mix(Digest.start(52), packetId);
      digest = Digest.mix(digest, senderId);
      digest = Digest.mix(digest, asset);
      return Digest.mix(digest, amountMinor);
    }

    @Override
    public long wakes() {
      return 0;
    }
  }
}
