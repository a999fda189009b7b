// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The gateway".
package io.hongbao.gateway;

import io.netty.buffer.ByteBuf;

/**
 * A client of Bilibili's packets over WebSocket.
 *
 * <p><b>Thread:</b> the channel's loop.
 */
final class GoimConnection extends WebSocketConnection {

  GoimConnection(GatewayLoop loop, Place place) {
    super(loop, place, loop.limits().messageBytesMax(), false);
  }

  @Override
  public void message(boolean isText, ByteBuf payload) {}

  @Override
  Wire wire() {
    return Wire.GOIM;
  }

  @Override
  void joined(Member member, long epoch, Opening opening, long newest) {}

  @Override
  void tell(PrivatePage page) {}
}
