// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Read model".
package io.hongbao.export.sql;

import java.nio.ByteBuffer;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * The place after which the next page of a list begins: the sort key of the last entry shown.
 *
 * <p>For packets and shares (time, packet id), for statements (sequence, event index). It names an
 * entry and not a distance, so entries that arrive in between shift nothing.
 */
public record PageCursor(long first, long second) {

  /** Before the newest entry. */
  static final PageCursor NEWEST = new PageCursor(Long.MAX_VALUE, Long.MAX_VALUE);

  private static final int SIZE_BYTES = 2 * Long.BYTES;

  /** The form of answers: 22 characters of base64url. */
  public String encode() {
    byte[] bytes = ByteBuffer.allocate(SIZE_BYTES).putLong(first).putLong(second).array();
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** Reads what {@link #encode} wrote; null when it is anything else. */
  public static @Nullable PageCursor parse(String text) {
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(text);
      if (bytes.length != SIZE_BYTES) {
        return null;
      }
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      return new PageCursor(buffer.getLong(), buffer.getLong());
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
