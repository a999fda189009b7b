// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Benchmarks".
package io.hongbao.bench;

import io.hongbao.client.HongbaoClient;
import io.hongbao.client.Reply;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A server with users, a room and a gateway's key, and packets for as many opens as are asked for.
 *
 * <p><b>Thread:</b> the measuring thread.
 */
final class HttpRig {

  /** What the load finds at the baseline: a request as long as an open. */
  static final HttpLoad.Script PLAIN =
      new HttpLoad.Script() {
        private final byte[] request =
            ("POST /v1/red-packets/0000000000000000000/open HTTP/1.1\r\nHost: bench\r\n"
                    + "Authorization: Bearer hb_0123456789012345678901234567890123456789012\r\n"
                    + "Content-Length: 0\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);

        @Override
        public int next(byte[] target, int connection) {
          System.arraycopy(request, 0, target, 0, request.length);
          return request.length;
        }

        @Override
        public void answered(int connection, int status, byte[] bytes, int bodyAt, int bodyEnd) {
          if (status != 200) {
            throw new IllegalStateException(
                new String(bytes, bodyAt, bodyEnd - bodyAt, StandardCharsets.UTF_8));
          }
        }
      };

  private static final long FIRST_USER = 20_001;
  private static final long ROOM = 77_001;
  private static final double P99 = 0.99;

  /** Packets are sent beforehand for so many opens a second at least. */
  private static final double SINGLE_MIN = 30_000;

  private static final double BATCHED_MIN = 150_000;

  private final Child server;
  private final int shares;
  private final int live;
  private final Consumer<String> progress;
  private final List<String> tokens = new ArrayList<>();
  private final String gatewayKey;
  private final double[] best = new double[2];
  private int supplies;
  private double cpuMicros;

  /**
   * Seeds a server that nobody has used.
   *
   * @param live packets that are opened in turns; one = all go to the same until it is empty
   */
  HttpRig(Child server, int users, int shares, int live, Consumer<String> progress)
      throws Exception {
    this.server = server;
    this.shares = shares;
    this.live = live;
    this.progress = progress;
    HongbaoClient operator =
        HongbaoClient.at(server.address().toString())
            .withToken(server.operatorKey())
            .withHeader("Hongbao-Cause", "bench");
    operator.post(
        "/v1/operator/rooms", Map.of("room_id", Long.toString(ROOM), "public", Boolean.TRUE));
    gatewayKey =
        operator
            .post(
                "/v1/operator/keys",
                Map.of("name", "bench", "role", "gateway", "scopes", List.of("packets:open")))
            .text("secret");
    for (int from = 0; from < users; from += 1_000) {
      Reply made =
          operator.post(
              "/v1/sandbox/users",
              Map.of(
                  "first_user_id",
                  Long.toString(FIRST_USER + from),
                  "count",
                  Math.min(1_000, users - from),
                  "fund",
                  Map.of("asset", "CNY", "amount", 10_000_000)));
      made.items("tokens").forEach(one -> tokens.add(String.valueOf(one.get("token"))));
    }
  }

  Child server() {
    return server;
  }

  /** Processor time of the server for each open of the last measurement, microseconds. */
  double cpuMicros() {
    return cpuMicros;
  }

  /** Most single opens per second so far. */
  double peak() {
    return best[0];
  }

  /** Most opens in batches per second so far. */
  double batchedPeak() {
    return best[1];
  }

  /** Sends packets for so many opens. */
  OpenScript script(long opens, int batch) throws IOException {
    int packets = (int) Math.max(20, opens / shares + 1);
    try (HttpLoad load = new HttpLoad(server.address(), 64)) {
      SendScript sends = new SendScript(tokens, ROOM, shares, packets, "b" + supplies++ + "-");
      while (sends.ids().size() + sends.refused() < packets) {
        load.closedLoop(sends, 5);
      }
      if (sends.refused() > 0) {
        throw new IOException(sends.refused() + " packets were refused");
      }
      return new OpenScript(sends.ids(), tokens, FIRST_USER, shares, batch, gatewayKey, live);
    }
  }

  /**
   * Opens in a closed loop.
   *
   * @return opens per second
   */
  double opens(HttpLoad load, int batch, double seconds) throws IOException {
    double expected = Math.max(best[batch > 1 ? 1 : 0], batch > 1 ? BATCHED_MIN : SINGLE_MIN);
    long opens = (long) (expected * seconds * 1.5);
    OpenScript script = script(opens, batch);
    long cpuBefore = server.cpuNanos();
    HttpLoad.Result result = load.closedLoop(script, seconds);
    cpuMicros = (server.cpuNanos() - cpuBefore) / 1e3 / Math.max(1, script.ok());
    if (script.refused() > 0) {
      throw new IOException(script.refused() + " opens were refused: " + script.firstRefusal());
    }
    double rate = script.ok() / result.seconds();
    int kind = batch > 1 ? 1 : 0;
    best[kind] = Math.max(best[kind], rate);
    progress.accept(
        String.format(
            Locale.ROOT,
            "opens of %d: %.0f/s, %.1f µs each, p99 %.2f ms, client busy %.2f",
            batch,
            rate,
            cpuMicros,
            result.latency().quantileNanos(P99) / 1e6,
            result.busyShare()));
    return rate;
  }
}
