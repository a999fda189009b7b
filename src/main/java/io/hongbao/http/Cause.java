// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Audit".
package io.hongbao.http;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Why an operator does something, from the header {@code Hongbao-Cause}.
 *
 * <p>A header and no field, so that calls without a body have one too, and so that a repeat under
 * an idempotency key is the same request whatever is said about it. Headers are ASCII: other
 * characters come percent-encoded, as {@code encodeURIComponent} writes them.
 */
final class Cause {

  static final String HEADER = "Hongbao-Cause";
  static final int CHARS_MAX = 200;

  private static final String WHAT =
      "must be 1 to " + CHARS_MAX + " characters, percent-encoded where they are not ASCII";

  private Cause() {}

  /** Reads the header's value; an absent one gives an empty text. */
  static String parse(@Nullable String header) throws BadRequestException {
    if (header == null) {
      return "";
    }
    try {
      String text =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes(header))).toString();
      int chars = text.codePointCount(0, text.length());
      if (!text.isBlank()
          && chars <= CHARS_MAX
          && text.chars().noneMatch(Character::isISOControl)) {
        return text;
      }
    } catch (CharacterCodingException notUtf8) {
      // Falls through to the same refusal.
    }
    throw wrong();
  }

  private static byte[] bytes(String header) throws BadRequestException {
    var bytes = new ByteArrayOutputStream(header.length());
    for (int i = 0; i < header.length(); i++) {
      char c = header.charAt(i);
      if (c == '%') {
        int high = i + 2 < header.length() ? Character.digit(header.charAt(i + 1), 16) : -1;
        int low = i + 2 < header.length() ? Character.digit(header.charAt(i + 2), 16) : -1;
        if (high < 0 || low < 0) {
          throw wrong();
        }
        bytes.write(high << 4 | low);
        i += 2;
      } else if (c < 0x80) {
        bytes.write(c);
      } else {
        throw wrong();
      }
    }
    return bytes.toByteArray();
  }

  private static BadRequestException wrong() {
    return BadRequestException.malformed(HEADER, WHAT);
  }
}
