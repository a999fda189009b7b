// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The edge".
package io.hongbao.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Tells whether two requests with one key ask for the same.
 *
 * <p>Taken over what the body says, not over its bytes: blanks, the order of fields and the way in
 * which a character is escaped make no difference, since a client's library may change them between
 * two attempts.
 */
public final class BodyHash {

  private BodyHash() {}

  /**
   * The hash of what a request asks for: 64 bits, since only the owner of a key could gain anything
   * by finding a second body with the same hash, and would only get the first one's answer.
   *
   * @param pathValues what the path says beyond the operation, such as the id of a hold
   */
  public static long of(JsonRequest body, String... pathValues) {
    MessageDigest digest = Hash128.sha256();
    for (String value : pathValues) {
      text(digest, value);
    }
    value(digest, body.tree());
    return Hash128.of(digest).high();
  }

  // Every value begins with a letter for its type and, where it has parts, their number: no two
  // different trees give the same bytes.
  private static void value(MessageDigest digest, Object value) {
    switch (value) {
      case Map<?, ?> object -> {
        mark(digest, 'o', object.size());
        var sorted = new TreeMap<String, Object>();
        object.forEach((name, part) -> sorted.put((String) name, part));
        sorted.forEach(
            (name, part) -> {
              text(digest, name);
              value(digest, part);
            });
      }
      case List<?> array -> {
        mark(digest, 'a', array.size());
        array.forEach(part -> value(digest, part));
      }
      case String text -> text(digest, text);
      case Long number -> mark(digest, 'n', number);
      case Boolean flag -> mark(digest, 'b', flag ? 1 : 0);
      default -> mark(digest, 'x', 0);
    }
  }

  private static void text(MessageDigest digest, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    mark(digest, 's', bytes.length);
    digest.update(bytes);
  }

  private static void mark(MessageDigest digest, char type, long number) {
    digest.update(ByteBuffer.allocate(9).put((byte) type).putLong(number).flip());
  }
}
