// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Live rooms".
package io.hongbao.http;

import io.hongbao.feed.type.RedPacketFeed;
import io.hongbao.live.MoneyJson;
import io.hongbao.redpacket.RedPacketEvent;
import io.hongbao.redpacket.RedPacketEvent.PacketCreated;

/**
 * What a room is shown of its packets: what the public events say, and for a new packet also the
 * claim code, since whoever is in the room may open it.
 *
 * <p><b>Thread:</b> one follower's.
 */
public final class RoomMoneyJson implements MoneyJson {

  private final RedPacketFeed feed = new RedPacketFeed();
  private final EventJson writer;

  public RoomMoneyJson(AssetTable assets) {
    this.writer = new EventJson(assets);
  }

  @Override
  public byte[] write(RedPacketEvent event) {
    return writer.data(
        feed,
        event,
        json -> {
          if (event instanceof PacketCreated created) {
            json.name("claim_code").base64Url(PacketJson.claimCode(created.spec()));
          }
        });
  }
}
