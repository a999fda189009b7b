// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The gateway".
package io.hongbao.http;

import io.hongbao.gateway.WsClient;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Clients of one room, one for each protocol and each way of reading it; each tells what it heard
 * until the log was over.
 *
 * <p><b>Thread:</b> each client has its own.
 */
final class RoomClients {

  /** How a client reads. */
  enum Way {
    FAST,
    /** Not at all while the log is played. */
    STALLED,
    /** Goes when it has heard a third, and comes back when all was played. */
    LEAVES
  }

  private static final int SMALL_BYTES = 2048;
  private static final int TIMEOUT_MS = 30_000;

  private final int port;
  private final long room;
  private final RecordedLog log;

  /** Each has heard something when this is down. */
  final CountDownLatch started;

  /** All was played. */
  final CountDownLatch played = new CountDownLatch(1);

  /** First and last sequence of the recorded log; 0 before it begins. */
  final AtomicLong first = new AtomicLong();

  final AtomicLong last = new AtomicLong();

  RoomClients(int port, long room, RecordedLog log, int count) {
    this.port = port;
    this.room = room;
    this.log = log;
    this.started = new CountDownLatch(count);
  }

  private boolean isOver(Heard heard) {
    return last.get() > 0 && heard.newest() >= last.get();
  }

  private boolean isThird(Heard heard) {
    return first.get() > 0 && heard.newest() > first.get() + (last.get() - first.get()) / 3;
  }

  // After each thing heard; whether to go on with this connection.
  private boolean goesOn(Heard heard, Way way, boolean isFirst) throws InterruptedException {
    if (isFirst) {
      started.countDown();
      if (way == Way.STALLED) {
        played.await();
      }
    }
    return !isOver(heard) && !(way == Way.LEAVES && played.getCount() > 0 && isThird(heard));
  }

  /** {@code hongbao.v1}. */
  Callable<Heard> json(String density, boolean deflates, Way way) {
    return () -> {
      Heard heard = new Heard("json " + density + (deflates ? " deflated " : " ") + way);
      String extension = deflates ? "Sec-WebSocket-Extensions: permessage-deflate" : "X: y";
      String resume = "";
      boolean isFirst = true;
      while (!isOver(heard)) {
        int receive = way == Way.STALLED ? SMALL_BYTES : 0;
        try (WsClient client = WsClient.open(port, "/v1/rooms/ws", receive, extension)) {
          client.say(
              "{\"op\":\"join\",\"room\":\"%d\",\"density\":\"%s\"%s}"
                  .formatted(room, density, resume));
          JsonObject joined = client.json("joined");
          heard.standsAt(joined.getLong("sequence"));
          boolean goesOn = true;
          while (goesOn) {
            heard.frame(client.json("entries"));
            goesOn = goesOn(heard, way, isFirst);
            isFirst = false;
          }
          resume =
              ",\"resume\":{\"epoch\":%d,\"sequence\":%d}"
                  .formatted(joined.getLong("epoch"), heard.newest());
        }
        played.await();
      }
      return heard;
    };
  }

  /** Server-sent events. */
  Callable<Heard> sse(String density, Way way) {
    return () -> {
      Heard heard = new Heard("sse " + density + " " + way);
      String lastId = "";
      boolean isFirst = true;
      while (!isOver(heard)) {
        try (Socket socket = connect(way);
            BufferedReader in = reader(socket)) {
          socket
              .getOutputStream()
              .write(
                  ("GET /v1/rooms/%d/stream?density=%s HTTP/1.1\r\nHost: x\r\n%s\r\n"
                          .formatted(room, density, lastId))
                      .getBytes(StandardCharsets.US_ASCII));
          boolean goesOn = true;
          String id = "";
          while (goesOn) {
            String line = in.readLine();
            if (line == null) {
              throw new IOException(heard.who + ": the stream ended");
            } else if (line.startsWith("id: ")) {
              id = line.substring(4);
            } else if (line.startsWith("data: {\"op\":\"entries\"")) {
              heard.frame(new JsonObject(line.substring(6)));
              goesOn = goesOn(heard, way, isFirst);
              isFirst = false;
            }
          }
          lastId = "Last-Event-ID: " + id + "\r\n";
        }
        played.await();
      }
      return heard;
    };
  }

  /** Bilibili's packets by WebSocket. */
  Callable<Heard> sub(int version, Way way) {
    return () -> {
      GoimHeard heard = new GoimHeard("sub v" + version + " " + way, log);
      int receive = way == Way.STALLED ? SMALL_BYTES : 0;
      try (WsClient client = WsClient.open(port, "/sub", receive)) {
        client.raw(WsClient.frame(0x82, join(version)));
        boolean goesOn = true;
        boolean isFirst = true;
        while (goesOn) {
          WsClient.Got got = client.next();
          if (got.opcode() == 2 && heard.packets(ByteBuffer.wrap(got.payload()))) {
            goesOn = goesOn(heard.heard, way, isFirst);
            isFirst = false;
          }
        }
      }
      return heard.heard;
    };
  }

  /** Bilibili's packets by TCP. */
  Callable<Heard> tcp(int version, Way way) {
    return () -> {
      GoimHeard heard = new GoimHeard("tcp v" + version + " " + way, log);
      try (Socket socket = connect(way);
          DataInputStream in = new DataInputStream(socket.getInputStream())) {
        socket.getOutputStream().write(join(version));
        boolean goesOn = true;
        boolean isFirst = true;
        while (goesOn) {
          int size = in.readInt();
          byte[] packet = new byte[size];
          ByteBuffer.wrap(packet).putInt(size);
          in.readFully(packet, 4, size - 4);
          if (heard.packets(ByteBuffer.wrap(packet))) {
            goesOn = goesOn(heard.heard, way, isFirst);
            isFirst = false;
          }
        }
      }
      return heard.heard;
    };
  }

  private byte[] join(int version) {
    byte[] body =
        "{\"uid\":0,\"roomid\":%d,\"protover\":%d}"
            .formatted(room, version)
            .getBytes(StandardCharsets.US_ASCII);
    return ByteBuffer.allocate(16 + body.length)
        .putInt(16 + body.length)
        .putShort((short) 16)
        .putShort((short) 1)
        .putInt(7)
        .putInt(1)
        .put(body)
        .array();
  }

  private Socket connect(Way way) throws IOException {
    Socket socket = new Socket();
    if (way == Way.STALLED) {
      socket.setReceiveBufferSize(SMALL_BYTES);
    }
    socket.setSoTimeout(TIMEOUT_MS);
    socket.connect(new InetSocketAddress("127.0.0.1", port));
    return socket;
  }

  // Small, so that what is not read is not here.
  private static BufferedReader reader(Socket socket) throws IOException {
    return new BufferedReader(
        new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8), 256);
  }
}
