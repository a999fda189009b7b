// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Read model".
package io.hongbao.export.sql;

import io.hongbao.model.Check;
import io.hongbao.redpacket.PacketState;
import io.hongbao.redpacket.RedPacketAnswer.PacketShown;
import io.hongbao.redpacket.RedPacketAnswer.Share;
import io.hongbao.redpacket.draw.DrawProof;
import io.hongbao.redpacket.draw.OpenedShare;
import java.util.List;

/**
 * A packet with its shares.
 *
 * @param shares in the order of their places
 * @param lastSequence last change in the packet's partition, opens included
 */
public record PacketDetails(PacketHead head, List<Share> shares, long lastSequence) {

  public PacketDetails {
    shares = List.copyOf(shares);
  }

  /** Place of the user's share, from 1; 0 if there is none. */
  public int placeOf(long userId) {
    for (Share share : shares) {
      if (share.userId() == userId) {
        return share.place();
      }
    }
    return 0;
  }

  public long openedMinor() {
    return shares.stream().mapToLong(Share::amountMinor).sum();
  }

  /** The same answer as the packet's partition gives while it has the packet in memory. */
  public PacketShown shown(long viewerId) {
    Check.that(head.state().isPaid(), "only a paid packet is shown");
    PacketState state =
        switch (head.state()) {
          case EMPTY -> PacketState.EMPTY;
          case EXPIRED -> PacketState.EXPIRED;
          default -> PacketState.OPEN;
        };
    return new PacketShown(
        head.spec(),
        Check.present(head.commitment(), "commitment of a paid packet"),
        state,
        head.terms().totalMinor() - openedMinor() - head.returnedMinor(),
        head.terms().count() - shares.size(),
        head.returnedMinor(),
        head.closedAtMs(),
        head.bestPlace(),
        shares.toArray(Share[]::new),
        placeOf(viewerId),
        0,
        0,
        head.seed() != null,
        lastSequence);
  }

  /** What a closed packet reveals; ask {@link PacketHead#seed} first. */
  public DrawProof proof(String assetCode) {
    return DrawProof.of(
        head.spec().drawTerms(),
        assetCode,
        Check.present(head.commitment(), "commitment of a closed packet"),
        Check.present(head.seed(), "seed of a closed packet"),
        shares.stream().map(s -> new OpenedShare(s.place(), s.amountMinor())).toList());
  }
}
