// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The edge".
package io.hongbao.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.hongbao.model.RefusalCode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * Reads the body of a batch of opens straight into columns, as strictly as {@link JsonRequest}
 * reads others.
 *
 * <p>A thousand items as a tree would be ten thousand objects; this way an item costs none, with a
 * claim code or a token two small ones.
 *
 * <p><b>Thread:</b> one event loop's: the digest has state.
 *
 * <p><b>Limit:</b> {@link #ITEMS_MAX} items.
 */
final class OpensBody {

  /** Items of one call. */
  static final int ITEMS_MAX = 1_000;

  private static final int ITEMS_START = 64;
  private static final int TOKEN_LENGTH_MAX = 256;
  private static final int PACKET_ID_DIGITS = 19;
  private static final String LIST = "items";

  private static final int PACKET_ID = 1;
  private static final int USER_ID = 1 << 1;
  private static final int TOKEN = 1 << 2;
  private static final int CLAIM_CODE = 1 << 3;

  private final MessageDigest digest;
  private int count;
  private long[] packetIds = new long[ITEMS_START];

  /** The user; 0 where a token stands instead. */
  private long[] userIds = new long[ITEMS_START];

  private long[] tokenHighs = new long[ITEMS_START];
  private long[] tokenLows = new long[ITEMS_START];
  private long[] claimHighs = new long[ITEMS_START];
  private long[] claimLows = new long[ITEMS_START];

  private OpensBody(MessageDigest digest) {
    this.digest = digest;
  }

  static OpensBody parse(byte[] utf8, MessageDigest digest) throws BadRequestException {
    var body = new OpensBody(digest);
    return JsonTree.read(utf8, body::read);
  }

  int count() {
    return count;
  }

  long packetId(int item) {
    return packetIds[item];
  }

  /** The user who opens; 0 = whoever the token stands for. */
  long userId(int item) {
    return userIds[item];
  }

  long tokenHigh(int item) {
    return tokenHighs[item];
  }

  long tokenLow(int item) {
    return tokenLows[item];
  }

  long claimHigh(int item) {
    return claimHighs[item];
  }

  long claimLow(int item) {
    return claimLows[item];
  }

  private OpensBody read(JsonParser parser) throws IOException, BadRequestException {
    boolean isRead = false;
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      if (!name.equals(LIST)) {
        throw unknown(JsonTree.pathOf("", name));
      }
      if (isRead) {
        throw BadRequestException.malformed(LIST, "stands there twice");
      }
      isRead = true;
      if (parser.nextToken() != JsonToken.START_ARRAY) {
        throw BadRequestException.malformed(LIST, "must be an array");
      }
      readItems(parser);
    }
    if (count == 0) {
      throw BadRequestException.malformed(LIST, isRead ? "must have an element" : "is missing");
    }
    return this;
  }

  private void readItems(JsonParser parser) throws IOException, BadRequestException {
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (count == ITEMS_MAX) {
        throw BadRequestException.malformed(LIST, "must have at most " + ITEMS_MAX + " elements");
      }
      if (parser.currentToken() != JsonToken.START_OBJECT) {
        throw wrong("", "must be an object");
      }
      if (count == packetIds.length) {
        grow();
      }
      readItem(parser);
      count++;
    }
  }

  private void readItem(JsonParser parser) throws IOException, BadRequestException {
    int seen = 0;
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      int field = fieldOf(name);
      if ((seen & field) != 0) {
        throw wrong(name, "stands there twice");
      }
      seen |= field;
      if (parser.nextToken() != JsonToken.VALUE_STRING) {
        throw wrong(
            name,
            parser.currentToken() == JsonToken.VALUE_NULL
                ? "must not be null"
                : "must be a string");
      }
      readValue(parser, name, field);
    }
    if ((seen & PACKET_ID) == 0) {
      throw wrong("packet_id", "is missing");
    }
    if ((seen & (USER_ID | TOKEN)) == 0) {
      throw wrong("user_id", "is missing, as is token");
    }
    if ((seen & (USER_ID | TOKEN)) == (USER_ID | TOKEN)) {
      throw wrong("token", "and user_id stand there both");
    }
  }

  private int fieldOf(String name) throws BadRequestException {
    return switch (name) {
      case "packet_id" -> PACKET_ID;
      case "user_id" -> USER_ID;
      case "token" -> TOKEN;
      case "claim_code" -> CLAIM_CODE;
      default -> throw unknown(JsonTree.pathOf(LIST + "[" + count + "]", name));
    };
  }

  private void readValue(JsonParser parser, String name, int field)
      throws IOException, BadRequestException {
    CharBuffer text =
        CharBuffer.wrap(parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength());
    switch (field) {
      case PACKET_ID -> packetIds[count] = packetId(text, name);
      case USER_ID -> userIds[count] = id(text, Fields.ID_MAX, name);
      case TOKEN -> token(text, name);
      default -> claimCode(text.toString(), name);
    }
  }

  private long packetId(CharBuffer text, String name) throws BadRequestException {
    long id = text.length() == PACKET_ID_DIGITS ? Ids.parse(text, Long.MAX_VALUE) : Ids.NOT_AN_ID;
    if (id == Ids.NOT_AN_ID) {
      throw wrong(name, "must be an id of " + PACKET_ID_DIGITS + " decimal digits");
    }
    return id;
  }

  private long id(CharBuffer text, long max, String name) throws BadRequestException {
    long id = Ids.parse(text, max);
    if (id == Ids.NOT_AN_ID) {
      throw wrong(name, "must be an id: 1 to " + max + " in decimal digits");
    }
    return id;
  }

  private void token(CharBuffer text, String name) throws BadRequestException {
    if (text.isEmpty() || text.length() > TOKEN_LENGTH_MAX) {
      throw wrong(name, "must have 1 to " + TOKEN_LENGTH_MAX + " characters");
    }
    digest.update(StandardCharsets.UTF_8.encode(text));
    ByteBuffer hash = ByteBuffer.wrap(digest.digest());
    userIds[count] = 0;
    tokenHighs[count] = hash.getLong();
    tokenLows[count] = hash.getLong();
  }

  private void claimCode(String text, String name) throws BadRequestException {
    ByteBuffer code = Fields.claimCodeOrNull(text);
    if (code == null) {
      throw wrong(name, "must be " + Fields.CLAIM_CODE_BYTES + " bytes in base64url");
    }
    claimHighs[count] = code.getLong();
    claimLows[count] = code.getLong();
  }

  private void grow() {
    int larger = Math.min(ITEMS_MAX, 4 * count);
    packetIds = Arrays.copyOf(packetIds, larger);
    userIds = Arrays.copyOf(userIds, larger);
    tokenHighs = Arrays.copyOf(tokenHighs, larger);
    tokenLows = Arrays.copyOf(tokenLows, larger);
    claimHighs = Arrays.copyOf(claimHighs, larger);
    claimLows = Arrays.copyOf(claimLows, larger);
  }

  private BadRequestException wrong(String name, String what) {
    String item = LIST + "[" + count + "]";
    return BadRequestException.malformed(name.isEmpty() ? item : JsonTree.pathOf(item, name), what);
  }

  private static BadRequestException unknown(String path) {
    return new BadRequestException(RefusalCode.UNKNOWN_FIELD, path + ": is not a field here");
  }
}
