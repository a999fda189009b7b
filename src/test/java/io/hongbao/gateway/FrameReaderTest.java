// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The gateway".
package io.hongbao.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** RFC 6455 as a client may send it, in any pieces, and as it may not. */
class FrameReaderTest {

  private static final int BYTES_MAX = 70_000;
  private static final int FIN = 0x80;
  private static final int RSV1 = 0x40;

  /** What was heard, as text. */
  private static final class Heard implements FrameSink {
    private final List<String> all = new ArrayList<>();

    @Override
    public void message(boolean isText, ByteBuf payload) {
      all.add((isText ? "text " : "binary ") + payload.toString(StandardCharsets.UTF_8));
    }

    @Override
    public void ping(ByteBuf payload) {
      all.add("ping " + payload.toString(StandardCharsets.UTF_8));
    }

    @Override
    public void pong() {
      all.add("pong");
    }

    @Override
    public void closed(int code) {
      all.add("close " + code);
    }
  }

  private static FrameReader reader(boolean deflates) {
    return new FrameReader(BYTES_MAX, deflates ? new SharedInflater() : null);
  }

  private static void read(FrameReader reader, byte[] bytes, Heard heard) throws ProtocolException {
    ByteBuf in = Unpooled.copiedBuffer(bytes);
    reader.read(in, UnpooledByteBufAllocator.DEFAULT, heard);
    assertEquals(0, in.readableBytes(), "all is read");
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  private static byte[] text(int first, String text) {
    return WsClient.frame(first, text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void theSameIsHeardHoweverTheBytesAreCut() throws Exception {
    String longText = "长".repeat(20_000);
    byte[] all =
        join(
            text(FIN | 1, "hello"),
            text(1, "in "),
            text(FIN | 9, "are you there"),
            text(0, "three "),
            text(FIN, "pieces"),
            text(FIN | 2, ""),
            text(FIN | 10, ""),
            text(FIN | 1, longText),
            text(1, ""),
            text(FIN, ""),
            text(FIN | 8, "\u0003è".substring(0, 0)));
    List<String> wanted =
        List.of(
            "text hello",
            "ping are you there",
            "text in three pieces",
            "binary ",
            "pong",
            "text " + longText,
            "text ",
            "close 1000");
    for (int seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      FrameReader reader = reader(false);
      Heard heard = new Heard();
      int at = 0;
      while (at < all.length) {
        int most = random.nextInt(10) == 0 ? 50_000 : 1 + random.nextInt(9);
        int end = Math.min(all.length, at + 1 + random.nextInt(most));
        read(reader, java.util.Arrays.copyOfRange(all, at, end), heard);
        at = end;
      }
      assertEquals(wanted, heard.all, "seed " + seed);
      assertTrue(!reader.isInside(), "nothing is kept");
    }
  }

  static Stream<Arguments> wrong() {
    byte[] halfCharacter = {(byte) 0xe4, (byte) 0xbd};
    return Stream.of(
        Arguments.of("reserved bit", 1002, text(FIN | RSV1 | 1, "x")),
        Arguments.of("unknown opcode", 1002, text(FIN | 3, "x")),
        Arguments.of("unknown control", 1002, text(FIN | 11, "")),
        Arguments.of("no mask", 1002, new byte[] {(byte) 0x81, 1, 'x'}),
        Arguments.of("ping in pieces", 1002, text(9, "x")),
        Arguments.of("long ping", 1002, text(FIN | 9, "x".repeat(126))),
        Arguments.of("nothing to go on with", 1002, text(FIN, "x")),
        Arguments.of("a new message inside one", 1002, join(text(1, "a"), text(FIN | 1, "b"))),
        Arguments.of("half a character", 1007, WsClient.frame(FIN | 1, halfCharacter)),
        Arguments.of("surrogate", 1007, WsClient.frame(1, new byte[] {(byte) 0xed, (byte) 0xa0})),
        Arguments.of("overlong", 1007, WsClient.frame(1, new byte[] {(byte) 0xc0, (byte) 0x80})),
        Arguments.of(
            "above U+10FFFF", 1007, WsClient.frame(1, new byte[] {(byte) 0xf4, (byte) 0x90})),
        Arguments.of("close of one byte", 1002, WsClient.frame(FIN | 8, new byte[] {3})),
        Arguments.of("close 1005", 1002, WsClient.frame(FIN | 8, new byte[] {3, (byte) 0xed})),
        Arguments.of("close 999", 1002, WsClient.frame(FIN | 8, new byte[] {3, (byte) 0xe7})),
        Arguments.of(
            "close reason",
            1007,
            WsClient.frame(FIN | 8, new byte[] {3, (byte) 0xe8, (byte) 0xff})),
        Arguments.of("too long", 1009, text(FIN | 2, "x".repeat(BYTES_MAX + 1))),
        Arguments.of(
            "too long in pieces", 1009, join(text(2, "x".repeat(BYTES_MAX - 1)), text(FIN, "xx"))),
        Arguments.of(
            "negative length",
            1002,
            new byte[] {(byte) 0x82, (byte) 0xff, -1, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4}),
        Arguments.of(
            "four exabytes",
            1009,
            new byte[] {(byte) 0x82, (byte) 0xff, 0x3f, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4}),
        Arguments.of(
            "not the shortest form",
            1002,
            new byte[] {(byte) 0x81, (byte) 0xfe, 0, 1, 1, 2, 3, 4, 5}));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("wrong")
  void whatIsForbiddenEndsWithItsCode(String what, int code, byte[] bytes) {
    FrameReader reader = reader(false);

    ProtocolException refused =
        assertThrows(ProtocolException.class, () -> read(reader, bytes, new Heard()));

    assertEquals(code, refused.code(), refused.reason());
    reader.release();
  }

  @Test
  void deflatedMessagesAreInflatedAndBombsAreNot() throws Exception {
    Heard heard = new Heard();
    byte[] talk = deflate("好".repeat(1_000).getBytes(StandardCharsets.UTF_8));
    FrameReader reader = reader(true);
    read(reader, WsClient.frame(FIN | RSV1 | 1, talk), heard);
    byte[] half = java.util.Arrays.copyOf(talk, talk.length / 2);
    byte[] rest = java.util.Arrays.copyOfRange(talk, talk.length / 2, talk.length);
    read(reader, join(WsClient.frame(RSV1 | 1, half), WsClient.frame(FIN, rest)), heard);
    assertEquals(List.of("text " + "好".repeat(1_000), "text " + "好".repeat(1_000)), heard.all);

    byte[] bomb = WsClient.frame(FIN | RSV1 | 2, deflate(new byte[50 * BYTES_MAX]));
    assertEquals(
        1009, assertThrows(ProtocolException.class, () -> read(reader(true), bomb, heard)).code());
    byte[] broken = WsClient.frame(FIN | RSV1 | 1, new byte[] {(byte) 0xff, 1, 2, 3});
    assertEquals(
        1007,
        assertThrows(ProtocolException.class, () -> read(reader(true), broken, heard)).code());
  }

  private static byte[] deflate(byte[] data) {
    SharedDeflater deflater = new SharedDeflater();
    int size = deflater.deflate(data, data.length);
    return java.util.Arrays.copyOf(deflater.out(), size);
  }

  @Test
  void anyBytesAreReadOrRefused() {
    for (int seed = 0; seed < 20_000; seed++) {
      Random random = new Random(seed);
      byte[] bytes = new byte[random.nextInt(200)];
      random.nextBytes(bytes);
      if (bytes.length > 2 && random.nextBoolean()) {
        // Often enough a frame that could be one.
        bytes[0] = (byte) (FIN | random.nextInt(11));
        bytes[1] = (byte) (0x80 | random.nextInt(128));
      }
      FrameReader reader = reader(random.nextBoolean());
      try {
        read(reader, bytes, new Heard());
      } catch (ProtocolException refused) {
        assertTrue(CloseCode.isAllowed(refused.code()), "seed " + seed);
      } finally {
        reader.release();
      }
    }
  }

  @Test
  void theSharedDeflaterWritesWhatTheJdkInflates() {
    // Level and flush are the product's; that the sizes are sane says that nothing is cut off.
    byte[] data = "abc".repeat(10_000).getBytes(StandardCharsets.US_ASCII);
    Deflater jdk = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
    jdk.setInput(data);
    jdk.finish();
    assertTrue(deflate(data).length < 4 * jdk.deflate(new byte[data.length]));
    jdk.end();
  }
}
