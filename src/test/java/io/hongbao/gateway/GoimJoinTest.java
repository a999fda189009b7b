// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The gateway".
package io.hongbao.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hongbao.live.AppendHandler;
import io.hongbao.live.RoomEntry.Notice;
import java.io.DataInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** A client of Bilibili's packets hears that it has joined when it misses nothing any more. */
class GoimJoinTest {

  @Test
  void overTcpTheAnswerWaitsForTheRoomsOwner() throws Exception {
    try (GatewayRig rig = new GatewayRig(GatewayRig.limits(64 * 1024, 64 * 1024), 1 << 20);
        WsClient client = WsClient.open(rig.port(), "/tcp")) {
      answerWaits(rig, client, false);
    }
  }

  @Test
  void overWebSocketTheAnswerWaitsForTheRoomsOwner() throws Exception {
    try (GatewayRig rig = new GatewayRig(GatewayRig.limits(64 * 1024, 64 * 1024), 1 << 20);
        WsClient client = WsClient.open(rig.port(), "/sub")) {
      answerWaits(rig, client, true);
    }
  }

  private static void answerWaits(GatewayRig rig, WsClient client, boolean framed)
      throws Exception {
    // The client's connection is on one loop; the other one owns the room, and is busy.
    long roomId = 100L + (1 - rig.loopOfTheOnlyConnection());
    CountDownLatch busy = new CountDownLatch(1);
    rig.logs.owner(roomId).execute(() -> awaitQuietly(busy));
    byte[] body = "{\"roomid\":%d}".formatted(roomId).getBytes(StandardCharsets.US_ASCII);
    try {
      send(client, GoimPackets.packet(7, 1, body), framed);
      send(client, GoimPackets.packet(2, 1, new byte[0]), framed);
      assertEquals(3, packet(client.in(), framed), "the heartbeat's answer before the join's");
    } finally {
      busy.countDown();
    }

    assertEquals(8, packet(client.in(), framed), "joined");
    assertTrue(rig.logs.append(roomId, new Notice("after", "the join"), AppendHandler.NOBODY));
    assertEquals(5, packet(client.in(), framed), "what was said right after it");
  }

  private static void awaitQuietly(CountDownLatch busy) {
    try {
      busy.await();
    } catch (InterruptedException over) {
      Thread.currentThread().interrupt();
    }
  }

  private static void send(WsClient client, byte[] packet, boolean framed) throws Exception {
    client.raw(framed ? WsClient.frame(0x82, packet) : packet);
  }

  private static int packet(InputStream in, boolean framed) throws Exception {
    DataInputStream data = new DataInputStream(in);
    if (framed) {
      assertEquals(0x82, data.readUnsignedByte());
      int size = data.readUnsignedByte();
      if (size == 126) {
        data.readUnsignedShort();
      }
    }
    int size = data.readInt();
    data.readInt();
    int operation = data.readInt();
    data.skipNBytes(size - 12);
    return operation;
  }
}
