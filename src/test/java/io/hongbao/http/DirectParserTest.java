// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The edge".
package io.hongbao.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hongbao.http.DirectParser.Verdict;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpRequestDecoder;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read past Vert.x is what Vert.x would have read, to the byte; else it is not read. */
class DirectParserTest {

  private static final String OPEN = "POST /v1/red-packets/1234567890123456789/open HTTP/1.1\r\n";
  private static final String HOST = "Host: x\r\n";
  private static final int MUTATIONS = 60_000;

  /** What a mutation puts in: all that has a meaning in a head. */
  private static final List<String> PIECES =
      List.of(
          "\r\n",
          "\r",
          "\n",
          " ",
          "\t",
          ":",
          "0",
          "1",
          "5",
          ",",
          "\0",
          "\u00e9",
          "x",
          "\r\n\r\n",
          "Content-Length: 3\r\n",
          "content-length:0\r\n",
          "Transfer-Encoding: chunked\r\n",
          "Connection: close\r\n",
          "Connection: keep-alive\r\n",
          "Expect: 100-continue\r\n",
          "Authorization: Bearer b\r\n",
          "Host: y\r\n",
          "GET /a HTTP/1.1\r\n",
          "HTTP/1.0",
          "{}",
          "Upgrade: h2c\r\n",
          "Sec-WebSocket-Key1: a\r\nSec-WebSocket-Key2: b\r\n",
          " chunked",
          "+",
          "-",
          "0x1",
          "X-Request-Id: r\r\n");

  private final DirectParser parser = new DirectParser();

  private Verdict read(String text) {
    return parser.read(Unpooled.wrappedBuffer(text.getBytes(ISO_8859_1)));
  }

  @Test
  void readsAnOpenWithItsHeadersAndItsBody() {
    String head =
        OPEN
            + "host: x\r\nauthorization:Bearer abc \r\nX-Request-Id:\tr-1\r\nAccept: */*\r\n"
            + "Connection: Keep-Alive\r\nContent-Length: 2\r\n\r\n{}";

    assertEquals(Verdict.DIRECT, read(head));

    assertTrue(parser.isOpen());
    assertEquals("1234567890123456789", parser.packetId());
    assertEquals("Bearer abc", parser.values()[DirectParser.indexOf("Authorization")]);
    assertEquals("r-1", parser.values()[DirectParser.indexOf("x-request-id")]);
    assertNull(parser.values()[DirectParser.indexOf("Content-Type")]);
    assertEquals("{}", new String(parser.body(), ISO_8859_1));
    assertThrows(IllegalStateException.class, () -> DirectParser.indexOf("Accept"));
  }

