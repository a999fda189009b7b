// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The gateway".
package io.hongbao.gateway;

import io.netty.buffer.ByteBuf;

/**
 * Takes what a WebSocket's frames say.
 *
 * <p>Buffers are lent: whoever keeps bytes copies them.
 */
interface FrameSink {

  /** A whole message; a text is UTF-8. */
  void message(boolean isText, ByteBuf payload) throws ProtocolException;

  void ping(ByteBuf payload);

  void pong();

  /** The peer's close frame; nothing comes after it. */
  void closed(int code);
}
