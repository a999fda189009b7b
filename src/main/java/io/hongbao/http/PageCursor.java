// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The edge".
package io.hongbao.http;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;

/**
 * A place in a list as clients carry it: base64url over the key values of the last entry shown.
 *
 * <p>Holds nothing secret and nothing that grants a right: a client that makes one up sees its own
 * list from another place. The first byte names the list, so that a cursor of another list is told
 * from a good one.
 */
public final class PageCursor {

  private PageCursor() {}

  /**
   * The cursor that stands behind an entry.
   *
   * @param list one letter per list and order of entries; another order needs another letter
   * @param keys the last entry's key values, in the order of the list's index
   */
  public static String write(char list, long... keys) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(list, keys));
  }

  /**
   * Reads a cursor that {@link #write} made for the same list.
   *
   * @param keyCount how many key values the list's cursors have
   */
  public static long[] parse(String text, char list, int keyCount) throws BadRequestException {
    try {
      ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
      if (bytes.remaining() == 1 + keyCount * Long.BYTES && bytes.get() == (byte) list) {
        long[] keys = new long[keyCount];
        Arrays.setAll(keys, ignored -> bytes.getLong());
        // The decoder takes some texts that the encoder never writes (padding, stray last bits).
        if (text.equals(write(list, keys))) {
          return keys;
        }
      }
    } catch (IllegalArgumentException notBase64) {
      // Falls through to the same refusal.
    }
    throw BadRequestException.malformed("cursor", "is not one that this list gave");
  }

  private static byte[] bytes(char list, long[] keys) {
    ByteBuffer bytes = ByteBuffer.allocate(1 + keys.length * Long.BYTES).put((byte) list);
    for (long key : keys) {
      bytes.putLong(key);
    }
    return bytes.array();
  }
}
