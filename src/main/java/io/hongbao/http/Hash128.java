// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The edge".
package io.hongbao.http;

import io.hongbao.model.Check;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The first 16 bytes of a SHA-256 as two numbers, which journals and maps hold without an object.
 *
 * <p>128 bits: with 10^10 keys in a window two of them meet with a chance of 2^-62.
 */
public record Hash128(long high, long low) {

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      // Every Java platform has to provide it.
      throw new IllegalStateException(impossible);
    }
  }

  static Hash128 of(MessageDigest digest) {
    ByteBuffer hash = ByteBuffer.wrap(digest.digest());
    Check.atLeast(hash.remaining(), 16, "bytes of a hash");
    return new Hash128(hash.getLong(), hash.getLong());
  }
}
