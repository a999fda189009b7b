// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Benchmarks".
package io.hongbao.bench;

import io.hongbao.client.HongbaoClient;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The product with one public room and some people who talk in it.
 *
 * <p><b>Thread:</b> one; the talk has its own.
 */
final class RoomServer implements AutoCloseable {

  static final long ROOM = 7;

  private static final long FIRST_USER = 50_001;
  private static final int TALKERS = 20;

  private final Child child;
  private final List<HongbaoClient> talkers = new ArrayList<>();
  private @Nullable Thread talk;
  private volatile boolean isOver;

  private RoomServer(Child child) {
    this.child = child;
  }

  /** Starts one on a directory of its own. */
  static RoomServer start(Path directory, Cores cores, List<String> settings) throws Exception {
    List<String> all = new ArrayList<>(settings);
    // All readers come from a few addresses of this machine.
    all.addAll(List.of("--http.connections_max=2000", "--gateway.per_address_max=1000000"));
    RoomServer server = new RoomServer(Child.server(directory, cores, all));
    String url = server.child.address().toString();
    HongbaoClient operator =
        HongbaoClient.at(url)
            .withToken(server.child.operatorKey())
            .withHeader("Hongbao-Cause", "bench");
    operator.post(
        "/v1/operator/rooms", Map.of("room_id", Long.toString(ROOM), "public", Boolean.TRUE));
    operator
        .post(
            "/v1/sandbox/users",
            Map.of("first_user_id", Long.toString(FIRST_USER), "count", TALKERS))
        .items("tokens")
        .forEach(
            one ->
                server.talkers.add(
                    HongbaoClient.at(url).withToken(String.valueOf(one.get("token")))));
    return server;
  }

  Child child() {
    return child;
  }

  InetSocketAddress address() {
    return FanOutBench.address(child);
  }

  /** Says one thing. */
  void say(String text) throws Exception {
    talkers.get(0).post("/v1/rooms/" + ROOM + "/danmaku", Map.of("text", text));
  }

  /** Lets people talk until this is closed. */
  void talk(double perSecond) {
    talk =
        Thread.ofPlatform()
            .daemon()
            .name("talk")
            .start(
                () -> {
                  try {
                    for (int i = 0; !isOver; i++) {
                      talkers
                          .get(i % TALKERS)
                          .post("/v1/rooms/" + ROOM + "/danmaku", Map.of("text", "word " + i));
                      TimeUnit.MILLISECONDS.sleep((long) (1_000 / perSecond));
                    }
                  } catch (Exception over) {
                    // The server may be gone; what readers miss is counted by them.
                  }
                });
  }

  /** Memory that is there when what nobody uses is gone. */
  long settledBytes() throws Exception {
    return child.settledBytes();
  }

  @Override
  public void close() throws Exception {
    isOver = true;
    if (talk != null) {
      talk.join(TimeUnit.SECONDS.toMillis(5));
    }
    child.close();
  }
}
