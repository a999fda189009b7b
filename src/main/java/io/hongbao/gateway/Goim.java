// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The gateway".
package io.hongbao.gateway;

import io.netty.buffer.ByteBuf;

/** Numbers of Bilibili's packets, and their header. */
final class Goim {

  static final int HEADER_BYTES = 16;

  // Versions: how the body is to be read.
  static final int JSON = 0;
  static final int NUMBER = 1;
  static final int ZLIB = 2;
  static final int BROTLI = 3;

  static final int OP_HEARTBEAT = 2;
  static final int OP_POPULARITY = 3;
  static final int OP_MESSAGE = 5;
  static final int OP_JOIN = 7;
  static final int OP_JOINED = 8;

  private static final int SEQUENCE = 1;

  private Goim() {}

  static ByteBuf header(ByteBuf out, int packetBytes, int version, int operation) {
    return out.writeInt(packetBytes)
        .writeShort(HEADER_BYTES)
        .writeShort(version)
        .writeInt(operation)
        .writeInt(SEQUENCE);
  }

  static void header(byte[] to, int at, int packetBytes, int version, int operation) {
    put(to, at, packetBytes);
    put(to, at + 4, HEADER_BYTES << 16 | version);
    put(to, at + 8, operation);
    put(to, at + 12, SEQUENCE);
  }

  private static void put(byte[] to, int at, int number) {
    to[at] = (byte) (number >>> 24);
    to[at + 1] = (byte) (number >>> 16);
    to[at + 2] = (byte) (number >>> 8);
    to[at + 3] = (byte) number;
  }
}
