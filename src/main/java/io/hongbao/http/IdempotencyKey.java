// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The edge".
package io.hongbao.http;

import io.hongbao.engine.ClientKey;
import io.hongbao.model.RefusalCode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * The client's name for one change, as the partition keeps it.
 *
 * @param hash over user, operation and key: two users may choose the same key, and one key may
 *     serve two operations
 * @param timeMs the time inside a UUIDv7, or {@link #NO_TIME}; whether it lies in the window is for
 *     the partition to say, by its own clock
 */
public record IdempotencyKey(Hash128 hash, long timeMs) {

  public static final String HEADER = "Idempotency-Key";
  public static final int LENGTH_MAX = 128;
  public static final long NO_TIME = -1;

  // 8-4-4-4-12 hex digits.
  private static final int UUID_LENGTH = 36;
  private static final int VERSION_INDEX = 14;
  private static final int VARIANT_INDEX = 19;
  private static final int TIME_DIGITS = 12;

  /**
   * Reads the header's value.
   *
   * @param userId whose account the change concerns; for an operator's call not the operator
   * @param operation the contract's operationId
   * @throws BadRequestException {@code KEY_MISSING} or {@code KEY_MALFORMED}
   */
  public static IdempotencyKey parse(@Nullable String header, long userId, String operation)
      throws BadRequestException {
    if (header == null) {
      throw new BadRequestException(
          RefusalCode.KEY_MISSING, "The header Idempotency-Key is missing.");
    }
    if (!isKey(header)) {
      throw new BadRequestException(
          RefusalCode.KEY_MALFORMED, RefusalCode.KEY_MALFORMED.sentence());
    }
    MessageDigest digest = Hash128.sha256();
    digest.update(ByteBuffer.allocate(Long.BYTES).putLong(userId).flip());
    digest.update(operation.getBytes(StandardCharsets.US_ASCII));
    // Ends the operation: no printable key can make one operation look like another.
    digest.update((byte) 0);
    digest.update(header.getBytes(StandardCharsets.US_ASCII));
    return new IdempotencyKey(Hash128.of(digest), uuid7TimeMs(header));
  }

  /** The key as commands carry it, with the hash of what was asked under it. */
  public ClientKey forBody(long bodyHash) {
    return new ClientKey(hash.high(), hash.low(), bodyHash, timeMs);
  }

  public boolean hasTime() {
    return timeMs != NO_TIME;
  }

  private static boolean isKey(String text) {
    int length = text.length();
    if (length == 0 || length > LENGTH_MAX) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c < 0x20 || c > 0x7e) {
        return false;
      }
    }
    return true;
  }

  // RFC 9562: the first 48 bits are milliseconds since 1970, then version 7 and variant 10xx.
  private static long uuid7TimeMs(String text) {
    if (text.length() != UUID_LENGTH
        || text.charAt(VERSION_INDEX) != '7'
        || Character.digit(text.charAt(VARIANT_INDEX), 16) >> 2 != 0b10) {
      return NO_TIME;
    }
    long timeMs = 0;
    int hexDigits = 0;
    for (int i = 0; i < UUID_LENGTH; i++) {
      char c = text.charAt(i);
      boolean isHyphenPlace = i == 8 || i == 13 || i == 18 || i == 23;
      if (isHyphenPlace ? c != '-' : Character.digit(c, 16) < 0) {
        return NO_TIME;
      }
      if (!isHyphenPlace && hexDigits++ < TIME_DIGITS) {
        timeMs = timeMs << 4 | Character.digit(c, 16);
      }
    }
    return timeMs;
  }
}
