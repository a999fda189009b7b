// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Families".
package io.hongbao.app;

import io.hongbao.engine.Family;
import io.hongbao.redpacket.Neighbourhood;
import io.hongbao.redpacket.PacketLimits;
import io.hongbao.redpacket.RedPacketFamily;
import java.util.List;

/** The one place that knows all families: a new one is a line here. */
public final class FamilyWiring {

  private FamilyWiring() {}

  /** The families of a running server. */
  static List<Family.Factory> live(PacketLimits packetLimits, Neighbourhood facts) {
    return List.of(RedPacketFamily.factory(packetLimits, facts));
  }

  /** The families of a directory that is only looked at: nothing is decided, only replayed. */
  public static List<Family.Factory> offline() {
    return live(PacketLimits.defaults(), new NoFacts());
  }

  /** Stands where rules would ask; replay asks nothing. */
  private static final class NoFacts implements Neighbourhood {

    @Override
    public boolean isInRoom(long roomId, long userId) {
      return false;
    }

    @Override
    public int slotForNewPacket(long chance) {
      return 0;
    }

    @Override
    public boolean hasProvider(String provider) {
      return false;
    }

    @Override
    public boolean isExported(int partition, long position) {
      return false;
    }

    @Override
    public long balanceMinorMax(int asset) {
      return 0;
    }
  }
}
