// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The gateway".
package io.hongbao.gateway;

import java.nio.ByteBuffer;

/** Packets as clients write them. */
final class GoimPackets {

  private GoimPackets() {}

  static byte[] packet(int operation, int version, byte[] body) {
    return ByteBuffer.allocate(16 + body.length)
        .putInt(16 + body.length)
        .putShort((short) 16)
        .putShort((short) version)
        .putInt(operation)
        .putInt(1)
        .put(body)
        .array();
  }
}
