// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The page".
package io.hongbao.play;

import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.List;
import java.util.function.Consumer;

/**
 * The connections of the simulated viewers: each holds a real one to the room, and comes back when
 * it is cut. One of them reads what it hears; to the others it is enough to be there.
 *
 * <p><b>Thread:</b> one event loop's.
 */
final class Seats {

  private static final long JOIN_EVERY_MS = 4;
  private static final long AGAIN_MS = 1_500;
  private static final int FRAME_BYTES_MAX = 1 << 20;

  private final Vertx vertx;
  private final WebSocketClient client;
  private final WebSocketConnectOptions target;
  private final String roomId;
  private final Consumer<JsonObject> ear;

  /**
   * @param ear hears every entry of the room
   */
  Seats(Vertx vertx, URI server, String roomId, Consumer<JsonObject> ear) {
    this.vertx = vertx;
    this.client =
        vertx.createWebSocketClient(
            new WebSocketClientOptions()
                .setMaxConnections(PlayOptions.VIEWERS_MAX + 1)
                .setMaxFrameSize(FRAME_BYTES_MAX)
                .setMaxMessageSize(FRAME_BYTES_MAX));
    this.target =
        new WebSocketConnectOptions()
            .setHost(server.getHost())
            .setPort(server.getPort())
            .setURI("/v1/rooms/ws")
            .setSubProtocols(List.of("hongbao.v1"));
    this.roomId = roomId;
    this.ear = ear;
  }

  /** Takes so many seats, one after the other; any thread. */
  void take(int count) {
    vertx.runOnContext(
        ignored -> {
          sit(true);
          for (int i = 1; i < count; i++) {
            vertx.setTimer(i * JOIN_EVERY_MS, later -> sit(false));
          }
        });
  }

  private void sit(boolean listens) {
    client
        .connect(target)
        .onSuccess(socket -> seated(socket, listens))
        .onFailure(lost -> vertx.setTimer(AGAIN_MS, later -> sit(listens)));
  }

  private void seated(WebSocket socket, boolean listens) {
    socket.exceptionHandler(ignored -> {});
    socket.closeHandler(closed -> vertx.setTimer(AGAIN_MS, later -> sit(listens)));
    if (listens) {
      socket.textMessageHandler(this::heard);
    }
    JsonObject join = new JsonObject().put("op", "join").put("room", roomId);
    socket
        .writeTextMessage(join.put("density", listens ? "high" : "low").encode())
        .onFailure(ignored -> {});
  }

  private void heard(String text) {
    try {
      JsonObject frame = new JsonObject(text);
      JsonArray items = frame.getJsonArray("items", new JsonArray());
      if ("entries".equals(frame.getString("op"))) {
        items.forEach(item -> ear.accept((JsonObject) item));
      }
    } catch (DecodeException notForUs) {
      // A newer server may say more than we understand.
    }
  }
}
