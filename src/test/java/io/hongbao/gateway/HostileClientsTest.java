// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The gateway".
package io.hongbao.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hongbao.live.RoomEntry.MoneyEvent;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Clients that send anything, read nothing, or vanish: nobody else is harmed. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileClientsTest {

  private static final int OUTBOX_BYTES = 64 * 1024;

  private GatewayRig rig;

  @BeforeAll
  void start() throws Exception {
    rig = new GatewayRig(GatewayRig.limits(OUTBOX_BYTES, 64 * 1024), 64 << 20);
  }

  @AfterAll
  void stop() throws Exception {
    rig.close();
  }

  @Test
  void whoNeverReadsIsCutWhenMoneyAloneWouldFillItsOutbox() throws Exception {
    try (WsClient dead = WsClient.open(rig.port(), "/x", 2048);
        WsClient good = WsClient.open(rig.port(), "/x")) {
      for (WsClient client : List.of(dead, good)) {
        client.say("{\"op\":\"join\",\"room\":\"7\"}");
        client.json("joined");
      }
      long cutBefore = rig.sum(GatewayMeters::cutSlow);
      byte[] json =
          ("{\"packet_id\":\"" + "9".repeat(400) + "\"}").getBytes(StandardCharsets.US_ASCII);
      long last = 0;
      for (int i = 0; rig.sum(GatewayMeters::cutSlow) == cutBefore && i < 20_000; i++) {
        rig.append(new MoneyEvent("red_packet.opened", 1, i, 0, 1, 7, 100, json));
        last = good.json("entries").getLong("to");
      }
      assertEquals(cutBefore + 1, rig.sum(GatewayMeters::cutSlow));
      assertEquals(rig.logs.tail(GatewayRig.ROOM).lastSequence(), last, "the other has all");
      // What it held at most: its own buffer, the kernel's, ours.
      int held = drained(dead);
      assertTrue(held < 2 * OUTBOX_BYTES + 64 * 1024, "held " + held);
    }
  }

  private static int drained(WsClient client) throws IOException {
    int bytes = 0;
    byte[] chunk = new byte[8192];
    try {
      for (int n = client.in().read(chunk); n >= 0; n = client.in().read(chunk)) {
        bytes += n;
      }
    } catch (SocketException reset) {
      // As good as an end.
    }
    return bytes;
  }

  @Test
  void anyBytesEndInACloseOrInSilenceAndNobodyElseNotices() throws Exception {
    try (WsClient good = WsClient.open(rig.port(), "/x")) {
      good.say("{\"op\":\"join\",\"room\":\"8\"}");
      good.json("joined");
      for (int seed = 0; seed < 150; seed++) {
        Random random = new Random(seed);
        String path = List.of("/x", "/deflate", "/sub", "/tcp").get(seed % 4);
        try (WsClient bad = WsClient.open(rig.port(), path)) {
          for (int i = random.nextInt(8); i >= 0; i--) {
            bad.raw(anything(random, seed % 4 == 3));
          }
        } catch (EOFException | SocketException closed) {
          // Its right.
        }
      }
      good.say("{\"op\":\"ping\"}");
      good.json("pong");
    }
    for (int waited = 0; rig.gateway.connectionCount() > 0 && waited < 5_000; waited += 5) {
      TimeUnit.MILLISECONDS.sleep(5);
    }
    assertEquals(0, rig.gateway.connectionCount(), "everybody's place was given back");
  }

  private static byte[] anything(Random random, boolean isPacket) {
    byte[] bytes = new byte[random.nextInt(300)];
    random.nextBytes(bytes);
    if (random.nextInt(3) == 0) {
      return bytes;
    }
    List<String> texts =
        new ArrayList<>(
            List.of(
                "{\"op\":\"join\",\"room\":\"7\"}",
                "{\"op\":\"join\",\"room\":7,\"resume\":{\"epoch\":-1,\"sequence\":-5}}",
                "{\"op\":\"join\",\"room\":\"99999999999999999999\"}",
                "{\"op\":\"join\",\"room\":\"7\",\"density\":\"none\"}",
                "{\"op\":\"auth\",\"ticket\":\"hbt_x\"}",
                "{\"op\":\"leave\",\"room\":\"7\"}",
                "{\"op\":" + "[".repeat(1_000),
                "{\"a\":".repeat(500),
                "[]",
                "nothing",
                "{\"roomid\":7,\"protover\":3}"));
    byte[] text = texts.get(random.nextInt(texts.size())).getBytes(StandardCharsets.UTF_8);
    byte[] packet = GoimPackets.packet(random.nextInt(10), random.nextInt(5) == 0 ? 2 : 1, text);
    if (isPacket) {
      return packet;
    }
    return WsClient.frame(
        0x80 | (random.nextBoolean() ? 1 : 2), random.nextBoolean() ? text : packet);
  }

  @Test
  void whoSaysTooMuchIsShownTheDoor() throws Exception {
    try (WsClient client = WsClient.open(rig.port(), "/x")) {
      for (int i = 0; i < 11_000; i++) {
        client.say("{\"op\":\"x\"}");
      }
      assertEquals(CloseCode.TOO_MANY, client.closeCode());
    } catch (SocketException reset) {
      // The close frame was lost with what we still sent; the door was shown.
    }
  }

  @Test
  void theCloseCodeIsAnsweredAndTheConnectionEnds() throws Exception {
    try (WsClient client = WsClient.open(rig.port(), "/x")) {
      client.raw(WsClient.frame(0x88, new byte[] {3, (byte) 0xe8}));
      assertEquals(1000, client.closeCode());
      assertEquals(-1, client.in().read());
    }
    try (WsClient client = WsClient.open(rig.port(), "/x")) {
      client.raw(WsClient.frame(0x81, new byte[] {(byte) 0xff}));
      assertEquals(1007, client.closeCode());
    }
    try (WsClient client = WsClient.open(rig.port(), "/x")) {
      client.raw(WsClient.frame(0xc1, new byte[] {'x'}));
      assertEquals(1002, client.closeCode());
    }
  }
}
