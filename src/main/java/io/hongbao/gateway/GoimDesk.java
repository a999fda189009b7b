// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The gateway".
package io.hongbao.gateway;

import io.netty.buffer.ByteBuf;

/**
 * What clients of Bilibili's packets may say, on TCP and WebSocket alike: join, and that they live.
 *
 * <p><b>Thread:</b> the connection's loop.
 */
final class GoimDesk {

  private static final long ROOM_MAX = (1L << 53) - 1;
  private static final byte[] JOINED = {'{', '"', 'c', 'o', 'd', 'e', '"', ':', '0', '}'};
  private static final byte[] REFUSED = {
    '{', '"', 'c', 'o', 'd', 'e', '"', ':', '-', '1', '0', '1', '}'
  };

  /** A connection that speaks packets. */
  interface Peer {

    LiveConnection connection();

    /** Sends one packet. */
    void packet(int version, int operation, byte[] body);

    /** The form in which it wants its room. */
    void wants(Wire.Packing packing);
  }

  private GoimDesk() {}

  /** Checks the first bytes of a packet; the number of its bytes, or −1 when that is not there. */
  static int packetBytes(ByteBuf in, int bytesMax) throws ProtocolException {
    if (in.readableBytes() < Goim.HEADER_BYTES) {
      return -1;
    }
    int at = in.readerIndex();
    long size = in.getUnsignedInt(at);
    if (size < Goim.HEADER_BYTES
        || size > bytesMax
        || in.getUnsignedShort(at + 4) != Goim.HEADER_BYTES) {
      throw new ProtocolException(CloseCode.PROTOCOL, "no packet");
    }
    return (int) size;
  }

  /** Takes one whole packet. */
  static void take(Peer peer, ByteBuf packet) throws ProtocolException {
    int version = packet.getUnsignedShort(packet.readerIndex() + 6);
    int operation = packet.getInt(packet.readerIndex() + 8);
    peer.connection().countMessage();
    if (version != Goim.JSON && version != Goim.NUMBER) {
      throw new ProtocolException(CloseCode.PROTOCOL, "clients do not compress");
    }
    switch (operation) {
      case Goim.OP_JOIN -> join(peer, packet.skipBytes(Goim.HEADER_BYTES));
      case Goim.OP_HEARTBEAT -> popularity(peer);
      default -> throw new ProtocolException(CloseCode.PROTOCOL, "unknown operation");
    }
  }

  private static void join(Peer peer, ByteBuf body) throws ProtocolException {
    LiveConnection connection = peer.connection();
    ClientMessage message = ClientMessage.parse(body);
    long roomId = message == null ? 0 : message.number("roomid", message.number("room_id", 0));
    if (message == null || roomId < 1 || roomId > ROOM_MAX || connection.memberCount() > 0) {
      throw new ProtocolException(CloseCode.PROTOCOL, "no join");
    }
    GatewayLoop loop = connection.loop();
    String key = message.text("key");
    if (Tickets.isTicket(key) && !loop.gateway().admission().byTicket(connection, key)) {
      refuse(peer);
      return;
    }
    if (!connection.isOpen()) {
      // A good ticket of somebody who has too many connections.
      return;
    }
    if (!loop.gateway().mayRead(roomId, connection.userId())) {
      refuse(peer);
      return;
    }
    peer.wants(
        switch ((int) message.number("protover", 0)) {
          case Goim.ZLIB -> Wire.Packing.ZLIB;
          case Goim.BROTLI -> Wire.Packing.BROTLI;
          default -> Wire.Packing.NONE;
        });
    loop.room(roomId).join(connection, connection.wire().lane(Density.FULL), Member.Start.NOW);
  }

  /**
   * The room is entered: whatever is said from now on comes. Telling it when it was asked would let
   * a client miss what it causes right after.
   */
  static void joined(Peer peer) {
    peer.packet(Goim.NUMBER, Goim.OP_JOINED, JOINED);
  }

  private static void refuse(Peer peer) {
    peer.packet(Goim.NUMBER, Goim.OP_JOINED, REFUSED);
    peer.connection().end(CloseCode.NORMAL, "not let in");
  }

  private static void popularity(Peer peer) {
    if (!peer.connection().isWritable()) {
      // Who does not read the last ones needs no other.
      return;
    }
    long watching = peer.connection().watching();
    int shown = (int) Math.min(Integer.MAX_VALUE, watching);
    peer.packet(
        Goim.NUMBER,
        Goim.OP_POPULARITY,
        new byte[] {
          (byte) (shown >>> 24), (byte) (shown >>> 16), (byte) (shown >>> 8), (byte) shown
        });
  }
}
