// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The gateway".
package io.hongbao.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** What a client of Bilibili's packets hears, in the words of {@link Heard}. */
final class GoimHeard {

  private static final int OP_MESSAGE = 5;
  private static final int ZLIB = 2;
  private static final int BROTLI = 3;
  private static final String[] MODES = {"", "scroll", "", "", "bottom", "top"};

  final Heard heard;
  private final RecordedLog log;

  GoimHeard(String who, RecordedLog log) {
    this.heard = new Heard(who);
    this.log = log;
  }

  /** Takes packets; whether there was a message among them. */
  boolean packets(ByteBuffer in) throws DataFormatException {
    boolean hasMessage = false;
    while (in.hasRemaining()) {
      int size = in.getInt();
      assertEquals(16, in.getShort());
      int version = in.getShort();
      int operation = in.getInt();
      in.getInt();
      byte[] body = new byte[size - 16];
      in.get(body);
      if (operation == OP_MESSAGE) {
        hasMessage = true;
        switch (version) {
          case ZLIB -> packets(ByteBuffer.wrap(inflate(body)));
          case BROTLI -> packets(ByteBuffer.wrap(new StoredBrotli(body).read()));
          default -> command(new JsonObject(new String(body, StandardCharsets.UTF_8)));
        }
      }
    }
    return hasMessage;
  }

  private static byte[] inflate(byte[] body) throws DataFormatException {
    Inflater inflater = new Inflater();
    inflater.setInput(body);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] piece = new byte[4096];
    while (!inflater.finished()) {
      out.write(piece, 0, inflater.inflate(piece));
    }
    inflater.end();
    return out.toByteArray();
  }

  private void command(JsonObject json) {
    JsonObject data = json.getJsonObject("data");
    switch (json.getString("cmd")) {
      case "DANMU_MSG" -> chat(json.getJsonArray("info"));
      case "HONGBAO_LEFT_OUT" ->
          heard.leftOut(data.getLong("from"), data.getLong("to"), data.getLong("count"));
      case "SEND_GIFT" ->
          find(
              Heard.gift(
                  Long.parseLong(data.getString("tid")),
                  data.getLong("uid"),
                  data.getString("uname"),
                  data.getString("giftId"),
                  data.getLong("num"),
                  data.getLong("total_coin")));
      case "WATCHED_CHANGE" -> find("presence " + data.getLong("num"));
      case "RECALL_DANMU_MSG" -> find("recall " + data.getLong("target_id"));
      case "NOTICE_MSG" ->
          find("notice " + json.getString("name") + " " + json.getString("msg_common"));
      default ->
          find(
              Heard.money(
                  data.getString("type"),
                  data.getString("event"),
                  data.getJsonObject("hongbao").encode()));
    }
  }

  private void find(String word) {
    heard.shows(log.placeOf(word), word);
  }

  private void chat(JsonArray info) {
    JsonArray look = info.getJsonArray(0);
    JsonArray user = info.getJsonArray(2);
    heard.shows(
        look.getLong(5),
        Heard.chat(
            user.getLong(0),
            user.getString(1),
            info.getString(1),
            MODES[look.getInteger(1)],
            look.getLong(3),
            look.getLong(2)));
  }

  /** Reads what RFC 7932 calls uncompressed meta-blocks, and takes nothing else. */
  private static final class StoredBrotli {
    private final byte[] in;
    private int bit;

    StoredBrotli(byte[] in) {
      this.in = in;
    }

    private int bits(int count) {
      int value = 0;
      for (int i = 0; i < count; i++, bit++) {
        value |= (in[bit >> 3] >> (bit & 7) & 1) << i;
      }
      return value;
    }

    byte[] read() {
      assertEquals(1, bits(1), "a window of more than 16 bits");
      assertEquals(5, bits(3), "of 22 bits");
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      while (bits(1) == 0) {
        int size = bits(4 * (4 + bits(2))) + 1;
        assertEquals(1, bits(1), "stored");
        bit = bit + 7 & ~7;
        out.write(in, bit >> 3, size);
        bit += 8 * size;
      }
      assertEquals(1, bits(1), "the last block is empty");
      assertEquals(in.length, bit + 7 >> 3, "nothing behind it");
      return out.toByteArray();
    }
  }
}