  @Test
  void forgetsTheRequestBefore() {
    read(OPEN + HOST + "Authorization: Bearer abc\r\nContent-Length: 2\r\n\r\n{}");

    assertEquals(Verdict.DIRECT, read(OPEN.replace("open", "grab") + HOST + "\r\n"));

    assertNull(parser.values()[DirectParser.indexOf("Authorization")]);
    assertEquals(0, parser.body().length);
    assertTrue(!parser.isOpen());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /v1/accounts/me HTTP/1.1\r\nHost: x\r\n\r\n",
        "POST /v1/red-packets HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}",
        "POST /v1/red-packets/123456789012345678/open HTTP/1.1\r\nHost: x\r\n\r\n",
        "POST /v1/red-packets/1234567890123456789/open?a=b HTTP/1.1\r\nHost: x\r\n\r\n",
        "POST /v1/red-packets/1234567890123456789/opens HTTP/1.1\r\nHost: x\r\n\r\n",
        "post /v1/red-packets/1234567890123456789/open HTTP/1.1\r\nHost: x\r\n\r\n",
        "PUT /v1/red-packets/1234567890123456789/open HTTP/1.1\r\nHost: x\r\n\r\n",
      })
  void leavesOtherWholeRequestsToVertx(String text) {
    assertEquals(text.startsWith("post") ? Verdict.UNKNOWN : Verdict.WHOLE, read(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\r\n",
        "Host: x\r\n",
        "\r\n{}",
        "Host: x\r\nHost: x\r\n\r\n",
        "Host: x\r\n\r\n{}",
        "Host: x\r\nContent-Length: 2\r\n\r\n{",
        "Host: x\r\nContent-Length: 2\r\n\r\n{}x",
        "Host: x\r\nContent-Length: 2\r\nContent-Length: 2\r\n\r\n{}",
        "Host: x\r\nContent-Length: 2, 2\r\n\r\n{}",
        "Host: x\r\nContent-Length: +2\r\n\r\n{}",
        "Host: x\r\nContent-Length: \r\n\r\n",
        "Host: x\r\nContent-Length: 100000\r\n\r\n",
        "Host: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "Host: x\r\ntransfer-encoding: identity\r\n\r\n",
        "Host: x\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n{}",
        "Host: x\r\nConnection: close\r\n\r\n",
        "Host: x\r\nUpgrade: h2c\r\n\r\n",
        "Host: x\r\nSec-WebSocket-Key1: a\r\nSec-WebSocket-Key2: b\r\n\r\n",
        "Host: x\r\nAuthorization: Bearer a\r\nauthorization: Bearer b\r\n\r\n",
        "Host: x\r\nName : value\r\n\r\n",
        "Host: x\r\n folded\r\n\r\n",
        "Host: x\r\nName\r\n\r\n",
        "Host: x\r\n: value\r\n\r\n",
        "Host: x\nName: value\n\n",
        "Host: x\r\nName: val\u0000ue\r\n\r\n",
        "Host: x\r\nName: val\u00ffue\r\n\r\n",
        "Host: x\r\nName: val\rue\r\n\r\n",
      })
  void leavesAConnectionWhoseFramesAreInDoubtToVertx(String behindTheLine) {
    assertEquals(Verdict.UNKNOWN, read(OPEN + behindTheLine));
    assertEquals(Verdict.UNKNOWN, read("GET /a HTTP/1.1\r\n" + behindTheLine));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "POST /v1/red-packets/1234567890123456789/open HTTP/1.0\r\n",
        "POST  /v1/red-packets/1234567890123456789/open HTTP/1.1\r\n",
        "POST /v1/red-packets/1234567890123456789/open  HTTP/1.1\r\n",
        "POST /v1/red-packets/1234567890123456789/open HTTP/1.1\n",
        "\r\nPOST /v1/red-packets/1234567890123456789/open HTTP/1.1\r\n",
        "POST /v1/ü HTTP/1.1\r\n",
        "POST\r\n",
        "P\r\n",
      })
  void leavesStrangeRequestLinesToVertx(String line) {
    assertEquals(Verdict.UNKNOWN, read(line + HOST + "\r\n"));
  }

  @Test
  void leavesWhatIsTooLongToVertx() {
    String name = "Name: " + "v".repeat(DirectParser.BYTES_MAX) + "\r\n";

    assertEquals(Verdict.UNKNOWN, read(OPEN + HOST + name + "\r\n"));
  }

  @Test
  void leavesALineThatVertxRefusesToVertx() {
    String path = "/" + "p".repeat(EdgeOptions.REQUEST_LINE_BYTES_MAX);

    assertEquals(Verdict.UNKNOWN, read("GET " + path + " HTTP/1.1\r\n" + HOST + "\r\n"));
    assertEquals(
        Verdict.WHOLE, read("GET " + path.substring(20) + " HTTP/1.1\r\n" + HOST + "\r\n"));
  }

  @Test
  void everyBeginningIsInDoubt() {
    String whole = OPEN + HOST + "Content-Length: 2\r\nAuthorization: Bearer a\r\n\r\n{}";
    for (int i = 0; i < whole.length(); i++) {
      assertEquals(Verdict.UNKNOWN, read(whole.substring(0, i)), whole.substring(0, i));
    }
    assertEquals(Verdict.DIRECT, read(whole));
  }

  /** Requests with something put in, taken out or doubled: the two agree, or Vert.x decides. */
  @Test
  void whatIsTakenNettyReadsTheSameWay() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    int taken = 0;
    for (int i = 0; i < MUTATIONS; i++) {
      String text = mutated(random);
      Verdict verdict = read(text);
      if (verdict != Verdict.UNKNOWN) {
        taken++;
        compare(text, verdict, "seed " + seed + ", number " + i);
      }
    }
    assertTrue(taken > MUTATIONS / 50, "seed " + seed + ": only " + taken + " were taken");
  }

  private static String mutated(Random random) {
    StringBuilder text = new StringBuilder(random.nextBoolean() ? OPEN : "GET /a HTTP/1.1\r\n");
    text.append(HOST).append("Authorization: Bearer a\r\n");
    text.append(random.nextBoolean() ? "Content-Length: 2\r\n\r\n{}" : "\r\n");
    int changes = random.nextInt(4);
    for (int i = 0; i < changes; i++) {
      int at = random.nextInt(text.length() + 1);
      switch (random.nextInt(3)) {
        case 0 -> text.insert(at, PIECES.get(random.nextInt(PIECES.size())));
        case 1 -> text.delete(at, Math.min(text.length(), at + 1 + random.nextInt(4)));
        default -> {
          // Whole lines are doubled, since that is what smuggling is made of.
          String[] lines = text.toString().split("(?<=\r\n)", -1);
          int line = random.nextInt(lines.length);
          text.insert(text.indexOf(lines[line]), lines[line]);
        }
      }
    }
    return text.toString();
  }

  private void compare(String text, Verdict verdict, String which) {
    String what = which + ": " + text.replace("\r", "\\r").replace("\n", "\\n");
    EmbeddedChannel netty =
        new EmbeddedChannel(
            new HttpRequestDecoder(4096, 16 * 1024, 8192), new HttpObjectAggregator(1 << 16));
    netty.writeInbound(Unpooled.wrappedBuffer(text.getBytes(ISO_8859_1)));
    FullHttpRequest one = assertInstanceOf(FullHttpRequest.class, netty.readInbound(), what);
    assertTrue(one.decoderResult().isSuccess(), what);
    assertNull(netty.readInbound(), what);
    // Nothing stays behind in the decoder: the next request begins at a clean place.
    netty.writeInbound(
        Unpooled.wrappedBuffer("GET /next HTTP/1.1\r\nHost: n\r\n\r\n".getBytes(ISO_8859_1)));
    FullHttpRequest next = assertInstanceOf(FullHttpRequest.class, netty.readInbound(), what);
    assertEquals("/next", next.uri(), what);
    if (verdict == Verdict.DIRECT) {
      assertEquals("POST", one.method().name(), what);
      assertEquals(
          "/v1/red-packets/" + parser.packetId() + (parser.isOpen() ? "/open" : "/grab"),
          one.uri(),
          what);
      assertEquals(one.content().toString(ISO_8859_1), new String(parser.body(), ISO_8859_1), what);
      assertEquals(
          one.headers().get(HttpHeaderNames.AUTHORIZATION),
          parser.values()[DirectParser.indexOf("Authorization")],
          what);
      assertEquals(
          one.headers().get(RequestIds.HEADER),
          parser.values()[DirectParser.indexOf(RequestIds.HEADER)],
          what);
    }
    one.release();
    next.release();
    netty.finishAndReleaseAll();
  }
}
