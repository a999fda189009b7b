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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
      // All that was ever written to it and is not its own: the kernel's, Netty's, one frame.
      int received = dead.socket().getReceiveBufferSize();
      int held = drained(dead);
      assertTrue(held <= OUTBOX_BYTES + received, "held " + held + " with " + received);
      System.out.println("held " + held + ", of it in its own buffer at most " + received);
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

  /** Asks for as much as it can and reads nothing of it: what is kept for it stays in bounds. */
  private long unreadWhile(WsClient client, byte[] asked, int times) throws Exception {
    client.socket().setSendBufferSize(16 * 1024);
    long most = 0;
    try {
      for (int i = 0; i < times; i++) {
        client.raw(asked);
        most = Math.max(most, rig.unreadBytesMax());
      }
    } catch (SocketException cut) {
      // Its reward; what was kept until then has been seen.
      return most;
    }
    return Math.max(most, rig.unreadBytesMax());
  }

  private static byte[] times(byte[] one, int count) {
    byte[] all = new byte[count * one.length];
    for (int i = 0; i < count; i++) {
      System.arraycopy(one, 0, all, i * one.length, one.length);
    }
    return all;
  }

  @Test
  void heartbeatsWhoseAnswersNobodyReadsAreNotKept() throws Exception {
    byte[] beat = GoimPackets.packet(2, 1, new byte[0]);
    byte[] beats = times(beat, 100);
    try (WsClient dead = WsClient.open(rig.port(), "/tcp", 2048)) {
      dead.raw(GoimPackets.packet(7, 1, "{\"roomid\":12}".getBytes(StandardCharsets.US_ASCII)));
      long most = unreadWhile(dead, beats, 90);

      assertTrue(most <= OUTBOX_BYTES, "unread " + most);
    }
  }

  /** Coming back to a room full of money brings all of it, but not at once and not again. */
  @Test
  void whoComesBackAgainAndAgainAndReadsNothingIsKeptNoMoreThanAnOutbox() throws Exception {
    byte[] json = ("{\"a\":\"" + "9".repeat(400) + "\"}").getBytes(StandardCharsets.US_ASCII);
    for (int i = 0; i < 8_000; i++) {
      rig.append(new MoneyEvent("red_packet.opened", 1, i, 0, 1, 7, 100, json));
    }
    long epoch = rig.logs.tail(GatewayRig.ROOM).epoch();
    String room = "\"room\":\"" + GatewayRig.ROOM + "\"";
    String join = "{\"op\":\"join\",%s,\"resume\":{\"epoch\":%d,\"sequence\":0}}";
    try (WsClient here = WsClient.open(rig.port(), "/x");
        WsClient there = WsClient.open(rig.port(), "/x");
        WsClient dead = WsClient.open(rig.port(), "/x", 2048)) {
      // So that on each loop the room is read already, and whoever comes begins at once.
      for (WsClient reader : List.of(here, there)) {
        reader.say("{\"op\":\"join\"," + room + "}");
        reader.json("joined");
      }
      byte[] asked =
          WsClient.frame(0x81, join.formatted(room, epoch).getBytes(StandardCharsets.US_ASCII));
      byte[] left =
          WsClient.frame(
              0x81, ("{\"op\":\"leave\"," + room + "}").getBytes(StandardCharsets.US_ASCII));
      byte[] both = java.util.Arrays.copyOf(asked, asked.length + left.length);
      System.arraycopy(left, 0, both, asked.length, left.length);
      long most = unreadWhile(dead, times(both, 10), 20);

      assertTrue(most <= OUTBOX_BYTES, "unread " + most);
    }
    // Whoever reads gets it whole.
    try (WsClient good = WsClient.open(rig.port(), "/x")) {
      good.say(join.formatted(room, epoch));
      good.json("joined");
      long last = rig.logs.tail(GatewayRig.ROOM).lastSequence();
      long next = 1;
      long shown = 0;
      while (next <= last) {
        var entries = good.json("entries");
        assertEquals(next, entries.getLong("from"));
        shown += entries.getJsonArray("items").size();
        next = entries.getLong("to") + 1;
      }
      assertTrue(shown >= 8_000, "money is never left out: " + shown);
    }
  }

  @Test
  void answersThatNobodyReadsEndTheConnection() throws Exception {
    try (WsClient dead = WsClient.open(rig.port(), "/x", 2048)) {
      byte[] asked =
          WsClient.frame(
              0x81, "{\"op\":\"leave\",\"room\":\"7\"}".getBytes(StandardCharsets.US_ASCII));
      long most = unreadWhile(dead, times(asked, 100), 90);

      assertTrue(most <= OUTBOX_BYTES, "unread " + most);
    }
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

  @ParameterizedTest
  @ValueSource(strings = {"/x", "/sub"})
  void whoSaysTooMuchIsShownTheDoor(String path) throws Exception {
    byte[] said =
        path.equals("/x")
            ? WsClient.frame(0x81, "{\"op\":\"x\"}".getBytes(StandardCharsets.US_ASCII))
            : WsClient.frame(0x82, GoimPackets.packet(2, 1, new byte[0]));
    GatewayLimits tenASecond =
        new GatewayLimits(
            9, 9, 9, 4, 4096, 10, OUTBOX_BYTES, OUTBOX_BYTES, 30_000, 75_000, 10_000, 5_000, 0);
    try (GatewayRig strict = new GatewayRig(tenASecond, 1 << 20);
        WsClient client = WsClient.open(strict.port(), path)) {
      client.raw(times(said, 120));

      assertEquals(CloseCode.TOO_MANY, client.closeCode());
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
