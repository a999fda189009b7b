// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Benchmarks".
package io.hongbao.bench.rooms;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** What a reader speaks, and its first words: the upgrade and the join behind it, in one write. */
public enum ReaderKind {
  /** {@code hongbao.v1} of a server. */
  JSON("/v1/rooms/ws", true),
  /** Bilibili's packets of a server. */
  BINARY("/sub", false),
  /** {@code hongbao.v1} of the benchmark's own process. */
  ROOM("/room", true),
  /** Upgraded by the smallest answer, and nothing behind it. */
  BARE("/bare", false);

  private static final byte[] MASK = {1, 2, 3, 4};
  private static final int PACKET_HEADER_BYTES = 16;
  private static final int SMALL_FRAME_MAX = 125;

  private final String path;
  private final boolean isJson;

  ReaderKind(String path, boolean isJson) {
    this.path = path;
    this.isJson = isJson;
  }

  /** Whether its frames tell which sequences they speak of. */
  boolean isCounted() {
    return isJson;
  }

  /** Whether it is told that it has joined. */
  boolean joins() {
    return this != BARE;
  }

  /** All that it says. */
  byte[] hello(long room) {
    byte[] head =
        ("GET "
                + path
                + " HTTP/1.1\r\nHost: bench\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                + "Sec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
            .getBytes(StandardCharsets.US_ASCII);
    return switch (this) {
      case BARE -> head;
      case BINARY -> and(head, frame(0x82, packet("{\"roomid\":" + room + "}")));
      case JSON, ROOM ->
          and(head, frame(0x81, ascii("{\"op\":\"join\",\"room\":\"" + room + "\"}")));
    };
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] packet(String body) {
    byte[] text = ascii(body);
    byte[] packet = new byte[PACKET_HEADER_BYTES + text.length];
    packet[3] = (byte) packet.length;
    packet[5] = PACKET_HEADER_BYTES;
    packet[7] = 1;
    packet[11] = FanOutReader.OP_JOIN;
    packet[15] = 1;
    System.arraycopy(text, 0, packet, PACKET_HEADER_BYTES, text.length);
    return packet;
  }

  // Masked, as a client's must be.
  static byte[] frame(int first, byte[] payload) {
    if (payload.length > SMALL_FRAME_MAX) {
      throw new IllegalArgumentException("too long for a small frame");
    }
    byte[] frame = new byte[6 + payload.length];
    frame[0] = (byte) first;
    frame[1] = (byte) (0x80 | payload.length);
    System.arraycopy(MASK, 0, frame, 2, MASK.length);
    for (int i = 0; i < payload.length; i++) {
      frame[6 + i] = (byte) (payload[i] ^ MASK[i & 3]);
    }
    return frame;
  }

  private static byte[] and(byte[] head, byte[] frame) {
    byte[] all = Arrays.copyOf(head, head.length + frame.length);
    System.arraycopy(frame, 0, all, head.length, frame.length);
    return all;
  }
}
