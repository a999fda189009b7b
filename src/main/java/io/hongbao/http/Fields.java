// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The edge".
package io.hongbao.http;

import io.hongbao.ledger.AccountKey;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** Forms of values that several routes read. */
final class Fields {

  /** Users and rooms: every JSON reader takes them exactly, should it take them for numbers. */
  static final long ID_MAX = AccountKey.OWNER_MAX;

  static final Pattern ASSET_CODE = Pattern.compile("[A-Z][A-Z0-9]{1,11}");
  static final Pattern PROVIDER = Pattern.compile("[a-z][a-z0-9_-]{0,31}");
  static final Pattern OPAQUE_ID = Pattern.compile("[A-Za-z0-9:._-]{1,64}");
  static final int CLAIM_CODE_BYTES = 16;

  /** An amount of a request. */
  record Amount(String asset, long amountMinor) {}

  private Fields() {}

  static Amount amount(JsonRequest body, String name) throws BadRequestException {
    JsonRequest amount = body.object(name);
    return new Amount(
        amount.text("asset", ASSET_CODE, "an asset's code"),
        amount.integer("amount", 1, JsonRequest.INTEGER_MAX));
  }

  /** A line of text for people, or an empty one; it goes into statements and the audit. */
  static String line(JsonRequest body, String name, int charsMax) throws BadRequestException {
    if (!body.has(name)) {
      return "";
    }
    String text = body.text(name, 0, charsMax);
    if (text.chars().anyMatch(Character::isISOControl)) {
      throw body.wrong(name, "must have no control characters");
    }
    return text;
  }

  /** Ids one after the other. */
  static long[] consecutive(JsonRequest body, long first, int count) throws BadRequestException {
    if (first > ID_MAX - count + 1) {
      throw body.wrong("first_user_id", "and count lead beyond " + ID_MAX);
    }
    return LongStream.range(first, first + count).toArray();
  }

  /** The user, room or the like that the path names. */
  static long pathId(Exchange exchange, String name) throws BadRequestException {
    long id = Ids.parse(exchange.pathValue(name), ID_MAX);
    if (id == Ids.NOT_AN_ID) {
      throw BadRequestException.malformed(
          name, "must be an id: 1 to " + ID_MAX + " in decimal digits");
    }
    return id;
  }

  /** The header with a claim code, as two numbers; both 0 when there is none. */
  static ByteBuffer claimCode(@Nullable String header) throws BadRequestException {
    if (header == null) {
      return ByteBuffer.allocate(CLAIM_CODE_BYTES);
    }
    ByteBuffer code = claimCodeOrNull(header);
    if (code == null) {
      throw BadRequestException.malformed(
          "Hongbao-Claim-Code", "must be " + CLAIM_CODE_BYTES + " bytes in base64url");
    }
    return code;
  }

  /** A claim code as two numbers; null when the text is none. */
  static @Nullable ByteBuffer claimCodeOrNull(String text) {
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(text);
      boolean isOurForm =
          Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).equals(text);
      return isOurForm && bytes.length == CLAIM_CODE_BYTES ? ByteBuffer.wrap(bytes) : null;
    } catch (IllegalArgumentException notBase64) {
      return null;
    }
  }
}
