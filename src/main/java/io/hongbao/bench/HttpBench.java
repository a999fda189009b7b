// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Benchmarks".
package io.hongbao.bench;

import io.hongbao.client.HongbaoClient;
import io.hongbao.client.Reply;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Opens over HTTP, beside the smallest JSON server that Vert.x can be, with the same client.
 *
 * <p>Server and baseline are pinned to the same cores and never work at the same time; the client
 * has the others.
 */
final class HttpBench {

  private static final long FIRST_USER = 20_001;
  private static final long ROOM = 77_001;
  private static final int[] CONNECTIONS = {64, 256};
  private static final double P99 = 0.99;

  /** Packets are sent beforehand for so many opens a second at least. */
  private static final double SINGLE_MIN = 30_000;

  private static final double BATCHED_MIN = 150_000;
  private static final HttpLoad.Script PLAIN =
      new HttpLoad.Script() {
        private final byte[] request =
            ("POST /v1/red-packets/0000000000000000000/open HTTP/1.1\r\nHost: bench\r\n"
                    + "Authorization: Bearer hb_0123456789012345678901234567890123456789012\r\n"
                    + "Content-Length: 0\r\n\r\n")
                .getBytes(java.nio.charset.StandardCharsets.US_ASCII);

        @Override
        public int next(byte[] target, int connection) {
          System.arraycopy(request, 0, target, 0, request.length);
          return request.length;
        }

        @Override
        public void answered(int connection, int status, byte[] bytes, int bodyAt, int bodyEnd) {}
      };

  private final BenchOptions options;
  private final Cores cores = Cores.split();
  private final List<String> tokens = new ArrayList<>();
  private int supplies;
  private String gatewayKey = "";
  private final double[] best = new double[2];

  HttpBench(BenchOptions options) {
    this.options = options;
  }

  List<BenchLine> run() throws Exception {
    List<BenchLine> lines = new ArrayList<>();
    Path directory = options.directory().resolve("http");
    cores.takeClients();
    try (Child server = Child.server(directory, cores, List.of());
        Child baseline =
            Child.helper(
                cores, List.of("bench", "baseline", "--loops", "" + cores.serverCount()))) {
      seed(server);
      for (int connections : connections()) {
        try (HttpLoad load = new HttpLoad(server.address(), connections);
            HttpLoad plain = new HttpLoad(baseline.address(), connections)) {
          singles(load, server, 1);
          plain.closedLoop(PLAIN, options.seconds());
          lines.add(
              Rounds.compare(
                  "http: single opens, " + connections + " connections",
                  "opens/s",
                  options.rounds(),
                  cores.serverCount(),
                  () -> singles(load, server, 1),
                  () -> plain.closedLoop(PLAIN, options.seconds()).perSecond()));
        }
      }
      atHalfOfPeak(server, lines);
      batches(server, lines);
    }
    return lines;
  }

  private int[] connections() {
    return options.connections() == 0 ? CONNECTIONS : new int[] {options.connections()};
  }

  private void seed(Child server) throws Exception {
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
    int users = (int) Math.min(10_000, options.accounts());
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

  private OpenScript script(Child server, long opens, int batch) throws IOException {
    int packets = (int) Math.max(20, opens / options.shares() + 1);
    try (HttpLoad load = new HttpLoad(server.address(), 64)) {
      SendScript sends =
          new SendScript(tokens, ROOM, options.shares(), packets, "b" + supplies++ + "-");
      while (sends.ids().size() + sends.refused() < packets) {
        load.closedLoop(sends, 5);
      }
      if (sends.refused() > 0) {
        throw new IOException(sends.refused() + " packets were refused");
      }
      return new OpenScript(sends.ids(), tokens, FIRST_USER, options.shares(), batch, gatewayKey);
    }
  }

  private double singles(HttpLoad load, Child server, int batch) throws IOException {
    double expected = Math.max(best[batch > 1 ? 1 : 0], batch > 1 ? BATCHED_MIN : SINGLE_MIN);
    long opens = (long) (expected * options.seconds() * 1.5);
    OpenScript script = script(server, opens, batch);
    HttpLoad.Result result = load.closedLoop(script, options.seconds());
    if (script.refused() > 0) {
      throw new IOException(script.refused() + " opens were refused: " + script.firstRefusal());
    }
    double rate = script.ok() / result.seconds();
    int kind = batch > 1 ? 1 : 0;
    best[kind] = Math.max(best[kind], rate);
    options
        .progress()
        .accept(
            String.format(
                Locale.ROOT,
                "opens of %d: %.0f/s, p99 %.2f ms, client busy %.2f",
                batch,
                rate,
                result.latency().quantileNanos(P99) / 1e6,
                result.busyShare()));
    return rate;
  }

  private void atHalfOfPeak(Child server, List<BenchLine> lines) throws IOException {
    double[] p99 = new double[options.rounds()];
    try (HttpLoad load = new HttpLoad(server.address(), connections()[connections().length - 1])) {
      for (int i = 0; i < p99.length; i++) {
        OpenScript script = script(server, (long) (best[0] / 2 * options.seconds() * 1.1), 1);
        HttpLoad.Result result = load.openLoop(script, best[0] / 2, options.seconds());
        p99[i] = result.latency().quantileNanos(P99) / 1e6;
      }
    }
    lines.add(
        new BenchLine(
            "http: p99 at half of the peak, open loop",
            Rounds.median(p99),
            "ms",
            Double.NaN,
            Double.NaN,
            p99.length,
            java.util.Arrays.stream(p99).min().orElse(0),
            java.util.Arrays.stream(p99).max().orElse(0),
            cores.serverCount()));
  }

  private void batches(Child server, List<BenchLine> lines) throws Exception {
    int batch = options.batch() > 1 ? options.batch() : 500;
    try (HttpLoad load = new HttpLoad(server.address(), 64);
        HttpLoad few = new HttpLoad(server.address(), 8)) {
      lines.add(
          Rounds.compare(
              "http: opens in batches of " + batch + ", beside single opens",
              "opens/s",
              options.rounds(),
              cores.serverCount(),
              () -> singles(few, server, batch),
              () -> singles(load, server, 1)));
    }
  }
}
