// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The gateway".
package io.hongbao.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hongbao.config.GatewayCatalogue;
import io.hongbao.config.Settings;
import io.hongbao.gateway.WsClient;
import io.hongbao.live.AppendHandler;
import io.hongbao.live.RoomEntry.Notice;
import io.hongbao.tls.TestCertificate;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.DataInputStream;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Rooms are read behind TLS as they are without: all protocols, on the one port. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RoomsOverTlsIT {

  private static final long ROOM = 78_001;
  private static final int MANY = 300;

  private TestServer server;

  @BeforeAll
  void start(@TempDir Path directory) throws Exception {
    TestCertificate made = TestCertificate.of("rooms");
    Path certificate = Files.writeString(directory.resolve("cert.pem"), made.certificatePem());
    Path key = Files.writeString(directory.resolve("key.pem"), made.keyPem());
    server =
        TestServer.start(
            directory,
            Map.of(
                Settings.HTTP_TLS_CERTIFICATE,
                certificate.toString(),
                Settings.HTTP_TLS_KEY,
                key.toString(),
                Settings.DATA_SANDBOX,
                "true",
                GatewayCatalogue.PRESENCE_EVERY,
                "1h"));
    String body = "{\"room_id\":\"" + ROOM + "\",\"public\":true}";
    try (SSLSocket socket = connect()) {
      socket
          .getOutputStream()
          .write(
              ("POST /v1/operator/rooms HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                      + "Authorization: Bearer "
                      + server.api().operatorKey()
                      + "\r\nHongbao-Cause: test\r\nContent-Length: "
                      + body.length()
                      + "\r\n\r\n"
                      + body)
                  .getBytes(StandardCharsets.US_ASCII));
      String status = new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
      assertTrue(status.startsWith("HTTP/1.1 20"), status);
    }
  }

  @AfterAll
  void stop() throws Exception {
    server.close();
  }

  private SSLSocket connect() throws Exception {
    return TlsSockets.connect(server.port(), "TLSv1.3");
  }

  private void say(String code) {
    assertTrue(
        server.roomLogs().append(ROOM, new Notice(code, "said under TLS"), AppendHandler.NOBODY));
  }

  @Test
  void hongbaosProtocolAndItsCloseWorkBehindTls() throws Exception {
    try (WsClient client =
        WsClient.over(connect(), "/v1/rooms/ws", "Sec-WebSocket-Extensions: permessage-deflate")) {
      client.say("{\"op\":\"join\",\"room\":\"" + ROOM + "\"}");
      long last = client.json("joined").getLong("sequence");

      for (int i = 0; i < MANY; i++) {
        say("ws" + i);
      }

      long wanted = last + MANY;
      while (last < wanted) {
        JsonObject frame = client.json("entries");
        assertEquals(last + 1, frame.getLong("from"));
        assertEquals(frame.getLong("to") - last, frame.getJsonArray("items").size(), frame::encode);
        last = frame.getLong("to");
      }
      client.raw(WsClient.frame(0x88, new byte[] {3, (byte) 0xe8}));
      assertEquals(1000, client.closeCode());
    }
  }

  @Test
  void bilibilisPacketsAreToldApartBehindTls() throws Exception {
    byte[] body = ("{\"roomid\":" + ROOM + ",\"protover\":0}").getBytes(StandardCharsets.US_ASCII);
    ByteBuffer join = ByteBuffer.allocate(16 + body.length);
    join.putInt(16 + body.length).putShort((short) 16).putShort((short) 1).putInt(7).putInt(1);
    join.put(body);
    try (SSLSocket socket = connect();
        WsClient client = WsClient.over(connect(), "/sub")) {
      socket.getOutputStream().write(join.array());
      DataInputStream in = new DataInputStream(socket.getInputStream());
      assertEquals("{\"code\":0}", packet(in, 8));
      client.raw(WsClient.frame(0x82, join.array()));
      String joined = client.next().text();
      assertTrue(joined.endsWith("{\"code\":0}"), joined);

      say("packets");

      String told = packet(in, 5);
      assertTrue(told.contains("\"name\":\"packets\""), told);
      assertTrue(client.next().text().contains("\"name\":\"packets\""));
    }
  }

  private static String packet(DataInputStream in, int operation) throws Exception {
    int size = in.readInt();
    in.readInt();
    assertEquals(operation, in.readInt());
    in.readInt();
    return new String(in.readNBytes(size - 16), StandardCharsets.UTF_8);
  }

  @Test
  void serverSentEventsComeBehindTls() throws Exception {
    try (SSLSocket socket = connect();
        BufferedReader in =
            new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
      socket
          .getOutputStream()
          .write(
              ("GET /v1/rooms/" + ROOM + "/stream HTTP/1.1\r\nHost: x\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      assertEquals("HTTP/1.1 200 OK", in.readLine());
      String line = in.readLine();
      while (!line.equals("event: joined")) {
        line = in.readLine();
      }

      say("events");

      while (!line.startsWith("data: {\"op\":\"entries\"")) {
        line = in.readLine();
      }
      assertTrue(line.contains("\"code\":\"events\""), line);
    }
  }
}
